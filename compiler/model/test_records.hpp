// The records that a test block describes, with their histories. Internal to this folder.
#pragma once

#include <optional>
#include <vector>

#include "compiler/model/context.hpp"

namespace rulec::model {

class TestRecords {
public:
    // Both outlive it.
    TestRecords(Context& context, const ast::File& file) : context_(context), file_(file) {}

    // Offsets count from the root's origin, so its record is looked at first.
    void find_origin(const ast::TestRecord& record);
    std::optional<std::int64_t> origin() const { return origin_; }

    TestRecord record_of(rulebook::plan::EntityIndex entity, const ast::TestRecord& node);

    // `+3 days` from the origin, a date (its first instant), or a time; nothing after a report.
    std::optional<std::int64_t> instant_of(const ast::TestValue& node);

private:
    void add_records(TestRecord& record, const ast::TestField& field);
    void add_history(TestRecord& record, const ast::TestField& field);
    std::optional<TestVersion> version_of(rulebook::plan::EntityIndex entity,
                                          const ast::TestRecord& row);
    void add_cell(rulebook::plan::EntityIndex of, std::vector<TestCell>& cells,
                  const ast::TestField& node);
    std::optional<rulebook::plan::Value> value_of(const ast::TestValue& node,
                                                  rulebook::plan::Type type);
    bool report_unquoted(ast::ExprId id);
    std::optional<rulebook::plan::Value> instant_or_missing(const ast::TestValue& node);

    Context& context_;
    const ast::File& file_;
    std::optional<std::int64_t> origin_;
};

} // namespace rulec::model
