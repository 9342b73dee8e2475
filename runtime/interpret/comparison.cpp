// Comparison of values of one type, and membership.
#include <algorithm>

#include "runtime/interpret/lift.hpp"

namespace rulebook::interpret {

using plan::Op;

Value evaluate(Is<Op::Equal>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return a == b; });
}

Value evaluate(Is<Op::NotEqual>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return a != b; });
}

Value evaluate(Is<Op::Less>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return a < b; });
}

Value evaluate(Is<Op::LessEqual>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return !(b < a); });
}

Value evaluate(Is<Op::Greater>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return b < a; });
}

Value evaluate(Is<Op::GreaterEqual>, const Call& call) {
    return lift<Value, Value>(call, [](const Value& a, const Value& b) { return !(a < b); });
}

// `low <= x and x <= high` (or `x < high`): Kleene's `and`, so x below a known low is false
// whatever the other bound.
template <class WithinHigh>
static Value in_range(const Call& call, WithinHigh within_high) {
    Value x = call.operand(0);
    if (!x.known())
        return x;
    Value low = call.operand(1);
    Value high = call.operand(2);
    if ((low.known() && x < low) || (high.known() && !within_high(x, high)))
        return Value::of(false);
    if (!low.known())
        return low;
    return high.known() ? Value::of(true) : high;
}

Value evaluate(Is<Op::InRange>, const Call& call) {
    return in_range(call, [](const Value& x, const Value& high) { return !(high < x); });
}

Value evaluate(Is<Op::InRangeUnder>, const Call& call) {
    return in_range(call, [](const Value& x, const Value& high) { return x < high; });
}

// The `or` of the comparisons with the members.
Value evaluate(Is<Op::InSet>, const Call& call) {
    Value x = call.operand(0);
    if (!x.known())
        return x;
    Value result = Value::of(false);
    for (std::size_t i = 1; i < call.operand_count(); ++i) {
        Value member = call.operand(i);
        if (member.known() && member == x)
            return Value::of(true);
        if (!member.known() && result.known())
            result = std::move(member);
    }
    return result;
}

Value evaluate(Is<Op::InList>, const Call& call) {
    const std::vector<std::string>& members = call.evaluation.plan().lists[call.node.index].values;
    return lift<std::string>(call, [&](const std::string& x) {
        return std::binary_search(members.begin(), members.end(), x);
    });
}

} // namespace rulebook::interpret
