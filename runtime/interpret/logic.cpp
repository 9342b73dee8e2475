// Logic over three values: Kleene's.
#include "runtime/interpret/lift.hpp"

namespace rulebook::interpret {

using plan::Op;

// `decisive` if any operand is; else the first unknown one; else the opposite.
static Value junction(const Call& call, bool decisive) {
    Value result = Value::of(!decisive);
    for (std::size_t i = 0; i < call.operand_count(); ++i) {
        Value operand = call.operand(i);
        if (operand.known() && operand.boolean() == decisive)
            return operand;
        if (!operand.known() && result.known())
            result = std::move(operand);
    }
    return result;
}

Value evaluate(Is<Op::And>, const Call& call) {
    return junction(call, false);
}

Value evaluate(Is<Op::Or>, const Call& call) {
    return junction(call, true);
}

Value evaluate(Is<Op::Not>, const Call& call) {
    return lift<bool>(call, [](bool operand) { return !operand; });
}

Value evaluate(Is<Op::If>, const Call& call) {
    Value condition = call.operand(0);
    if (!condition.known())
        return condition;
    return call.operand(condition.boolean() ? 1 : 2);
}

// True if enough are true even if all unknown ones were false; false if too few are even if all
// unknown ones were true.
Value evaluate(Is<Op::AtLeast>, const Call& call) {
    std::int64_t sure = 0;
    std::int64_t possible = 0;
    Value first_unknown;
    for (std::size_t i = 0; i < call.operand_count(); ++i) {
        const Value operand = call.operand(i);
        if (!operand.known() && possible == sure)
            first_unknown = operand;
        sure += operand.is_true() ? 1 : 0;
        possible += operand.is_false() ? 0 : 1;
    }
    if (sure >= call.node.detail)
        return Value::of(true);
    if (possible < call.node.detail)
        return Value::of(false);
    return first_unknown;
}

Value evaluate(Is<Op::IsKnown>, const Call& call) {
    return Value::of(call.operand(0).known());
}

Value evaluate(Is<Op::Default>, const Call& call) {
    Value value = call.operand(0);
    return value.known() ? value : call.operand(1);
}

} // namespace rulebook::interpret
