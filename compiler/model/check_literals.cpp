// Literals: what was written, exactly, in the unit of its type.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"
#include "runtime/value/number.hpp"

namespace rulec::model {

namespace {

constexpr std::int64_t kHundredths = 100;

// Currencies whose people write `$`.
bool written_with_dollar(rulebook::Currency currency) {
    static constexpr std::string_view kDollars[] = {"USD", "AUD", "CAD", "HKD",
                                                    "NZD", "SGD", "TWD"};
    const std::string code = currency.code();
    for (const std::string_view dollar : kDollars)
        if (code == dollar)
            return true;
    return false;
}

std::optional<std::int64_t> microseconds_per(ast::DurationUnit unit) {
    constexpr std::int64_t kSecond = 1'000'000;
    switch (unit) {
    case ast::DurationUnit::Microsecond:
        return 1;
    case ast::DurationUnit::Millisecond:
        return 1'000;
    case ast::DurationUnit::Second:
        return kSecond;
    case ast::DurationUnit::Minute:
        return 60 * kSecond;
    case ast::DurationUnit::Hour:
        return 3'600 * kSecond;
    case ast::DurationUnit::Day:
        return 86'400 * kSecond;
    case ast::DurationUnit::Week:
        return 7 * 86'400 * kSecond;
    case ast::DurationUnit::Month:
    case ast::DurationUnit::Year:
        return std::nullopt;
    }
    return std::nullopt;
}

std::optional<std::int64_t> elapsed(Context& context, const ast::DurationLiteral& node, Span span) {
    const auto unit = microseconds_per(node.unit);
    const std::string written(context.sources.text(span));
    if (!unit || node.kind != ast::DurationKind::Elapsed) {
        auto& report = context.diagnostics.emit<RB1314>(span, written);
        if (node.kind == ast::DurationKind::Elapsed)
            report.help("months and years differ in length: say how many days, or in a window "
                        "`3 calendar months`");
        else
            report.help("calendar lengths stand in windows and behind `within`; elsewhere say "
                        "`7 days`");
        return std::nullopt;
    }
    const auto total = rulebook::checked_multiply(node.count, *unit);
    if (!total)
        context.diagnostics.emit<RB1312>(span, written, "a duration");
    return total;
}

} // namespace

// int; where a number or points are expected, that.
ExprId Checker::check_int(const ast::IntLiteral& node, Span span, const Type* expected) {
    if (expected != nullptr && expected->is(TypeKind::Number))
        if (const auto exact = rulebook::number_from_int(node.value))
            return constant(Value::of(*exact), *expected, span);
    if (expected != nullptr && expected->is(TypeKind::Points))
        if (const auto points = rulebook::checked_multiply(node.value, kHundredths))
            return constant(Value::of(*points), *expected, span);
    return constant(Value::of(node.value), Type::of(TypeKind::Int), span);
}

// number; where points are expected, those.
ExprId Checker::check_decimal(const ast::DecimalLiteral& node, Span span, const Type* expected) {
    if (expected != nullptr && expected->is(TypeKind::Points)) {
        const auto points = rulebook::read_points(node.digits);
        if (!points) {
            context_.diagnostics.emit<RB2002>(span);
            return kError;
        }
        return constant(Value::of(*points), *expected, span);
    }
    const auto number = rulebook::read_number(node.digits);
    if (!number) {
        context_.diagnostics.emit<RB1312>(span, context_.sources.text(span), "a number");
        return kError;
    }
    return constant(Value::of(*number), Type::of(TypeKind::Number), span);
}

// percent: at most four decimals, since it counts millionths.
ExprId Checker::check_percent(const ast::PercentLiteral& node, Span span) {
    const auto percent = rulebook::read_percent(node.digits, rulebook::PercentWriting::Whole);
    if (!percent) {
        context_.diagnostics.emit<RB1312>(span, context_.sources.text(span), "a percent")
            .help("a percent has at most four decimals");
        return kError;
    }
    return constant(Value::of(*percent), Type::of(TypeKind::Percent), span);
}

// money in the currency of its marker; `$` is the rulebook's currency where that is a dollar.
ExprId Checker::check_money(const ast::MoneyLiteral& node, Span span) {
    const rulebook::Currency own = context_.book.header.currency;
    std::optional<rulebook::Currency> currency;
    if (node.marker == "$")
        currency = own.valid() && written_with_dollar(own) ? own : rulebook::Currency::of("USD");
    else
        currency = rulebook::Currency::of(node.marker);
    if (!currency) {
        context_.diagnostics.emit<RB1007>(span, node.marker);
        return kError;
    }
    const std::string digits =
        node.scale_power == 0 ? node.digits : fmt::format("{}e{}", node.digits, node.scale_power);
    const auto amount = rulebook::read_money(digits, *currency);
    if (!amount) {
        context_.diagnostics
            .emit<RB1312>(span, context_.sources.text(span), say(Type::money(*currency)))
            .help(fmt::format("{} has {} decimals", currency->code(), currency->digits()));
        return kError;
    }
    return constant(Value::of(*amount), Type::money(*currency), span);
}

ExprId Checker::check_duration(const ast::DurationLiteral& node, Span span) {
    const auto microseconds = elapsed(context_, node, span);
    if (!microseconds)
        return kError;
    return constant(Value::of(*microseconds), Type::of(TypeKind::Duration), span);
}

// text: the parts, and each value as people read it.
ExprId Checker::check_template(const ast::TextTemplate& node, Span span) {
    const Type text = Type::of(TypeKind::Text);
    std::vector<ExprId> parts;
    for (const ast::TextTemplate::Part& part : node.parts) {
        if (!part.text.empty())
            parts.push_back(constant(Value::of(part.text), text, span));
        if (part.expression.present())
            parts.push_back(check(part.expression));
    }
    const ExprId made = operation(Op::Interpolate, text, std::move(parts), span);
    if (present(made))
        context_.book.expressions[made].may_be_unknown = false;
    return made;
}

ExprId Checker::check_missing(Span span, const Type* expected) {
    if (expected == nullptr) {
        context_.diagnostics.emit<RB1315>(span);
        return kError;
    }
    return constant(Value::unknown(rulebook::plan::Cause::NotWritten, rulebook::plan::kNoNode),
                    *expected, span);
}

// ---- literals that clauses ask for

std::optional<std::int64_t> literal_instant(Context& context, const ast::File& file,
                                            ast::ExprId id) {
    if (const auto* date = file.as<ast::DateLiteral>(id))
        return rulebook::time::start_of_day(*context.zone, rulebook::Date{date->days}).microseconds;
    if (const auto* time = file.as<ast::TimeLiteral>(id))
        return time->microseconds;
    if (id.present() && file.as<ast::Erroneous>(id) == nullptr)
        context.diagnostics.emit<RB1319>(file[id].span).help("write a date such as 2026-01-31");
    return std::nullopt;
}

std::optional<std::int64_t> literal_duration(Context& context, const ast::File& file,
                                             ast::ExprId id) {
    if (const auto* duration = file.as<ast::DurationLiteral>(id))
        return elapsed(context, *duration, file[id].span);
    if (!id.present() || file.as<ast::Erroneous>(id) != nullptr)
        return std::nullopt;
    auto& report = context.diagnostics.emit<RB1310>(file[id].span);
    if (const auto* bare = file.as<ast::IntLiteral>(id))
        report.help(fmt::format("write the unit: `{} days`", bare->value));
    return std::nullopt;
}

std::optional<rulebook::plan::Span> literal_span(Context& context, const ast::File& file,
                                                 ast::ExprId id) {
    using rulebook::plan::CalendarUnit;
    rulebook::plan::Span span;
    const auto* literal = file.as<ast::DurationLiteral>(id);
    if (literal == nullptr || literal->kind == ast::DurationKind::Elapsed) {
        const auto microseconds = literal_duration(context, file, id);
        if (!microseconds)
            return std::nullopt;
        span.microseconds = *microseconds;
        return span;
    }
    span.calendar = true;
    span.count = literal->count;
    if (literal->kind == ast::DurationKind::Iso && literal->unit == ast::DurationUnit::Week)
        span.unit = CalendarUnit::IsoWeek;
    else if (literal->kind == ast::DurationKind::Calendar &&
             literal->unit == ast::DurationUnit::Day)
        span.unit = CalendarUnit::Day;
    else if (literal->kind == ast::DurationKind::Calendar &&
             literal->unit == ast::DurationUnit::Month)
        span.unit = CalendarUnit::Month;
    else {
        context.diagnostics.emit<RB1323>(file[id].span, context.sources.text(file[id].span));
        return std::nullopt;
    }
    return span;
}

namespace {

// A literal with its sign taken apart.
struct Signed {
    ast::ExprId literal;
    bool negative = false;
};

Signed sign_of(const ast::File& file, ast::ExprId id) {
    if (const auto* negate = file.as<ast::Negate>(id))
        return {negate->operand, true};
    return {id, false};
}

} // namespace

std::optional<std::int64_t> literal_points(Context& context, const ast::File& file,
                                           ast::ExprId id) {
    const auto [literal, negative] = sign_of(file, id);
    std::optional<std::int64_t> points;
    if (const auto* whole = file.as<ast::IntLiteral>(literal))
        points = rulebook::checked_multiply(whole->value, kHundredths);
    else if (const auto* decimal = file.as<ast::DecimalLiteral>(literal)) {
        if (const auto read = rulebook::read_points(decimal->digits))
            points = *read;
    } else if (file.as<ast::PercentLiteral>(literal) != nullptr) {
        const Span span = file[literal].span;
        context.diagnostics.emit<RB2001>(span).fix({span.file, span.end - 1, span.end}, "");
        return std::nullopt;
    }
    if (points)
        return negative ? -*points : *points;
    if (id.present() && file.as<ast::Erroneous>(literal) == nullptr)
        context.diagnostics.emit<RB2002>(file[id].span);
    return std::nullopt;
}

std::optional<std::int64_t> literal_percent(Context& context, const ast::File& file,
                                            ast::ExprId id) {
    if (const auto* percent = file.as<ast::PercentLiteral>(id))
        if (const auto read =
                rulebook::read_percent(percent->digits, rulebook::PercentWriting::Whole))
            return *read;
    if (id.present() && file.as<ast::Erroneous>(id) == nullptr)
        context.diagnostics.emit<RB4005>(file[id].span)
            .help("write it with its sign, such as `10%`");
    return std::nullopt;
}

std::optional<std::int64_t> literal_int(Context& context, const ast::File& file, ast::ExprId id) {
    if (const auto* whole = file.as<ast::IntLiteral>(id))
        return whole->value;
    if (id.present() && file.as<ast::Erroneous>(id) == nullptr)
        context.diagnostics.emit<RB1319>(file[id].span).help("write a whole number");
    return std::nullopt;
}

std::optional<Value> literal_value(Context& context, const ast::File& file, ast::ExprId id,
                                   Type type) {
    Checker checker(context, file, root_scope(context.book, kDecisionLayer, "this"));
    const ExprId checked = checker.check_as(id, type);
    if (!present(checked))
        return std::nullopt;
    const Expression& made = context.book.expressions[checked];
    if (made.op == Op::Constant && made.kind == ExpressionKind::Operation)
        return made.literal;
    if ((made.op == Op::NegateExact || made.op == Op::NegateNumber) &&
        context.book.expressions[made.operands[0]].op == Op::Constant) {
        const Value& positive = context.book.expressions[made.operands[0]].literal;
        if (made.op == Op::NegateNumber)
            return Value::of(-positive.real());
        return Value::of(-positive.integer());
    }
    context.diagnostics.emit<RB1319>(file[id].span);
    return std::nullopt;
}

} // namespace rulec::model
