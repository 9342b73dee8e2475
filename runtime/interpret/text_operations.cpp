// Operations on text. `contains`, `like` and their kin ignore case; `matches` does not.
#include "runtime/interpret/lift.hpp"
#include "runtime/interpret/readable.hpp"
#include "runtime/value/text.hpp"

namespace rulebook::interpret {

using plan::Op;
using Text = std::string;

Value evaluate(Is<Op::Contains>, const Call& call) {
    return lift<Text, Text>(call, contains_ignoring_case);
}

Value evaluate(Is<Op::HasWord>, const Call& call) {
    return lift<Text, Text>(call, has_word_ignoring_case);
}

Value evaluate(Is<Op::StartsWith>, const Call& call) {
    return lift<Text, Text>(call, starts_with_ignoring_case);
}

Value evaluate(Is<Op::EndsWith>, const Call& call) {
    return lift<Text, Text>(call, ends_with_ignoring_case);
}

static bool matches_like(const Call& call, std::size_t i, const Text& pattern, const Text& folded) {
    const auto& prepared = call.evaluation.preparation().like_patterns;
    const auto found = prepared.find(call.node.operands[i]);
    if (found != prepared.end())
        return found->second.matches_folded(folded);
    return LikePattern(pattern).matches_folded(folded);
}

// The `or` over the patterns.
Value evaluate(Is<Op::Like>, const Call& call) {
    Value text = call.operand(0);
    if (!text.known())
        return text;
    const Text folded = fold(text.text());
    Value result = Value::of(false);
    for (std::size_t i = 1; i < call.operand_count(); ++i) {
        Value pattern = call.operand(i);
        if (pattern.known() && matches_like(call, i, pattern.text(), folded))
            return Value::of(true);
        if (!pattern.known() && result.known())
            result = std::move(pattern);
    }
    return result;
}

Value evaluate(Is<Op::Matches>, const Call& call) {
    const RegularExpression& expression =
        call.evaluation.preparation().regular_expressions.at(call.node.operands[1]);
    return lift<Text>(call, [&](const Text& text) { return expression.occurs_in(text); });
}

Value evaluate(Is<Op::Lower>, const Call& call) {
    return lift<Text>(call, [](const Text& text) { return lower(text); });
}

Value evaluate(Is<Op::Trim>, const Call& call) {
    return lift<Text>(call, [](const Text& text) { return Text(trim(text)); });
}

Value evaluate(Is<Op::Length>, const Call& call) {
    return lift<Text>(call, [](const Text& text) { return length(text); });
}

Value evaluate(Is<Op::Domain>, const Call& call) {
    return lift<Text>(call, Cause::UnreadableInput,
                      [](const Text& email) { return domain(email); });
}

// Never unknown: an unknown operand reads `unknown`.
Value evaluate(Is<Op::Interpolate>, const Call& call) {
    Text result;
    for (std::size_t i = 0; i < call.operand_count(); ++i)
        append_readable(result, call.evaluation.plan().schema, call.operand_type(i),
                        call.operand(i), call.evaluation.preparation().zone);
    return Value::of(std::move(result));
}

} // namespace rulebook::interpret
