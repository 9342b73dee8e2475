// Literals in expressions: what was written, exactly, in the unit of its type.
#include "compiler/model/checker.hpp"

#include <fmt/format.h>

#include "runtime/value/decimal.hpp"
#include "runtime/value/number.hpp"

namespace rulec::model {

namespace {

constexpr std::int64_t kHundredths = 100;

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
    const auto currency = currency_marked(context_, node.marker);
    if (!currency) {
        auto& report = context_.diagnostics.emit<RB1007>(span, node.marker);
        const std::string_view written = context_.sources.text(span);
        const std::string code = currency_called(context_, node.marker);
        const std::size_t digits = written.find_first_of("0123456789");
        if (!code.empty() && digits != std::string_view::npos) {
            const std::string meant = fmt::format("{} {}", code, written.substr(digits));
            report.help(fmt::format("write `{}`", meant)).fix(span, meant);
        }
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
    const auto microseconds = elapsed_microseconds(context_, node, span);
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

} // namespace rulec::model
