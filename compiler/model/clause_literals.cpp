// Literals that clauses ask for: written out, and of the one type that the clause can use.
#include "compiler/model/checker.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"
#include "runtime/value/number.hpp"

namespace rulec::model {

namespace {

constexpr std::int64_t kHundredths = 100;

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
        return std::int64_t{7} * 86'400 * kSecond;
    case ast::DurationUnit::Month:
    case ast::DurationUnit::Year:
        return std::nullopt;
    }
    return std::nullopt;
}

// How long a unit is that stands without a number: `in last week`.
std::string_view length_called(std::string_view word) {
    static constexpr std::pair<std::string_view, std::string_view> kLengths[] = {
        {"hour", "1 hour"},     {"day", "1 day"},     {"week", "7 days"},      {"month", "30 days"},
        {"quarter", "90 days"}, {"year", "365 days"}, {"fortnight", "14 days"}};
    for (const auto& [unit, length] : kLengths)
        if (unit == word)
            return length;
    return {};
}

// `three times`
std::optional<int> number_called(std::string_view word) {
    static constexpr std::string_view kNumbers[] = {"one",  "two", "three",  "four",
                                                    "five", "six", "seven",  "eight",
                                                    "nine", "ten", "eleven", "twelve"};
    const auto* const found = std::ranges::find(kNumbers, word);
    if (found == std::end(kNumbers))
        return std::nullopt;
    return static_cast<int>(found - std::begin(kNumbers)) + 1;
}

} // namespace

std::optional<std::int64_t> elapsed_microseconds(Context& context, const ast::DurationLiteral& node,
                                                 Span span) {
    const auto unit = microseconds_per(node.unit);
    const std::string written(context.sources.text(span));
    if (!unit || node.kind != ast::DurationKind::Elapsed) {
        auto& report = context.diagnostics.emit<RB1314>(span, written);
        if (node.kind == ast::DurationKind::Elapsed)
            report.help("months and years differ in length: say how many days; in a window, behind "
                        "`within` and in a silence also `3 calendar months`");
        else
            report.help("calendar lengths stand in windows, behind `within` and in a silence "
                        "(`no A for 7 calendar days`); elsewhere say `7 days`");
        return std::nullopt;
    }
    const auto total = rulebook::checked_multiply(node.count, *unit);
    if (!total)
        context.diagnostics.emit<RB1312>(span, written, "a duration");
    return total;
}

// `{ at 1 day }` in a test: the sign that makes an offset of it is missing.
static bool is_offset_without_sign(const ast::File& file, ast::ExprId id) {
    const auto* duration = file.as<ast::DurationLiteral>(id);
    return duration != nullptr && duration->kind == ast::DurationKind::Elapsed;
}

std::optional<std::int64_t> literal_instant(Context& context, const ast::File& file,
                                            ast::ExprId id) {
    if (const auto* date = file.as<ast::DateLiteral>(id))
        return rulebook::time::start_of_day(*context.zone, rulebook::Date{date->days}).microseconds;
    if (const auto* time = file.as<ast::TimeLiteral>(id))
        return time->microseconds;
    if (!id.present() || file.as<ast::Erroneous>(id) != nullptr)
        return std::nullopt;
    const Span span = file[id].span;
    auto& report = context.diagnostics.emit<RB1319>(span);
    if (is_offset_without_sign(file, id))
        report
            .help(fmt::format("counted from the origin it has a sign: `+{}`",
                              context.sources.text(span)))
            .fix({span.file, span.begin, span.begin}, "+");
    else
        report.help("write a date such as 2026-01-31");
    return std::nullopt;
}

std::optional<std::int64_t> literal_duration(Context& context, const ast::File& file,
                                             ast::ExprId id) {
    if (const auto* duration = file.as<ast::DurationLiteral>(id))
        return elapsed_microseconds(context, *duration, file[id].span);
    if (!id.present() || file.as<ast::Erroneous>(id) != nullptr)
        return std::nullopt;
    auto& report = context.diagnostics.emit<RB1310>(file[id].span);
    if (const auto* bare = file.as<ast::IntLiteral>(id))
        report.help(fmt::format("write the unit: `{} days`", bare->value));
    else if (const auto* word = file.as<ast::NameReference>(id))
        if (const std::string_view meant = length_called(word->name.text); !meant.empty())
            report.help(fmt::format("write how long: `{}`", meant));
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
        std::string_view number = context.sources.text(span);
        number.remove_suffix(1);
        context.diagnostics.emit<RB2001>(span, number).fix({span.file, span.end - 1, span.end}, "");
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
    if (!id.present() || file.as<ast::Erroneous>(id) != nullptr)
        return std::nullopt;
    auto& report = context.diagnostics.emit<RB4005>(file[id].span);
    if (file.as<ast::IntLiteral>(id) != nullptr) {
        const std::string meant = fmt::format("{}%", context.sources.text(file[id].span));
        report.help(fmt::format("write `{}`", meant)).fix(file[id].span, meant);
    } else
        report.help("write it with its sign, such as `10%`");
    return std::nullopt;
}

std::optional<std::int64_t> literal_int(Context& context, const ast::File& file, ast::ExprId id) {
    if (const auto* whole = file.as<ast::IntLiteral>(id))
        return whole->value;
    if (!id.present() || file.as<ast::Erroneous>(id) != nullptr)
        return std::nullopt;
    auto& report = context.diagnostics.emit<RB1319>(file[id].span);
    const auto* name = file.as<ast::NameReference>(id);
    if (const auto digits = name == nullptr ? std::nullopt : number_called(name->name.text))
        report.help(fmt::format("write `{}`", *digits))
            .fix(file[id].span, fmt::format("{}", *digits));
    else
        report.help("write a whole number");
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
