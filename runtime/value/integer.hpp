// Integers that tell when they do not fit, and exact division with rounding half to even.
//
// Every function is pure, never wraps, never throws, and returns nothing where the result does not
// fit into 64 bits: the language makes an unknown of it.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>

namespace rulebook {

__extension__ using Int128 = __int128;

constexpr std::optional<std::int64_t> narrow(Int128 value) {
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max())
        return std::nullopt;
    return static_cast<std::int64_t>(value);
}

constexpr std::optional<std::int64_t> checked_add(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_add_overflow(a, b, &result))
        return std::nullopt;
    return result;
}

constexpr std::optional<std::int64_t> checked_subtract(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_sub_overflow(a, b, &result))
        return std::nullopt;
    return result;
}

constexpr std::optional<std::int64_t> checked_multiply(std::int64_t a, std::int64_t b) {
    std::int64_t result = 0;
    if (__builtin_mul_overflow(a, b, &result))
        return std::nullopt;
    return result;
}

constexpr std::optional<std::int64_t> checked_negate(std::int64_t a) {
    return checked_subtract(0, a);
}

constexpr std::optional<std::int64_t> checked_absolute(std::int64_t a) {
    return a < 0 ? checked_negate(a) : a;
}

// The integer nearest to numerator/denominator; of two equally near, the even one.
// Requires denominator != 0, and not (numerator = -2^127 and denominator = -1).
constexpr Int128 divide_half_even(Int128 numerator, Int128 denominator) {
    const Int128 quotient = numerator / denominator;
    const Int128 remainder = numerator % denominator; // has the sign of the numerator
    const Int128 size = remainder < 0 ? -remainder : remainder;
    const Int128 rest = (denominator < 0 ? -denominator : denominator) - size;
    if (size < rest || (size == rest && quotient % 2 == 0))
        return quotient;
    return (numerator < 0) == (denominator < 0) ? quotient + 1 : quotient - 1;
}

// a × b ÷ divisor: the exact product, rounded once half to even. Nothing for divisor 0.
constexpr std::optional<std::int64_t> multiply_divide_half_even(std::int64_t a, std::int64_t b,
                                                                std::int64_t divisor) {
    if (divisor == 0)
        return std::nullopt;
    return narrow(divide_half_even(static_cast<Int128>(a) * b, divisor));
}

// The multiple of `step` nearest to `value`, half to the even multiple. Nothing unless step > 0.
constexpr std::optional<std::int64_t> round_to_step(std::int64_t value, std::int64_t step) {
    if (step <= 0)
        return std::nullopt;
    return narrow(divide_half_even(value, step) * step);
}

// A sum that is exact whatever the order and the size on the way; checked once, at the end.
class ExactSum {
public:
    constexpr void add(std::int64_t value) {
        total_ += value;
        ++count_;
    }
    constexpr std::int64_t count() const { return count_; }

    // 0 of no element.
    constexpr std::optional<std::int64_t> sum() const { return narrow(total_); }

    // Rounded half to even (the `avg` of money and percent). Nothing of no element.
    constexpr std::optional<std::int64_t> mean() const {
        if (count_ == 0)
            return std::nullopt;
        return narrow(divide_half_even(total_, count_));
    }

private:
    Int128 total_ = 0;
    std::int64_t count_ = 0;
};

} // namespace rulebook
