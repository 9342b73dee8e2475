// Arithmetic of `number`: each operation is one binary64 operation; NaN and infinities are unknown.
// Also what leads from exact values to numbers and back.
#include <cmath>

#include "runtime/interpret/lift.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/number.hpp"

namespace rulebook::interpret {

using plan::Op;
using Integer = std::int64_t;

Value evaluate(Is<Op::AddNumber>, const Call& call) {
    return lift<double, double>(call, [&](double a, double b) { return to_number(call, a + b); });
}

Value evaluate(Is<Op::SubtractNumber>, const Call& call) {
    return lift<double, double>(call, [&](double a, double b) { return to_number(call, a - b); });
}

Value evaluate(Is<Op::MultiplyNumber>, const Call& call) {
    return lift<double, double>(call, [&](double a, double b) { return to_number(call, a * b); });
}

Value evaluate(Is<Op::DivideNumber>, const Call& call) {
    return lift<double, double>(call, [&](double a, double b) {
        return b == 0.0 ? call.unknown(Cause::DivisionByZero) : to_number(call, a / b);
    });
}

Value evaluate(Is<Op::NegateNumber>, const Call& call) {
    return lift<double>(call, [](double a) { return -a; });
}

Value evaluate(Is<Op::AbsNumber>, const Call& call) {
    return lift<double>(call, [](double a) { return std::fabs(a); });
}

Value evaluate(Is<Op::RoundNumber>, const Call& call) {
    return lift<double, double>(call, [&](double value, double step) {
        if (!(step > 0.0))
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, round_to_step(value, step));
    });
}

Value evaluate(Is<Op::Floor>, const Call& call) {
    return lift<double>(call, Cause::Overflow, floor_to_int);
}

Value evaluate(Is<Op::Ceil>, const Call& call) {
    return lift<double>(call, Cause::Overflow, ceil_to_int);
}

Value evaluate(Is<Op::Power>, const Call& call) {
    return lift<double, double>(call, [&](double base, double exponent) {
        if (base == 0.0 && exponent < 0.0)
            return call.unknown(Cause::DivisionByZero);
        return to_number(call, std::pow(base, exponent));
    });
}

Value evaluate(Is<Op::IntToNumber>, const Call& call) {
    return lift<Integer>(call, Cause::Inexact, number_from_int);
}

Value evaluate(Is<Op::PercentToNumber>, const Call& call) {
    return lift<Integer>(call, Cause::Inexact, number_from_percent);
}

Value evaluate(Is<Op::PointsToNumber>, const Call& call) {
    return lift<Integer>(call, Cause::Inexact,
                         [](Integer points) { return ratio(points, kHundredthsPerPoint); });
}

Value evaluate(Is<Op::DivideExact>, const Call& call) {
    return lift<Integer, Integer>(call, [&](Integer a, Integer b) {
        if (b == 0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Inexact, ratio(a, b));
    });
}

Value evaluate(Is<Op::MultiplyMoneyNumber>, const Call& call) {
    return lift<Integer, double>(call, Cause::Overflow, money_times_number);
}

Value evaluate(Is<Op::DivideMoneyNumber>, const Call& call) {
    return lift<Integer, double>(call, [&](Integer money, double divisor) {
        if (divisor == 0.0)
            return call.unknown(Cause::DivisionByZero);
        return to_value(call, Cause::Overflow, money_divided_by_number(money, divisor));
    });
}

// Minor units of one currency to those of another: where the digits differ, the rate is scaled by
// a power of ten first (one more binary64 operation).
Value evaluate(Is<Op::ConvertMoney>, const Call& call) {
    const auto from = static_cast<double>(call.operand_type(0).currency().minor_units());
    const auto to = static_cast<double>(call.node.type.currency().minor_units());
    return lift<Integer, double>(call, Cause::Overflow, [&](Integer money, double rate) {
        const double factor = to >= from ? rate * (to / from) : rate / (from / to);
        return money_times_number(money, factor);
    });
}

} // namespace rulebook::interpret
