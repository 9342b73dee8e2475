// The sum of 2^(-age/half-life) over elements that come and go, near enough to round the points
// that are made of it; internal to this folder.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/interpret/part.hpp"

namespace rulebook::interpret {

// The weights of the language are whole multiples of 2^-62, rounded each by itself, so their sum
// cannot be carried on from instant to instant. It lies next to the sum of what was rounded, which
// can: in binary64, with a bound for the error. Where the bound does not decide how the points are
// rounded, and only there, the elements must be asked one by one.
class HalvingSum {
public:
    explicit HalvingSum(std::int64_t half_life) : half_life_(half_life) {}

    // The part's value is the element's time.
    void add(const Part& part, bool for_good);
    void remove(const Part& part);
    void clear() { *this = HalvingSum(half_life_); }
    std::int64_t elements() const { return elements_; }

    // `points` × sum, rounded half to even to a whole number; nothing where that is not certain.
    std::optional<std::int64_t> points(std::int64_t points, std::int64_t instant) const;

private:
    void change(const Part& part, double sign);

    std::int64_t half_life_;
    std::int64_t elements_ = 0;
    std::int64_t since_ = 0; // the instant that the sum is of
    double sum_ = 0.0;
    double error_ = 0.0; // at most
};

} // namespace rulebook::interpret
