// Patterns of signals, as trees in On::patterns. Internal to this folder.
#pragma once

#include <optional>
#include <vector>

#include "compiler/model/context.hpp"

namespace rulec::model {

class PatternBuilder {
public:
    // Adds to `on.patterns`, and to `spans` what stands where.
    PatternBuilder(Context& context, const ast::File& file, rulebook::plan::On& on,
                   TriggerSpans& spans)
        : context_(context), file_(file), on_(on), spans_(spans) {}

    // The index of the pattern, which stands behind its operands; nothing after a report.
    std::optional<std::uint32_t> add(ast::PatternId id);

    // The signals of `A`, `(A or B)`; nothing where the pattern is something else, or after a
    // report: `is_reported` tells.
    std::optional<std::vector<std::uint32_t>> signals(ast::PatternId id, bool& is_reported);
    std::optional<std::uint32_t> signal(const ast::Name& name);

    // The entities whose records can end a match, ascending.
    std::vector<rulebook::plan::EntityIndex> completing(std::uint32_t pattern) const;

private:
    std::optional<std::uint32_t> add(const ast::SignalPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::JoinedPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::WithinPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::RepeatedPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::DifferentValuesPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::DifferentBucketsPattern& node, Span span);
    std::optional<std::uint32_t> add(const ast::ErroneousPattern&, Span) { return std::nullopt; }
    // Waits and clocks are the whole of `on`, as the grammar has it.
    template <class Whole>
    std::optional<std::uint32_t> add(const Whole&, Span) {
        return std::nullopt;
    }

    std::optional<rulebook::plan::Pattern> counted(ast::PatternId id, ast::ExprId count, Span span);
    std::optional<std::int64_t> count_of(ast::ExprId id);
    void check_values(const rulebook::plan::Field& field, std::int64_t count, ast::ExprId id);
    std::uint32_t push(rulebook::plan::Pattern pattern, Span span);

    Context& context_;
    const ast::File& file_;
    rulebook::plan::On& on_;
    TriggerSpans& spans_;
};

rulebook::plan::CalendarUnit unit_of(ast::Bucket bucket);

} // namespace rulec::model
