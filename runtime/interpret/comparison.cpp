#include "runtime/interpret/comparison.hpp"

#include <algorithm>

#include "runtime/interpret/lift.hpp"

namespace rulebook::interpret {

using plan::Op;

namespace {

// Operands are what `operand(i)` gives: a call evaluates them one by one, others have them.
struct Given {
    std::span<const Value> values;

    std::size_t operand_count() const { return values.size(); }
    Value operand(std::size_t i) const { return values[i]; }
};

template <class Operands, class Holds>
Value of_two(const Operands& operands, const Holds& holds) {
    Value a = operands.operand(0);
    if (!a.known())
        return a;
    Value b = operands.operand(1);
    return b.known() ? Value::of(holds(a, b)) : b;
}

template <class Operands>
Value compared(Is<Op::Equal>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return a == b; });
}
template <class Operands>
Value compared(Is<Op::NotEqual>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return a != b; });
}
template <class Operands>
Value compared(Is<Op::Less>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return a < b; });
}
template <class Operands>
Value compared(Is<Op::LessEqual>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return !(b < a); });
}
template <class Operands>
Value compared(Is<Op::Greater>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return b < a; });
}
template <class Operands>
Value compared(Is<Op::GreaterEqual>, const Operands& operands) {
    return of_two(operands, [](const Value& a, const Value& b) { return !(a < b); });
}

// `low <= x and x <= high` (or `x < high`): Kleene's `and`, so x below a known low is false
// whatever the other bound.
template <class Operands, class WithinHigh>
Value in_range(const Operands& operands, WithinHigh within_high) {
    Value x = operands.operand(0);
    if (!x.known())
        return x;
    Value low = operands.operand(1);
    Value high = operands.operand(2);
    if ((low.known() && x < low) || (high.known() && !within_high(x, high)))
        return Value::of(false);
    if (!low.known())
        return low;
    return high.known() ? Value::of(true) : high;
}
template <class Operands>
Value compared(Is<Op::InRange>, const Operands& operands) {
    return in_range(operands, [](const Value& x, const Value& high) { return !(high < x); });
}
template <class Operands>
Value compared(Is<Op::InRangeUnder>, const Operands& operands) {
    return in_range(operands, [](const Value& x, const Value& high) { return x < high; });
}

// The `or` of the comparisons with the members.
template <class Operands>
Value compared(Is<Op::InSet>, const Operands& operands) {
    Value x = operands.operand(0);
    if (!x.known())
        return x;
    Value result = Value::of(false);
    for (std::size_t i = 1; i < operands.operand_count(); ++i) {
        Value member = operands.operand(i);
        if (member.known() && member == x)
            return Value::of(true);
        if (!member.known() && result.known())
            result = std::move(member);
    }
    return result;
}

} // namespace

#define RB_COMPARISON(Name)                                                                        \
    Value evaluate(Is<Op::Name> op, const Call& call) {                                            \
        return compared(op, call);                                                                 \
    }
#include "runtime/plan/comparisons.def"

Value compare(Op op, std::span<const Value> operands) {
    switch (op) {
#define RB_COMPARISON(Name)                                                                        \
    case Op::Name:                                                                                 \
        return compared(Is<Op::Name>(), Given{operands});
#include "runtime/plan/comparisons.def"
    default:
        return {};
    }
}

Value evaluate(Is<Op::InList>, const Call& call) {
    const std::vector<std::string>& members = call.evaluation.plan().lists[call.node.index].values;
    return lift<std::string>(call, [&](const std::string& x) {
        return std::binary_search(members.begin(), members.end(), x);
    });
}

} // namespace rulebook::interpret
