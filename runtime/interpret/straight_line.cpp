#include "runtime/interpret/straight_line.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <boost/multiprecision/cpp_int.hpp>

#include "runtime/plan/plan.hpp"

namespace rulebook::interpret {

namespace {

// Without expression templates: every operation gives a number.
using Wide = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                           boost::multiprecision::et_off>;

// A binary64 is mantissa × 2^exponent.
struct Binary {
    std::int64_t mantissa = 0;
    int exponent = 0;
};

Binary binary(double value) {
    constexpr int kMantissaBits = 53;
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent);
    return {static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits)),
            exponent - kMantissaBits};
}

Binary exact(const plan::Value& value) {
    return value.alternative() == plan::Value::of(0.0).alternative() ? binary(value.real())
                                                                     : Binary{value.integer(), 0};
}

Wide in_units_of(int exponent, const Binary& value) {
    return value.mantissa * pow(Wide(2), static_cast<unsigned>(value.exponent - exponent));
}

Wide rounded_quotient(const Wide& numerator, const Wide& denominator) { // denominator > 0
    const bool negative = numerator < 0;
    Wide quotient;
    Wide remainder;
    const Wide size = negative ? Wide(-numerator) : numerator;
    boost::multiprecision::divide_qr(size, denominator, quotient, remainder);
    const Wide twice = remainder * 2;
    if (twice > denominator || (twice == denominator && bit_test(quotient, 0)))
        ++quotient;
    return negative ? Wide(-quotient) : quotient;
}

} // namespace

std::optional<std::int64_t> on_straight_line(const plan::Value& x, const plan::Value& from,
                                             const plan::Value& to, std::int64_t points_from,
                                             std::int64_t points_to) {
    if (to < from)
        return on_straight_line(x, to, from, points_to, points_from);
    if (!(from < x))
        return points_from;
    if (!(x < to))
        return points_to;
    const Binary at = exact(x);
    const Binary start = exact(from);
    const Binary end = exact(to);
    const int unit = std::min({at.exponent, start.exponent, end.exponent});
    const Wide length = in_units_of(unit, end) - in_units_of(unit, start);
    const Wide way = in_units_of(unit, at) - in_units_of(unit, start);
    const Wide rise = Wide(points_to) - points_from;
    // Between the two ends, so it fits.
    const Wide points = rounded_quotient(Wide(points_from) * length + rise * way, length);
    return static_cast<std::int64_t>(points);
}

} // namespace rulebook::interpret
