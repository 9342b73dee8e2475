#include "compiler/model/credit_parts.hpp"

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

std::optional<ExactWeight> exact_weight(std::string_view digits) {
    const auto decimal = rulebook::read_decimal(digits);
    if (!decimal || decimal->mantissa < 0)
        return std::nullopt;
    const int decimals = decimal->exponent < 0 ? -decimal->exponent : 0;
    if (decimals > static_cast<int>(rulebook::plan::kMostWeightDecimals))
        return std::nullopt;
    const auto whole = rulebook::in_units(
        {.mantissa = decimal->mantissa, .exponent = decimal->exponent + decimals}, 0);
    if (!whole)
        return std::nullopt;
    return ExactWeight{.digits = *whole, .decimals = static_cast<std::uint32_t>(decimals)};
}

std::optional<ExactWeight> literal_weight(Context& context, const ast::File& file, ast::ExprId id) {
    std::optional<ExactWeight> weight;
    if (const auto* whole = file.as<ast::IntLiteral>(id))
        weight = ExactWeight{.digits = whole->value, .decimals = 0};
    else if (const auto* decimal = file.as<ast::DecimalLiteral>(id))
        weight = exact_weight(decimal->digits);
    if (!weight && id.present() && file.as<ast::Erroneous>(id) == nullptr)
        context.diagnostics.emit<RB4014>(file[id].span);
    return weight;
}

} // namespace rulec::model
