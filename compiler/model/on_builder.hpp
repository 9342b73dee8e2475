// What a trigger waits for: patterns, waits, clocks, conditions that become true. Internal to this
// folder.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/model/checker.hpp"
#include "compiler/model/pattern_builder.hpp"

namespace rulec::model {

// Which records can complete `on`, and if none can, what does.
struct Completion {
    std::vector<rulebook::plan::EntityIndex> entities; // ascending
    std::string words;                                 // "a deadline does"
};

class OnBuilder {
public:
    OnBuilder(Context& context, const ast::File& file, std::string reader, rulebook::plan::On& on,
              TriggerSpans& spans)
        : context_(context), file_(file), reader_(std::move(reader)), on_(on), spans_(spans),
          patterns_(context, file, on, spans) {}

    // What a mistake leaves out is reported, and completes nothing.
    Completion build(ast::PatternId id);

private:
    Completion build(const ast::WithoutPattern& node);
    Completion build(const ast::SilencePattern& node, Span span);
    Completion build(const ast::ClockPattern& node);
    Completion build(const ast::BecomesPattern& node, Span span);
    Completion completed_by(std::optional<std::uint32_t> pattern) const;
    void require_origin(std::string_view what, Span span);
    void add_absent(ast::PatternId id);
    void set_wait(ast::ExprId duration);
    std::optional<std::int64_t> clock_offset(ast::ExprId id);
    ExprId clock_field(ast::ExprId id);

    Context& context_;
    const ast::File& file_;
    std::string reader_;
    rulebook::plan::On& on_;
    TriggerSpans& spans_;
    PatternBuilder patterns_;
};

} // namespace rulec::model
