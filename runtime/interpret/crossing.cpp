#include "runtime/interpret/crossing.hpp"

#include "runtime/value/calendar.hpp"

namespace rulebook::interpret {

namespace {

using plan::Op;

bool holds(Op comparison, int sign) {
    switch (comparison) {
    case Op::Equal:
        return sign == 0;
    case Op::NotEqual:
        return sign != 0;
    case Op::Less:
        return sign < 0;
    case Op::LessEqual:
        return sign <= 0;
    case Op::Greater:
        return sign > 0;
    default: // GreaterEqual
        return sign >= 0;
    }
}

int sign_of(Int128 value) {
    return value < 0 ? -1 : value > 0 ? 1 : 0;
}

Int128 magnitude(Int128 value) {
    return value < 0 ? -value : value;
}

} // namespace

// On its way the difference has at most three signs: the one it has, perhaps 0, and the other.
std::optional<std::int64_t> next_crossing(Op comparison, Int128 difference, Int128 slope) {
    constexpr Int128 kLongest = Int128{kLastTime.microseconds} - kFirstTime.microseconds;
    if (slope == 0 || sign_of(difference) == sign_of(slope))
        return std::nullopt; // it stays on its side
    const bool now = holds(comparison, sign_of(difference));
    const Int128 steepness = magnitude(slope);
    const Int128 way = magnitude(difference);
    // The first whole microsecond at which it is 0 or has passed it.
    const Int128 reached = (way + steepness - 1) / steepness;
    for (Int128 after = reached < 1 ? 1 : reached; after <= reached + 1; ++after) {
        if (after > kLongest)
            return std::nullopt;
        if (holds(comparison, sign_of(difference + slope * after)) != now)
            return static_cast<std::int64_t>(after);
    }
    return std::nullopt;
}

} // namespace rulebook::interpret
