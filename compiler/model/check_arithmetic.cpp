// Arithmetic: the operators of operators.def, with their units.
#include "compiler/model/checker.hpp"

#include <array>

#include <fmt/format.h>

#include "runtime/value/integer.hpp"

namespace rulec::model {

namespace {

enum class Operator : std::uint8_t { Plus, Minus, Times, DividedBy };

struct OperatorRow {
    Operator op;
    TypeKind left;
    TypeKind right;
    TypeKind result;
    Op operation;
};

constexpr OperatorRow kOperators[] = {
#define RB_OPERATOR(Operator_, Left, Right, Result, Operation)                                     \
    {Operator::Operator_, TypeKind::Left, TypeKind::Right, TypeKind::Result, Op::Operation},
#include "runtime/plan/operators.def"
};

const OperatorRow* find_row(Operator op, TypeKind left, TypeKind right) {
    for (const OperatorRow& row : kOperators)
        if (row.op == op && row.left == left && row.right == right)
            return &row;
    return nullptr;
}

constexpr std::array<std::string_view, 4> kSigns = {"+", "-", "*", "/"};

bool works_on_numbers(Op op) {
    return op == Op::AddNumber || op == Op::SubtractNumber || op == Op::MultiplyNumber ||
           op == Op::DivideNumber;
}

// What a reader of "date - time" most likely meant; empty where the two types alone do not say it.
std::string operator_help(Type left, Type right) {
    const auto either = [&](TypeKind a, TypeKind b) {
        return (left.is(a) && right.is(b)) || (left.is(b) && right.is(a));
    };
    if (either(TypeKind::Date, TypeKind::Time))
        return "`date(…)` gives the date of a time";
    if (left.is(TypeKind::Date) && right.is(TypeKind::Date))
        return "`days_between(a, b)` gives the days from a to b";
    if (either(TypeKind::Date, TypeKind::Int))
        return "write the unit: `7 days`";
    if (left.is(TypeKind::Text) || right.is(TypeKind::Text))
        return "texts are joined by writing values in braces: \"{a} {b}\"";
    return {};
}

} // namespace

// -a: int, percent, money, duration, number; the type stays.
ExprId Checker::check_negate(const ast::Negate& node, Span span, const Type* expected) {
    const ExprId operand = check(node.operand, expected);
    if (!present(operand))
        return kError;
    switch (type_of(operand).kind) {
    case TypeKind::Int:
    case TypeKind::Percent:
    case TypeKind::Money:
    case TypeKind::Duration:
        return operation(Op::NegateExact, type_of(operand), {operand}, span);
    case TypeKind::Number:
        return operation(Op::NegateNumber, type_of(operand), {operand}, span);
    case TypeKind::Points:
        if (at(operand).op == Op::Constant)
            return constant(Value::of(-at(operand).literal.integer()), type_of(operand), span);
        return operation(Op::NegateNumber, Type::of(TypeKind::Number), {to_number(operand)}, span);
    default:
        context_.diagnostics.emit<RB1306>(span, "-", "a number, percent, amount or duration",
                                          say(type_of(operand)));
        return kError;
    }
}

// a op b: the row of operators.def for the two types, then the one for their widened types.
ExprId Checker::check_arithmetic(const ast::Arithmetic& node, Span span, const Type* expected) {
    const auto op = static_cast<Operator>(node.op);
    const bool additive = op == Operator::Plus || op == Operator::Minus;
    const Type* hint = additive ? expected : nullptr;
    ExprId left = check(node.left, hint);
    ExprId right = check(node.right, hint);
    if (!present(left) || !present(right))
        return kError;
    const OperatorRow* row = find_row(op, type_of(left).kind, type_of(right).kind);
    const auto numeric = [&](ExprId id) {
        const TypeKind kind = type_of(id).kind;
        return kind == TypeKind::Int || kind == TypeKind::Number || kind == TypeKind::Points;
    };
    if (row == nullptr && numeric(left) && numeric(right))
        row = find_row(op, TypeKind::Number, TypeKind::Number);
    const bool two_moneys = type_of(left).is(TypeKind::Money) && type_of(right).is(TypeKind::Money);
    if (row == nullptr || (two_moneys && type_of(left) != type_of(right))) {
        auto& report = context_.diagnostics.emit<RB1301>(node.operator_span,
                                                         kSigns[static_cast<std::size_t>(op)],
                                                         say(type_of(left)), say(type_of(right)));
        report.label(at(left).span, say(type_of(left)))
            .label(at(right).span, say(type_of(right)))
            .help(operator_help(type_of(left), type_of(right)));
        if (report.help_text.empty())
            explain_mismatch(report, left, right);
        return kError;
    }
    Type result = Type::of(row->result);
    if (result.is(TypeKind::Money))
        result = type_of(left).is(TypeKind::Money) ? type_of(left) : type_of(right);
    if (works_on_numbers(row->operation)) {
        left = to_number(left);
        right = to_number(right);
    }
    if (row->operation == Op::MultiplyMoneyNumber || row->operation == Op::DivideMoneyNumber) {
        if (!type_of(left).is(TypeKind::Money))
            std::swap(left, right); // the operation takes the amount first
        right = to_number(right);
    }
    return operation(row->operation, result, {left, right}, span);
}

} // namespace rulec::model
