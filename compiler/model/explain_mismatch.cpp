// What was most likely meant where two types do not go together.
#include "compiler/model/checker.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"

namespace rulec::model {

namespace {

bool digit(char letter) {
    return letter >= '0' && letter <= '9';
}

// 2026-06-30, and whatever stands behind it.
bool begins_with_date(std::string_view text) {
    static constexpr std::string_view kShape = "dddd-dd-dd";
    if (text.size() < kShape.size())
        return false;
    for (std::size_t i = 0; i < kShape.size(); ++i)
        if (kShape[i] == 'd' ? !digit(text[i]) : text[i] != kShape[i])
            return false;
    return true;
}

constexpr std::size_t kLengthOfDate = 10;

bool is_count(Type type) {
    return type.is(TypeKind::Int) || type.is(TypeKind::Number);
}

} // namespace

// The number itself, where one is written out, with or without a sign.
std::optional<ExprId> Checker::bare_number(ExprId id) const {
    const Expression& given = at(id);
    if (given.kind != ExpressionKind::Operation || !is_count(given.type))
        return std::nullopt;
    if (given.op == Op::NegateExact || given.op == Op::NegateNumber)
        return bare_number(given.operands[0]);
    const bool written = given.op == Op::Constant && !source(id).empty() && digit(source(id)[0]);
    return written ? std::optional(id) : std::nullopt;
}

// A number stands where an amount of that currency is wanted.
void Checker::explain_amount(Diagnostic& report, ExprId given, Type money) const {
    const rulebook::Currency currency = money.currency();
    const auto number = bare_number(given);
    if (!number) {
        report.help(fmt::format("an amount has its currency, such as `{}`",
                                amount_written(context_, currency, "1_000")));
        return;
    }
    const std::string meant = amount_written(context_, currency, source(*number));
    report.help(fmt::format("write `{}`", meant));
    std::string digits(source(*number));
    std::erase(digits, '_');
    if (rulebook::read_money(digits, currency))
        report.fix(at(*number).span, meant);
}

// The amount that is not in the rulebook's currency is the one to convert.
void Checker::explain_two_currencies(Diagnostic& report, ExprId left, ExprId right) const {
    const bool right_is_own = type_of(right).currency() == context_.book.header.currency;
    const ExprId kept = right_is_own ? right : left;
    const ExprId foreign = right_is_own ? left : right;
    const std::string code = type_of(kept).currency().code();
    const std::string converted = fmt::format("convert({}, {}, RATE)", source(foreign), code);
    const bool written =
        at(foreign).kind == ExpressionKind::Operation && at(foreign).op == Op::Constant;
    report.help(written ? fmt::format("write the amount in {}, or `{}`", code, converted)
                        : fmt::format("amounts of two currencies do not mingle: `{}`", converted));
}

// `"2026-06-30"` for a date, `"law"` for a value of an enum, `"5"` for a number.
bool Checker::explain_quotes(Diagnostic& report, ExprId given, Type wanted) const {
    const Expression& text = at(given);
    if (text.kind != ExpressionKind::Operation || text.op != Op::Constant ||
        !text.type.is(TypeKind::Text) || !text.literal.known())
        return false;
    const std::string& content = text.literal.text();
    std::string_view what;
    if (wanted.is(TypeKind::Enum)) {
        report.help("values of an enum are written without quotes");
        if (enum_value(context_, wanted, content))
            report.fix(text.span, content);
        return true;
    }
    const bool date = begins_with_date(content);
    const bool number = !content.empty() && std::ranges::all_of(content, digit);
    if (wanted.is(TypeKind::Date) && date && content.size() == kLengthOfDate)
        what = "dates";
    else if (wanted.is(TypeKind::Time) && date)
        what = "times";
    else if (is_count(wanted) && number)
        what = "numbers";
    else
        return false;
    report.help(fmt::format("{} stand without quotes: `{}`", what, content));
    if (!wanted.is(TypeKind::Time) || content.size() > kLengthOfDate)
        report.fix(text.span, content);
    return true;
}

void Checker::explain_conversion(Diagnostic& report, ExprId given, Type wanted) const {
    const Type type = type_of(given);
    if (explain_quotes(report, given, wanted))
        return;
    if (wanted.is(TypeKind::Date) && type.is(TypeKind::Time))
        report.help("`date(…)` gives the date of a time, in the rulebook's zone");
    else if (wanted.is(TypeKind::Enum) && type.is(TypeKind::Enum))
        report.help("two enums are two types even if their values are the same: declare one, "
                    "`enum NAME { … }`, and name it in both places");
    else if (wanted.is(TypeKind::Money) && type.is(TypeKind::Money))
        report.help(fmt::format("write the amount in {0}, or `convert({1}, {0}, RATE)`",
                                wanted.currency().code(), source(given)));
    else if (wanted.is(TypeKind::Money))
        explain_amount(report, given, wanted);
    else if (wanted.is(TypeKind::Duration) && is_count(type))
        report.help(
            fmt::format("write the unit: `{} days`", bare_number(given) ? source(given) : "7"));
    else if (wanted.is(TypeKind::Percent) && is_count(type)) {
        const auto number = bare_number(given);
        if (!number || !type.is(TypeKind::Int)) {
            report.help("a percent has its sign: `5%`");
            return;
        }
        const std::string meant = fmt::format("{}%", source(*number));
        report.help(fmt::format("write `{}`", meant)).fix(at(*number).span, meant);
    }
}

// Where two sides of a comparison, or of `+`, do not go together: either may be the odd one out.
void Checker::explain_mismatch(Diagnostic& report, ExprId left, ExprId right) const {
    const Type l = type_of(left);
    const Type r = type_of(right);
    if (l.is(TypeKind::Money) && r.is(TypeKind::Money))
        return explain_two_currencies(report, left, right);
    if ((l.is(TypeKind::Date) && r.is(TypeKind::Time)) ||
        (l.is(TypeKind::Time) && r.is(TypeKind::Date))) {
        report.help(
            fmt::format("compare dates: `date({})`", source(l.is(TypeKind::Time) ? left : right)));
        return;
    }
    const auto has_unit = [](Type type) {
        return type.is(TypeKind::Money) || type.is(TypeKind::Percent) ||
               type.is(TypeKind::Duration);
    };
    // The side without a unit, or in quotes, is the one to change.
    const bool change_left = has_unit(r) || (l.is(TypeKind::Text) && !r.is(TypeKind::Text));
    explain_conversion(report, change_left ? left : right, change_left ? r : l);
}

} // namespace rulec::model
