// Operators: arithmetic, comparison, sets, text tests, logic, the past.
#include "compiler/model/checker.hpp"

#include <array>

#include <fmt/format.h>
#include <re2/re2.h>

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

// What a reader of "$5 + 3" or "date - time" most likely meant.
std::string operator_help(Operator op, Type left, Type right) {
    const auto either = [&](TypeKind a, TypeKind b) {
        return (left.is(a) && right.is(b)) || (left.is(b) && right.is(a));
    };
    if (left.is(TypeKind::Money) && right.is(TypeKind::Money))
        return "amounts of two currencies do not mingle: `convert(amount, USD, rate)`";
    if (either(TypeKind::Money, TypeKind::Int) || either(TypeKind::Money, TypeKind::Number))
        return "write the amount with its currency, such as `$3`";
    if (either(TypeKind::Date, TypeKind::Time))
        return "`date(…)` gives the date of a time";
    if (left.is(TypeKind::Date) && right.is(TypeKind::Date))
        return "`days_between(a, b)` gives the days from a to b";
    if (either(TypeKind::Duration, TypeKind::Int) && op != Operator::Times)
        return "write the unit: `7 days`";
    if (either(TypeKind::Date, TypeKind::Int))
        return "write the unit: `7 days`";
    if (either(TypeKind::Percent, TypeKind::Int) || either(TypeKind::Percent, TypeKind::Number))
        return "write the percent sign: `5%`";
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
        context_.diagnostics
            .emit<RB1301>(node.operator_span, kSigns[static_cast<std::size_t>(op)],
                          say(type_of(left)), say(type_of(right)))
            .label(at(left).span, say(type_of(left)))
            .label(at(right).span, say(type_of(right)))
            .help(operator_help(op, type_of(left), type_of(right)));
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

// ---- comparison

bool Checker::has_order(Type type) const {
    switch (type.kind) {
    case TypeKind::Bool:
    case TypeKind::Text:
        return false;
    case TypeKind::Enum:
        return context_.book.schema.enums[type.enum_index()].ordered;
    default:
        return true;
    }
}

// Brings both sides to one type, or reports why they do not compare.
bool Checker::make_comparable(ExprId& left, ExprId& right, bool ordered, Span span) {
    Type l = type_of(left);
    Type r = type_of(right);
    const auto countable = [](Type type) {
        return type.is(TypeKind::Int) || type.is(TypeKind::Number) || type.is(TypeKind::Points);
    };
    if (l != r && countable(l) && countable(r)) {
        left = to_number(left);
        right = to_number(right);
        l = r = Type::of(TypeKind::Number);
    }
    if (l == r) {
        if (!ordered || has_order(l))
            return true;
        auto& report = context_.diagnostics.emit<RB1304>(span, say(l));
        if (l.is(TypeKind::Enum))
            report.help("declare it ordered: `enum NAME ordered { least, …, greatest }`");
        return false;
    }
    auto& report = context_.diagnostics.emit<RB1303>(span, say(l), say(r));
    report.label(at(left).span, say(l)).label(at(right).span, say(r));
    const auto pair = [&](TypeKind a, TypeKind b) {
        return (l.is(a) && r.is(b)) || (l.is(b) && r.is(a));
    };
    if (pair(TypeKind::Date, TypeKind::Time)) {
        const Span time = at(l.is(TypeKind::Time) ? left : right).span;
        report.help(fmt::format("compare dates: `date({})`", context_.sources.text(time)));
    } else if (pair(TypeKind::Money, TypeKind::Int) || pair(TypeKind::Money, TypeKind::Number))
        report.help("write the amount with its currency, such as `$3_000`");
    else if (pair(TypeKind::Percent, TypeKind::Int) || pair(TypeKind::Percent, TypeKind::Number))
        report.help("a percent compares only with a percent: write `5%`");
    else if (pair(TypeKind::Duration, TypeKind::Int))
        report.help("write the unit: `7 days`");
    else if (l.is(TypeKind::Money) && r.is(TypeKind::Money))
        report.help("amounts of two currencies do not mingle: `convert(amount, USD, rate)`");
    else if (pair(TypeKind::Text, TypeKind::Enum))
        report.help("values of an enum are written without quotes");
    return false;
}

// a is b, a < b, …: both of one type; `<` needs an order; unknown if either side is.
ExprId Checker::check_comparison(const ast::Comparison& node, Span span) {
    ExprId left = kError;
    ExprId right = kError;
    if (needs_context(node.left) && !needs_context(node.right)) {
        right = check(node.right);
        const Type type = present(right) ? type_of(right) : Type{};
        left = check(node.left, present(right) ? &type : nullptr);
    } else {
        left = check(node.left);
        const Type type = present(left) ? type_of(left) : Type{};
        if (present(left) || !needs_context(node.right))
            right = check(node.right, present(left) ? &type : nullptr);
    }
    if (!present(left) || !present(right))
        return kError;
    static constexpr Op kOps[] = {Op::Equal,     Op::NotEqual, Op::Less,
                                  Op::LessEqual, Op::Greater,  Op::GreaterEqual};
    const Op op = kOps[static_cast<std::size_t>(node.op)];
    const bool ordered = op != Op::Equal && op != Op::NotEqual;
    if (!make_comparable(left, right, ordered, node.operator_span))
        return kError;
    return operation(op, Type::of(TypeKind::Bool), {left, right}, span);
}

// x in a to b: as x >= a and x <= b.
ExprId Checker::check_range(const ast::InRange& node, Span span) {
    ExprId value = check(node.value);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    ExprId low = check(node.low, &type);
    ExprId high = check(node.high, &type);
    if (!present(low) || !present(high))
        return kError;
    ExprId widened = value;
    if (!make_comparable(widened, low, true, at(low).span) ||
        !make_comparable(value, high, true, at(high).span))
        return kError;
    if (type_of(widened) != type_of(value)) { // an int between a number and an int
        value = to_number(value);
        low = to_number(low);
        high = to_number(high);
    }
    if (at(low).op == Op::Constant && at(high).op == Op::Constant &&
        at(high).literal < at(low).literal)
        context_.diagnostics.emit<RB1107>(at(low).span.to(at(high).span));
    const Op op = node.high_open ? Op::InRangeUnder : Op::InRange;
    const ExprId made = operation(op, Type::of(TypeKind::Bool), {value, low, high}, span);
    return negated(made, node.negated, span);
}

// x in (a, b): the `or` of the comparisons.
ExprId Checker::check_list(const ast::InList& node, Span span) {
    ExprId value = check(node.value);
    if (!present(value))
        return kError;
    const Type type = type_of(value);
    std::vector<ExprId> operands{value};
    bool sound = true;
    bool widen = false;
    for (const ast::ExprId item : node.items) {
        ExprId checked = check(item, &type);
        ExprId compared = value;
        sound = present(checked) && make_comparable(compared, checked, false, at(checked).span) &&
                sound;
        widen = widen || (sound && type_of(checked) != type);
        operands.push_back(checked);
    }
    if (!sound)
        return kError;
    if (widen)
        for (ExprId& operand : operands)
            operand = to_number(operand);
    const ExprId made = operation(Op::InSet, Type::of(TypeKind::Bool), std::move(operands), span);
    return negated(made, node.negated, span);
}

// x in free_mail: exact, against a list of texts.
ExprId Checker::check_set(const ast::InSet& node, Span span) {
    const auto* reference = file_.as<ast::NameReference>(node.set);
    const NamedThing* thing = reference != nullptr ? context_.find(reference->name.text) : nullptr;
    if (thing == nullptr || thing->kind != NameKind::List) {
        if (file_.as<ast::Erroneous>(node.set) == nullptr) {
            auto& report = context_.diagnostics.emit<RB1203>(
                file_[node.set].span, context_.sources.text(file_[node.set].span));
            report.help("`in` takes a list that is declared, `(a, b)`, or a range `1 to 3`");
        }
        return kError;
    }
    const ExprId value = check_as(node.value, Type::of(TypeKind::Text));
    const ExprId made = operation(Op::InList, Type::of(TypeKind::Bool), {value}, span);
    if (!present(made))
        return kError;
    context_.book.expressions[made].index = thing->index;
    return negated(made, node.negated, span);
}

// ---- text

// s like p, …: texts; `like` and `matches` take patterns that are written out.
ExprId Checker::check_text_test(const ast::TextTest& node, Span span) {
    static constexpr Op kOps[] = {Op::Contains, Op::HasWord, Op::StartsWith,
                                  Op::EndsWith, Op::Like,    Op::Matches};
    const Op op = kOps[static_cast<std::size_t>(node.kind)];
    const Type text = Type::of(TypeKind::Text);
    std::vector<ExprId> operands{check_as(node.subject, text)};
    for (const ast::ExprId pattern : node.patterns) {
        const ExprId checked = check_as(pattern, text);
        operands.push_back(checked);
        if (!present(checked) || (op != Op::Like && op != Op::Matches))
            continue;
        if (at(checked).op != Op::Constant) {
            context_.diagnostics.emit<RB1317>(at(checked).span);
            operands.back() = kError;
        } else if (op == Op::Matches) {
            RE2::Options options(RE2::Quiet);
            options.set_max_mem(1 << 20);
            const RE2 expression(at(checked).literal.text(), options);
            if (!expression.ok()) {
                context_.diagnostics.emit<RB1313>(at(checked).span, at(checked).literal.text(),
                                                  expression.error());
                operands.back() = kError;
            }
        }
    }
    return negated(operation(op, Type::of(TypeKind::Bool), std::move(operands), span), node.negated,
                   span);
}

// ---- logic

ExprId Checker::check_presence(const ast::Presence& node, Span span) {
    const ExprId known =
        operation(Op::IsKnown, Type::of(TypeKind::Bool), {check(node.operand)}, span);
    return negated(known, node.known == node.negated, span);
}

ExprId Checker::check_logical(const ast::Logical& node, Span span) {
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
        context_.diagnostics.emit<RB1302>(at(otherwise).span, say(type_of(then)),
                                          say(type_of(otherwise)));
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
    ExprId fallback = check(node.fallback, &type);
    if (!present(fallback))
        return kError;
    if (type.is(TypeKind::Int) && type_of(fallback).is(TypeKind::Number))
        value = to_number(value);
    fallback = convert(fallback, type_of(value));
    if (fallback == kError) {
        context_.diagnostics.emit<RB1302>(file_[node.fallback].span, say(type), "of another type");
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
        context_.diagnostics.emit<RB1203>(node.trigger.span, node.trigger.text)
            .help("`fired` asks about a trigger of this rulebook");
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
