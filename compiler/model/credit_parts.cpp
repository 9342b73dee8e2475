#include "compiler/model/credit_parts.hpp"

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"

namespace rulec::model {

using rulebook::plan::ExactWeight;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

Value key_value(Context& context, rulebook::plan::Type type, const ast::Party& written) {
    if (type.is(TypeKind::Text)) {
        if (!written.quoted)
            context.diagnostics.emit<RB1317>(written.span);
        return Value::of(written.text);
    }
    if (const auto value = enum_value(context, type, written.text))
        return Value::of(*value);
    report_unknown_value(context, written.span, written.text, type);
    return Value();
}

tl::expected<ExactWeight, std::string_view> exact_weight(std::string_view digits) {
    static_assert(rulebook::plan::kMostWeightDecimals == 60, "the words below say so");
    constexpr std::string_view kTooLong =
        "has more digits than a weight can have: 18 always fit, zeros at its ends not counted";
    const auto decimal = rulebook::read_decimal(digits);
    if (!decimal)
        return tl::unexpected(decimal.error() == rulebook::Fault::DoesNotFit
                                  ? kTooLong
                                  : std::string_view("is no number"));
    if (decimal->mantissa < 0)
        return tl::unexpected(std::string_view("is below 0"));
    const int decimals = decimal->exponent < 0 ? -decimal->exponent : 0;
    if (decimals > static_cast<int>(rulebook::plan::kMostWeightDecimals))
        return tl::unexpected(std::string_view("has more than 60 decimals"));
    const auto whole = rulebook::in_units(
        {.mantissa = decimal->mantissa, .exponent = decimal->exponent + decimals}, 0);
    if (!whole)
        return tl::unexpected(kTooLong);
    return ExactWeight{.digits = *whole, .decimals = static_cast<std::uint32_t>(decimals)};
}

std::optional<ExactWeight> literal_weight(Context& context, const ast::File& file, ast::ExprId id) {
    if (const auto* whole = file.as<ast::IntLiteral>(id))
        return ExactWeight{.digits = whole->value, .decimals = 0};
    if (const auto* decimal = file.as<ast::DecimalLiteral>(id)) {
        const auto weight = exact_weight(decimal->digits);
        if (weight)
            return *weight;
        context.diagnostics.emit<RB4014>(file[id].span)
            .help(fmt::format("this one {}", weight.error()));
        return std::nullopt;
    }
    if (id.present() && file.as<ast::Erroneous>(id) == nullptr)
        context.diagnostics.emit<RB4014>(file[id].span);
    return std::nullopt;
}

} // namespace rulec::model
