#include "runtime/interpret/halving_sum.hpp"

#include <cmath>

#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

namespace {

// Of a power of two whose exponent is below kFarthest in size: much more than exp2 and the division
// before it can err by.
constexpr double kRelativeError = 0x1p-42;
constexpr double kAdditionError = 0x1p-52; // relative to the sum
constexpr double kFarthest = 256.0;        // half-lives

} // namespace

void HalvingSum::add(const Part& part, bool) {
    change(part, 1.0);
    ++elements_;
}

void HalvingSum::remove(const Part& part) {
    change(part, -1.0);
    --elements_;
}

void HalvingSum::change(const Part& part, double sign) {
    const std::int64_t time = part.value.integer();
    const auto half_life = static_cast<double>(half_life_);
    if (elements_ == 0)
        since_ = time;
    double later = static_cast<double>(Int128{time} - since_) / half_life;
    if (later > kFarthest) { // go on from there
        const double factor = later > 2 * kFarthest ? 0.0 : std::exp2(-later);
        error_ = error_ * factor + sum_ * factor * kRelativeError + 0x1p-200;
        sum_ *= factor;
        since_ = time;
        later = 0.0;
    }
    if (later < -kFarthest) { // less than any bound
        error_ += 0x1p-200;
        return;
    }
    const double weight = std::exp2(later);
    sum_ += sign * weight;
    error_ += weight * kRelativeError + std::abs(sum_) * kAdditionError;
}

std::optional<std::int64_t> HalvingSum::points(std::int64_t points, std::int64_t instant) const {
    constexpr double kGreatest = 0x1p50; // beyond, whole numbers are too far apart
    const double halvings =
        static_cast<double>(Int128{instant} - since_) / static_cast<double>(half_life_);
    const double factor = halvings > 2 * kFarthest ? 0.0 : std::exp2(-halvings);
    const auto size = static_cast<double>(points);
    const double product = size * sum_ * factor;
    // The last but one term: each weight was rounded to a multiple of 2^-62.
    const double error =
        std::abs(size) * (error_ * factor + std::abs(sum_) * factor * kRelativeError +
                          static_cast<double>(elements_) * 0x1p-62 + 0x1p-180);
    if (!(std::abs(product) + error < kGreatest))
        return std::nullopt;
    const double least = std::nearbyint(product - error);
    if (std::nearbyint(product + error) != least)
        return std::nullopt;
    return static_cast<std::int64_t>(least);
}

} // namespace rulebook::interpret
