#include "runtime/value/amount.hpp"

#include <cmath>

#include "runtime/value/integer.hpp"
#include "runtime/value/number.hpp"

namespace rulebook {

namespace {

bool exact_amount(std::int64_t minor_units) {
    return minor_units >= -kGreatestExactInteger && minor_units <= kGreatestExactInteger;
}

std::optional<std::int64_t> amount_from(double minor_units) {
    constexpr auto kGreatest = static_cast<double>(kGreatestExactInteger);
    if (!(minor_units >= -kGreatest && minor_units <= kGreatest)) // false for NaN too
        return std::nullopt;
    return round_half_even(minor_units);
}

} // namespace

std::optional<std::int64_t> money_times_percent(std::int64_t money, std::int64_t percent) {
    return multiply_divide_half_even(money, percent, kMillionthsPerOne);
}

std::optional<std::int64_t> percent_times_percent(std::int64_t a, std::int64_t b) {
    return multiply_divide_half_even(a, b, kMillionthsPerOne);
}

std::optional<std::int64_t> money_times_number(std::int64_t money, double factor) {
    if (!exact_amount(money))
        return std::nullopt;
    return amount_from(static_cast<double>(money) * factor);
}

std::optional<std::int64_t> money_divided_by_number(std::int64_t money, double divisor) {
    if (!exact_amount(money) || divisor == 0.0)
        return std::nullopt;
    return amount_from(static_cast<double>(money) / divisor);
}

std::optional<double> number_from_percent(std::int64_t percent) {
    return number_times_percent(1.0, percent);
}

std::optional<double> number_times_percent(double factor, std::int64_t percent) {
    const auto millionths = number_from_int(percent);
    if (!millionths)
        return std::nullopt;
    const double product = factor * *millionths;
    return finite(product / static_cast<double>(kMillionthsPerOne));
}

std::optional<std::int64_t> share(std::int64_t a, std::int64_t b) {
    return multiply_divide_half_even(a, kMillionthsPerOne, b);
}

std::optional<std::int64_t> share(double a, double b) {
    if (b == 0.0)
        return std::nullopt;
    return percent_from_number(a / b);
}

std::optional<std::int64_t> relative_change(std::int64_t now, std::int64_t then) {
    if (then == 0)
        return std::nullopt;
    const Int128 difference = static_cast<Int128>(now) - then;
    return narrow(divide_half_even(difference * kMillionthsPerOne, then));
}

std::optional<std::int64_t> relative_change(double now, double then) {
    return share(now - then, then);
}

std::optional<std::int64_t> percent_from_number(double value) {
    if (!std::isfinite(value))
        return std::nullopt;
    int exponent = 0;
    const double fraction = std::frexp(value, &exponent); // value = fraction × 2^exponent
    constexpr int kMantissaBits = 53;
    const auto mantissa = static_cast<std::int64_t>(std::ldexp(fraction, kMantissaBits));
    exponent -= kMantissaBits;
    const Int128 scaled = static_cast<Int128>(mantissa) * kMillionthsPerOne; // below 2^73
    constexpr int kRoomInBits = 126 - 73;
    if (exponent > kRoomInBits)
        return std::nullopt;
    if (exponent >= 0)
        return narrow(scaled * (Int128{1} << exponent));
    if (exponent < -126) // less than half a millionth
        return 0;
    return narrow(divide_half_even(scaled, Int128{1} << -exponent));
}

} // namespace rulebook
