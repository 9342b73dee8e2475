#include "compiler/check/optional_fields.hpp"

namespace rulec::check {

using model::Expression;
using model::ExpressionKind;
using model::ExprId;
using rulebook::plan::Op;

void OptionalFields::add(ExprId id, bool can_matter) {
    if (!model::present(id))
        return;
    const Expression& expression = book_[id];
    if (expression.kind != ExpressionKind::Operation)
        return;
    if (expression.op == Op::IsKnown)
        return ask_about(expression.operands[0]);
    // What is never unknown as a whole hides whatever is unknown inside of it.
    can_matter = can_matter && expression.may_be_unknown;
    if (expression.op == Op::Field && expression.level < frames_ && can_matter) {
        const FieldId field{expression.detail, expression.index};
        if (seen_.insert(field).second)
            found_.emplace_back(field, expression.span);
    }
    for (std::size_t i = 0; i < expression.operands.size(); ++i) {
        const bool defaulted = expression.op == Op::Default && i == 0;
        add(expression.operands[i], can_matter && !defaulted);
    }
}

void OptionalFields::ask_about(ExprId id) {
    const Expression& expression = book_[id];
    if (expression.kind == ExpressionKind::Operation && expression.op == Op::Field)
        asked_about_.insert({expression.detail, expression.index});
    for (const ExprId operand : expression.operands)
        if (model::present(operand))
            ask_about(operand);
}

std::vector<std::pair<FieldId, Span>> OptionalFields::unguarded() const {
    std::vector<std::pair<FieldId, Span>> left;
    for (const auto& [field, span] : found_)
        if (!asked_about_.contains(field))
            left.emplace_back(field, span);
    return left;
}

} // namespace rulec::check
