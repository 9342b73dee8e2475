// The sum of binary64 numbers in the order of their places, while numbers come and go; internal to
// this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>

#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

// Rounding depends on the order, so where additions round they are all done again: a number that
// leaves at the front changes every one of them. Where none can round (whole numbers, halves,
// quarters, … that are not too large) the sum is known without.
class NumberSum {
public:
    using Place = std::uint64_t; // in collection order, each once

    // `for_good`: it will not be removed. Numbers that come for good in the order of their places,
    // with no other before or between, are not kept.
    void add(Place place, double number, bool for_good);
    void remove(Place place);
    void clear() { *this = {}; }

    // 0 of none.
    double sum() const;
    std::int64_t count() const { return count_; }
    std::size_t kept() const { return numbers_.size(); }

private:
    void note(double number, int sign);

    double settled_ = 0.0; // of the first places, for good
    std::map<Place, double> numbers_;
    std::int64_t count_ = 0;
    std::int64_t rounding_ = 0; // how many of the numbers are no small multiples of a step
    Int128 steps_ = 0;          // of the others, in steps
    Int128 magnitude_ = 0;
};

} // namespace rulebook::interpret
