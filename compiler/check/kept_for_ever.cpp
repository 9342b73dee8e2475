#include <algorithm>

#include "compiler/check/triggers.hpp"
#include "compiler/model/walk.hpp"

namespace rulec::check {

namespace {

using model::Expression;
using rulebook::plan::Aggregate;
using rulebook::plan::On;
using rulebook::plan::Op;
using rulebook::plan::Pattern;
using rulebook::plan::WindowKind;

// Values and days that are counted with no length around them.
void check_counts(const On& on, const model::TriggerSpans& spans, std::uint32_t index,
                  Diagnostics& diagnostics) {
    const Pattern& pattern = on.patterns[index];
    if (!pattern.within.empty())
        return;
    if (pattern.kind == Pattern::Kind::DifferentValues ||
        pattern.kind == Pattern::Kind::DifferentBuckets)
        diagnostics.emit<RB3110>(spans.patterns[index]);
    for (const std::uint32_t operand : pattern.operands)
        check_counts(on, spans, operand, diagnostics);
}

bool is_whole(const Aggregate& aggregate) {
    return std::ranges::all_of(
        aggregate.windows, [](const auto& window) { return window.kind == WindowKind::Before; });
}

// Collections that grow, of which the condition reads everything.
void check_condition(const model::Rulebook& book, const On& on, Span place,
                     Diagnostics& diagnostics) {
    if (!model::present(on.condition))
        return;
    model::walk(book, {on.condition}, [&](const Expression& expression) {
        if (expression.kind != model::ExpressionKind::Operation || expression.op != Op::Aggregate)
            return;
        const Aggregate& aggregate = book.aggregates[expression.index];
        const auto& entity = book.schema.entities[aggregate.collection];
        if (entity.ordered_by && is_whole(aggregate))
            diagnostics.emit<RB3111>(place.contains(expression.span) ? expression.span : place,
                                     entity.collection);
    });
}

} // namespace

void check_kept_for_ever(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (std::size_t i = 0; i < book.triggers.size(); ++i) {
        const On& on = book.triggers[i].on;
        const model::TriggerSpans& spans = book.trigger_spans[i];
        if (!on.patterns.empty() && on.patterns.size() == spans.patterns.size())
            check_counts(on, spans, static_cast<std::uint32_t>(on.patterns.size() - 1),
                         diagnostics);
        check_condition(book, on, spans.on, diagnostics);
    }
}

} // namespace rulec::check
