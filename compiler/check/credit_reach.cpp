#include "compiler/check/credit_reach.hpp"

#include <optional>
#include <string>

#include "compiler/model/walk.hpp"
#include "runtime/value/calendar_text.hpp"

namespace rulec::check {

namespace {

using model::Expression;
using model::ExpressionKind;
using rulebook::plan::Credit;
using rulebook::plan::Op;

std::string duration_text(std::int64_t microseconds) {
    std::string text;
    rulebook::append_duration(text, microseconds);
    return text;
}

bool is_operation(const Expression& expression, Op op) {
    return expression.kind == ExpressionKind::Operation && expression.op == op;
}

// How far back `T fired` looks, in words, where that is more than `lookback`. Since an instant: it
// may be near or far.
std::optional<std::string> too_far(const model::Rulebook& book, const Expression& fired,
                                   std::int64_t lookback) {
    if (fired.operands.empty())
        return "for ever";
    const Expression& since = book[fired.operands[0]];
    if (!is_operation(since, Op::SubtractExact) ||
        !is_operation(book[since.operands[0]], Op::EvaluationInstant))
        return std::nullopt;
    const Expression& length = book[since.operands[1]];
    if (!is_operation(length, Op::Constant) || !length.literal.known())
        return std::nullopt;
    // `in last D` is (c - D, c]: the constant is a microsecond less.
    const std::int64_t last = length.literal.integer() + 1;
    return last > lookback ? std::optional(duration_text(last)) : std::nullopt;
}

void check_splits(const model::Rulebook& book, const Credit& credit, Diagnostics& diagnostics) {
    if (!credit.lookback || credit.lookback->calendar)
        return;
    for (const auto& split : credit.splits) {
        if (!model::present(split.when))
            continue;
        model::walk(book, {split.when}, [&](const Expression& expression) {
            if (!is_operation(expression, Op::TriggerFired))
                return;
            const std::int64_t lookback = credit.lookback->microseconds;
            if (const auto far = too_far(book, expression, lookback))
                diagnostics.emit<RB4019>(expression.span, book.rules[expression.index].head.name,
                                         *far, duration_text(lookback), duration_text(lookback));
        });
    }
}

void check_deals(const model::Rulebook& book, const Credit& credit, Diagnostics& diagnostics) {
    if (!model::present(credit.deal_where))
        return;
    const auto& root = book.schema.root_entity();
    model::walk(book, {credit.deal_where}, [&](const Expression& expression) {
        if (!is_operation(expression, Op::Field) || expression.level != 0)
            return;
        const auto& field = root.fields[expression.index];
        if (!field.fixed && !field.origin && !field.key)
            diagnostics.emit<RB4020>(expression.span, root.name + "." + field.name);
    });
}

} // namespace

void check_credit_reach(const model::Rulebook& book, Diagnostics& diagnostics) {
    for (const Credit& credit : book.credits) {
        check_splits(book, credit, diagnostics);
        check_deals(book, credit, diagnostics);
    }
}

} // namespace rulec::check
