#include "runtime/value/number.hpp"

#include <cmath>

namespace rulebook {

namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

std::optional<std::int64_t> to_integer(double whole) {
    if (!(whole >= -kTwoTo63 && whole < kTwoTo63))
        return std::nullopt;
    return static_cast<std::int64_t>(whole);
}

// Independent of the rounding mode of the machine.
double nearest_whole_half_even(double value) {
    const double below = std::floor(value);
    const double above_below = value - below; // exact
    if (above_below < 0.5 || (above_below == 0.5 && std::fmod(below, 2.0) == 0.0))
        return below;
    return below + 1.0;
}

} // namespace

std::optional<double> finite(double value) {
    if (!std::isfinite(value))
        return std::nullopt;
    return value;
}

std::optional<double> number_from_int(std::int64_t value) {
    const auto widened = static_cast<double>(value);
    if (to_integer(widened) != value)
        return std::nullopt;
    return widened;
}

std::optional<std::int64_t> round_half_even(double value) {
    return to_integer(nearest_whole_half_even(value));
}

std::optional<std::int64_t> floor_to_int(double value) {
    return to_integer(std::floor(value));
}

std::optional<std::int64_t> ceil_to_int(double value) {
    return to_integer(std::ceil(value));
}

std::optional<double> round_to_step(double value, double step) {
    if (!(step > 0.0) || !std::isfinite(value) || !std::isfinite(step))
        return std::nullopt;
    const double parts = std::nearbyint(1.0 / step);
    if (parts > 1.0 && parts <= static_cast<double>(kGreatestExactInteger) && 1.0 / parts == step)
        return finite(nearest_whole_half_even(value * parts) / parts);
    return finite(nearest_whole_half_even(value / step) * step);
}

std::optional<double> ratio(std::int64_t a, std::int64_t b) {
    const auto numerator = number_from_int(a);
    const auto denominator = number_from_int(b);
    if (!numerator || !denominator || b == 0)
        return std::nullopt;
    return *numerator / *denominator;
}

} // namespace rulebook
