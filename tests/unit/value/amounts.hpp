// Generators of integers that are interesting for arithmetic: small, around powers, at the limits.
#pragma once

#include <cstdint>
#include <limits>

#include <rapidcheck.h>

namespace rulebook::generate {

inline rc::Gen<std::int64_t> integer() {
    using Limits = std::numeric_limits<std::int64_t>;
    return rc::gen::oneOf(
        rc::gen::inRange<std::int64_t>(-1000, 1001), rc::gen::arbitrary<std::int64_t>(),
        rc::gen::map(rc::gen::pair(rc::gen::inRange(0, 63), rc::gen::inRange(-2, 3)),
                     [](std::pair<int, int> power) {
                         return static_cast<std::int64_t>((std::uint64_t{1} << power.first) +
                                                          static_cast<std::uint64_t>(power.second));
                     }),
        rc::gen::inRange<std::int64_t>(Limits::min(), Limits::max()),
        rc::gen::element<std::int64_t>(Limits::min(), Limits::min() + 1, Limits::max(),
                                       Limits::max() - 1, 500'000, 1'500'000, -500'000));
}

} // namespace rulebook::generate
