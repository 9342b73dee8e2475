// Literals, and numbers with a sign.
#include <array>

#include <fmt/format.h>

#include "compiler/syntax/builder.hpp"
#include "compiler/syntax/literal.hpp"

namespace rulec::syntax {
namespace {

// "1.5M" → "1_500_000", where that is whole.
std::string written_out(std::string_view scaled) {
    ast::MoneyLiteral parts = money_literal(scaled, "$");
    std::size_t point = parts.digits.find('.');
    std::string whole = parts.digits.substr(0, point);
    std::string decimals = point == std::string::npos ? "" : parts.digits.substr(point + 1);
    if (decimals.size() > parts.scale_power)
        return std::string(scaled);
    std::string digits = whole + decimals + std::string(parts.scale_power - decimals.size(), '0');
    std::string out;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0)
            out.push_back('_');
        out.push_back(digits[i]);
    }
    return out;
}

} // namespace

ast::DurationUnit Builder::unit(Grammar::UnitContext& context) {
    switch (leaf_type(context, 0)) {
    case Grammar::MICROSECOND:
    case Grammar::MICROSECONDS:
        return ast::DurationUnit::Microsecond;
    case Grammar::MILLISECOND:
    case Grammar::MILLISECONDS:
        return ast::DurationUnit::Millisecond;
    case Grammar::SECOND:
    case Grammar::SECONDS:
        return ast::DurationUnit::Second;
    case Grammar::MINUTE:
    case Grammar::MINUTES:
        return ast::DurationUnit::Minute;
    case Grammar::HOUR:
    case Grammar::HOURS:
        return ast::DurationUnit::Hour;
    case Grammar::WEEK:
    case Grammar::WEEKS:
        return ast::DurationUnit::Week;
    case Grammar::MONTH:
    case Grammar::MONTHS:
        return ast::DurationUnit::Month;
    case Grammar::YEAR:
    case Grammar::YEARS:
        return ast::DurationUnit::Year;
    default:
        return ast::DurationUnit::Day;
    }
}

ast::ExprId Builder::duration_literal(const Word& count, ast::DurationKind kind,
                                      Grammar::UnitContext& unit, Span whole) {
    if (text_of(count).find('.') != std::string_view::npos) {
        diagnostics_.emit<RB0023>(whole);
        return erroneous(whole);
    }
    ast::ExpressionNode number = int_literal(span(count), text_of(count), diagnostics_);
    auto* known = std::get_if<ast::IntLiteral>(&number);
    if (known == nullptr)
        return erroneous(whole);
    ast::DurationLiteral out{known->value, this->unit(unit), kind, {}};
    if (kind == ast::DurationKind::Iso && out.unit != ast::DurationUnit::Week)
        diagnostics_.emit<RB0153>(whole);
    return add(std::move(out), whole);
}

// `14 days`, `7 calendar days`, `iso week`, and everything that is one word.
ast::ExprId Builder::literal(Grammar::LiteralContext& context) {
    const Word& word = *static_cast<const Word*>(context.start);
    Span whole = span(context);
    auto* unit = context.unit();
    auto second = leaf_type(context, 1);
    switch (word.getType()) {
    case Grammar::COUNT_OF_UNITS:
        return duration_literal(word,
                                second == Grammar::CALENDAR ? ast::DurationKind::Calendar
                                : second == Grammar::ISO    ? ast::DurationKind::Iso
                                                            : ast::DurationKind::Elapsed,
                                *unit, whole);
    case Grammar::ISO:
        if (this->unit(*unit) != ast::DurationUnit::Week)
            diagnostics_.emit<RB0153>(whole);
        return add(ast::DurationLiteral{1, this->unit(*unit), ast::DurationKind::Iso, {}}, whole);
    case Grammar::DATE:
        return add(date_literal(whole, text_of(word), diagnostics_), whole);
    case Grammar::TIME:
        return add(time_literal(whole, text_of(word), diagnostics_), whole);
    case Grammar::TRUE:
    case Grammar::FALSE:
        return add(ast::BoolLiteral{word.getType() == Grammar::TRUE}, whole);
    case Grammar::MISSING:
        return add(ast::MissingLiteral{}, whole);
    case Grammar::TEXT:
    case Grammar::FOREIGN_TEXT:
        return add(ast::TextLiteral{text_content(whole, text_of(word), diagnostics_)}, whole);
    default:
        return number_word(word);
    }
}

// The literals of one word that are numbers, and those that the scanner refused.
ast::ExprId Builder::number_word(const Word& word) {
    Span whole = span(word);
    std::string_view spelling = text_of(word);
    switch (word.getType()) {
    case Grammar::INT:
        return add(int_literal(whole, spelling, diagnostics_), whole);
    case Grammar::DECIMAL:
        return add(ast::DecimalLiteral{without_separators(spelling)}, whole);
    case Grammar::PERCENT:
        spelling.remove_suffix(1);
        return add(ast::PercentLiteral{without_separators(spelling)}, whole);
    case Grammar::MONEY:
        return add(money_literal(spelling), whole);
    case Grammar::SCALED:
        diagnostics_.emit<RB0024>(whole, spelling, written_out(spelling), spelling);
        return erroneous(whole);
    default:
        return erroneous(whole);
    }
}

ast::ExprId Builder::number(Grammar::NumberContext& context) {
    return number_word(*static_cast<const Word*>(context.start));
}

ast::ExprId Builder::whole_number(Grammar::WholeNumberContext& context) {
    return number_word(*static_cast<const Word*>(context.start));
}

ast::ExprId Builder::signed_number(Grammar::SignedNumberContext* context) {
    if (context == nullptr)
        return {};
    ast::ExprId value = number(*context->number());
    bool negative = leaf_type(*context, 0) == Grammar::MINUS;
    return negative ? add(ast::Negate{value}, span(*context)) : value;
}

ast::ExprId Builder::money(Grammar::MoneyContext& context) {
    const Word& code = *leaf(context.children[0]);
    const Word& amount = *leaf(context.children[1]);
    return add(money_literal(text_of(amount), text_of(code)), span(context));
}

ast::ExprId Builder::bound(Grammar::BoundContext& context) {
    if (auto* name = context.name())
        return name_reference(this->name(name));
    if (auto* money = context.money())
        return this->money(*money);
    ast::ExprId value = literal(*context.literal());
    bool negative = leaf_type(context, 0) == Grammar::MINUS;
    return negative ? add(ast::Negate{value}, span(context)) : value;
}

// `14 days`, or `10 working hours of office`.
ast::ExprId Builder::duration(Grammar::SpanContext& context) {
    if (auto* value = context.operand())
        return operand(value);
    const Word& count = *leaf(context.children[0]);
    ast::ExprId id =
        duration_literal(count, ast::DurationKind::Working, *context.unit(), span(context));
    if (auto* literal = std::get_if<ast::DurationLiteral>(&file_.expressions[id.index].node)) {
        literal->calendar = name(context.name());
        if (literal->unit != ast::DurationUnit::Hour && literal->unit != ast::DurationUnit::Minute)
            diagnostics_.emit<RB0154>(span(context));
    }
    return id;
}

} // namespace rulec::syntax
