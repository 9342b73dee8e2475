// Making typed expressions, and the conversions between types that change no value.
#include "compiler/model/checker.hpp"

#include "runtime/value/number.hpp"

namespace rulec::model {

namespace {

// Operations that can be unknown though all operands are known.
bool can_fail(Op op) {
    switch (op) {
    case Op::DivideNumber:
    case Op::DivideExact:
    case Op::DivideMoneyNumber:
    case Op::Share:
    case Op::Change:
    case Op::ChangeNumber:
    case Op::Domain:
    case Op::Lookup:
    case Op::TableOutput:
        return true;
    default:
        return false;
    }
}

} // namespace

ExprId Checker::add(Expression expression) {
    expression.depth = 1 + depth_below(expression);
    if (expression.depth > kDeepestExpression) {
        context_.diagnostics.emit<RB1320>(expression.span, std::int64_t{kDeepestExpression});
        return kError;
    }
    const auto id = static_cast<ExprId>(context_.book.expressions.size());
    context_.book.expressions.push_back(std::move(expression));
    return id;
}

std::uint32_t Checker::depth_below(const Expression& expression) const {
    std::uint32_t deepest = 0;
    const auto consider = [&](ExprId id) {
        if (present(id))
            deepest = std::max(deepest, at(id).depth);
    };
    for (const ExprId operand : expression.operands)
        consider(operand);
    if (expression.kind == ExpressionKind::Definition)
        for (const DefinitionVersion& version :
             context_.book.definitions[expression.index].versions)
            consider(version.body);
    if (expression.kind == ExpressionKind::Signal)
        consider(context_.book.signals[expression.index].where);
    if (expression.kind == ExpressionKind::Operation && expression.op == Op::Aggregate) {
        const auto& aggregate = context_.book.aggregates[expression.index];
        consider(aggregate.where);
        consider(aggregate.value);
        consider(aggregate.have);
        for (const auto& window : aggregate.windows)
            consider(window.anchor);
    }
    return deepest;
}

ExprId Checker::operation(Op op, Type type, std::vector<ExprId> operands, Span span,
                          std::int64_t detail) {
    Expression made;
    made.op = op;
    made.type = type;
    made.span = span;
    made.detail = detail;
    made.may_be_unknown = can_fail(op);
    for (const ExprId operand : operands) {
        if (!present(operand))
            return kError;
        made.may_be_unknown = made.may_be_unknown || at(operand).may_be_unknown;
    }
    if (op == Op::IsKnown)
        made.may_be_unknown = false;
    if (op == Op::Default)
        made.may_be_unknown = at(operands[1]).may_be_unknown;
    made.operands = std::move(operands);
    return add(std::move(made));
}

ExprId Checker::constant(Value value, Type type, Span span) {
    Expression made;
    made.op = Op::Constant;
    made.type = type;
    made.span = span;
    made.may_be_unknown = !value.known();
    made.literal = std::move(value);
    return add(std::move(made));
}

ExprId Checker::field(std::uint32_t frame, rulebook::plan::FieldIndex index, Span span) {
    const auto entity = scope_.frames[frame].entity;
    if (context_.is_erroneous(entity, index))
        return kError;
    const rulebook::plan::Field& found = context_.book.schema.entities[entity].fields[index];
    Expression made;
    made.op = Op::Field;
    made.type = found.type;
    made.span = span;
    made.index = index;
    made.level = frame;
    made.detail = entity;
    made.may_be_unknown =
        found.optional || found.known_from || found.tracked || scope_.frames[frame].may_be_absent;
    return add(std::move(made));
}

ExprId Checker::negated(ExprId condition, bool negate, Span span) {
    if (!negate || !present(condition))
        return condition;
    return operation(Op::Not, Type::of(TypeKind::Bool), {condition}, span);
}

// int, percent, points as number; a number stays.
ExprId Checker::to_number(ExprId id) {
    const Type number = Type::of(TypeKind::Number);
    switch (type_of(id).kind) {
    case TypeKind::Number:
        return id;
    case TypeKind::Int: {
        const Expression& given = at(id);
        if (given.op == Op::Constant && given.kind == ExpressionKind::Operation &&
            given.literal.known())
            if (const auto exact = rulebook::number_from_int(given.literal.integer()))
                return constant(Value::of(*exact), number, given.span);
        return operation(Op::IntToNumber, number, {id}, at(id).span);
    }
    case TypeKind::Percent:
        return operation(Op::PercentToNumber, number, {id}, at(id).span);
    case TypeKind::Points:
        return operation(Op::PointsToNumber, number, {id}, at(id).span);
    default:
        return kError;
    }
}

ExprId Checker::convert(ExprId id, Type type) {
    if (!present(id) || type_of(id) == type)
        return id;
    if (type.is(TypeKind::Number) && type_of(id).is(TypeKind::Int))
        return to_number(id);
    return kError;
}

ExprId Checker::check_as(ast::ExprId id, Type type) {
    const ExprId checked = check(id, &type);
    if (!present(checked))
        return checked;
    const ExprId converted = convert(checked, type);
    if (converted != kError)
        return converted;
    auto& report =
        context_.diagnostics.emit<RB1302>(at(checked).span, say(type), say(type_of(checked)));
    explain_conversion(report, checked, type);
    return kError;
}

ExprId Checker::check_condition(ast::ExprId id) {
    const Type condition = Type::of(TypeKind::Bool);
    const ExprId checked = check(id, &condition);
    if (!present(checked) || type_of(checked).is(TypeKind::Bool))
        return checked;
    context_.diagnostics.emit<RB1305>(at(checked).span, say(type_of(checked)));
    return kError;
}

ExprId Checker::check_instant(ast::ExprId id) {
    const Type time = Type::of(TypeKind::Time);
    const ExprId checked = check(id, &time);
    if (!present(checked) || type_of(checked).is(TypeKind::Time))
        return checked;
    if (type_of(checked).is(TypeKind::Date))
        return operation(Op::StartOfDay, time, {checked}, at(checked).span);
    context_.diagnostics.emit<RB1302>(at(checked).span, "a time or a date", say(type_of(checked)));
    return kError;
}

ExprId Checker::start_of_day(ExprId date, std::int64_t later) {
    const Span span = at(date).span;
    if (later != 0) {
        const ExprId days = constant(Value::of(later), Type::of(TypeKind::Duration), span);
        date = operation(Op::AddDays, Type::of(TypeKind::Date), {date, days}, span);
    }
    return operation(Op::StartOfDay, Type::of(TypeKind::Time), {date}, span);
}

} // namespace rulec::model
