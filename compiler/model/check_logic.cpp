// Logic: presence, and, or, if, default, at least; and what was so in the past.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"

namespace rulec::model {

ExprId Checker::check_presence(const ast::Presence& node, Span span) {
    const ExprId known =
        operation(Op::IsKnown, Type::of(TypeKind::Bool), {check(node.operand)}, span);
    return negated(known, node.known == node.negated, span);
}

// A name that stands for nothing here, a number or a text: no condition, but maybe one of several
// values of a comparison.
bool Checker::is_bare_value(ast::ExprId id) const {
    return !file_[id].parenthesised &&
           (needs_context(id) || file_.as<ast::TextLiteral>(id) != nullptr);
}

// `sector is law or tech`: the values behind the comparison belong into a list with its own.
std::optional<ExprId> Checker::values_joined_by_or(const ast::Logical& node) {
    if (node.op != ast::LogicalOperator::Or)
        return std::nullopt;
    for (std::size_t i = 0; i + 1 < node.operands.size(); ++i) {
        const auto* comparison = file_.as<ast::Comparison>(node.operands[i]);
        if (comparison == nullptr || comparison->op != ast::ComparisonOperator::Is ||
            file_[node.operands[i]].parenthesised || !is_bare_value(node.operands[i + 1]))
            continue;
        if (!present(check_condition(node.operands[i])))
            return kError;
        const Span whole = file_[node.operands[i]].span;
        const Span subject{whole.file, whole.begin, comparison->operator_span.begin};
        std::string list(context_.sources.text(file_[comparison->right].span));
        Span last = whole;
        for (std::size_t k = i + 1; k < node.operands.size() && is_bare_value(node.operands[k]);
             ++k) {
            last = file_[node.operands[k]].span;
            list += fmt::format(", {}", context_.sources.text(last));
        }
        const std::string meant = fmt::format("{}in ({})", context_.sources.text(subject), list);
        context_.diagnostics.emit<RB1305>(file_[node.operands[i + 1]].span, "a value")
            .help(fmt::format("write `{}`", meant))
            .fix(whole.to(last), meant);
        return kError;
    }
    return std::nullopt;
}

ExprId Checker::check_logical(const ast::Logical& node, Span span) {
    if (const auto refused = values_joined_by_or(node))
        return *refused;
    std::vector<ExprId> operands;
    for (const ast::ExprId operand : node.operands)
        operands.push_back(check_condition(operand));
    const Op op = node.op == ast::LogicalOperator::And ? Op::And : Op::Or;
    return operation(op, Type::of(TypeKind::Bool), std::move(operands), span);
}

// if P then a else b: a and b of one type; int and number give number.
ExprId Checker::check_conditional(const ast::Conditional& node, Span span, const Type* expected) {
    const ExprId condition = check_condition(node.condition);
    ExprId then = check(node.then, expected);
    const Type type = present(then) ? type_of(then) : Type{};
    ExprId otherwise = check(node.otherwise, present(then) ? &type : expected);
    if (!present(condition) || !present(then) || !present(otherwise))
        return kError;
    if (const ExprId widened = convert(otherwise, type_of(then)); widened != kError)
        otherwise = widened;
    else if (const ExprId other = convert(then, type_of(otherwise)); other != kError)
        then = other;
    else {
        auto& report = context_.diagnostics.emit<RB1302>(at(otherwise).span, say(type_of(then)),
                                                         say(type_of(otherwise)));
        explain_conversion(report, otherwise, type_of(then));
        return kError;
    }
    return operation(Op::If, type_of(then), {condition, then, otherwise}, span);
}

// x default y: y of x's type.
ExprId Checker::check_default(const ast::Default& node, Span span, const Type* expected) {
    ExprId value = check(node.value, expected);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    const ExprId given = check(node.fallback, &type);
    if (!present(given))
        return kError;
    if (type.is(TypeKind::Int) && type_of(given).is(TypeKind::Number))
        value = to_number(value);
    const ExprId fallback = convert(given, type_of(value));
    if (fallback == kError) {
        auto& report = context_.diagnostics.emit<RB1302>(file_[node.fallback].span, say(type),
                                                         say(type_of(given)));
        explain_conversion(report, given, type);
        return kError;
    }
    return operation(Op::Default, type_of(value), {value, fallback}, span);
}

ExprId Checker::check_at_least(const ast::AtLeast& node, Span span) {
    const auto count = literal_int(context_, file_, node.count);
    std::vector<ExprId> operands;
    for (const ast::ExprId condition : node.conditions)
        operands.push_back(check_condition(condition));
    if (!count)
        return kError;
    return operation(Op::AtLeast, Type::of(TypeKind::Bool), std::move(operands), span, *count);
}

// ---- the past

ExprId Checker::check_as_of(const ast::AsOf& node, Span span, const Type* expected) {
    const ExprId value = check(node.value, expected);
    const auto ago = literal_duration(context_, file_, node.ago);
    if (!present(value) || !ago)
        return kError;
    const ExprId made = operation(Op::AsOfAgo, type_of(value), {value}, span, *ago);
    return made;
}

// T fired [in last D | since t]: some firing at or before the instant.
ExprId Checker::check_fired(const ast::Fired& node, Span span) {
    const NamedThing* thing = context_.find(node.trigger.text);
    if (thing == nullptr || thing->kind != NameKind::Rule ||
        context_.book.rules[thing->index].head.kind != rulebook::plan::RuleKind::Trigger) {
        auto& report = context_.diagnostics.emit<RB1203>(node.trigger.span, node.trigger.text);
        std::vector<std::string> triggers;
        for (const Rule& rule : context_.book.rules)
            if (rule.head.kind == rulebook::plan::RuleKind::Trigger)
                triggers.push_back(rule.head.name);
        if (!suggest(report, node.trigger.span, node.trigger.text, triggers))
            report.help("`fired` asks about a trigger of this rulebook");
        return kError;
    }
    if (!layer_reaches(kTriggerLayer, fmt::format("trigger `{}`", node.trigger.text), span))
        return kError;
    std::vector<ExprId> since;
    const Type time = Type::of(TypeKind::Time);
    if (node.in_last.present()) {
        const auto last = literal_duration(context_, file_, node.in_last);
        if (!last)
            return kError;
        // (as_of - D, as_of]: the first instant inside is one microsecond later.
        const ExprId now = operation(Op::EvaluationInstant, time, {}, span);
        const ExprId length = constant(Value::of(*last - 1), Type::of(TypeKind::Duration), span);
        since.push_back(operation(Op::SubtractExact, time, {now, length}, span));
    } else if (node.since.present())
        since.push_back(check_instant(node.since));
    const ExprId made =
        operation(Op::TriggerFired, Type::of(TypeKind::Bool), std::move(since), span);
    if (present(made))
        context_.book.expressions[made].index = thing->index;
    return made;
}

} // namespace rulec::model
