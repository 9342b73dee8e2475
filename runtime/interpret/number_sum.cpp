#include "runtime/interpret/number_sum.hpp"

#include <cmath>
#include <optional>

namespace rulebook::interpret {

namespace {

constexpr double kStep = 1.0 / 1024;                         // a power of two
constexpr std::int64_t kExactSteps = std::int64_t{1} << 53U; // all up to there are binary64 numbers

std::optional<std::int64_t> in_steps(double number) {
    const double steps = number / kStep; // exact, or infinite
    if (!(std::abs(steps) <= static_cast<double>(kExactSteps)) || std::trunc(steps) != steps)
        return std::nullopt;
    return static_cast<std::int64_t>(steps);
}

} // namespace

void NumberSum::note(double number, int sign) {
    count_ += sign;
    const auto steps = in_steps(number);
    if (!steps) {
        rounding_ += sign;
        return;
    }
    steps_ += Int128{*steps} * sign;
    magnitude_ += Int128{std::abs(*steps)} * sign;
}

void NumberSum::add(Place place, double number, bool for_good) {
    note(number, 1);
    if (for_good && numbers_.empty())
        settled_ += number;
    else
        numbers_.emplace(place, number);
}

void NumberSum::remove(Place place) {
    const auto found = numbers_.find(place);
    if (found == numbers_.end())
        return;
    note(found->second, -1);
    numbers_.erase(found);
}

double NumberSum::sum() const {
    if (rounding_ == 0 && magnitude_ <= kExactSteps)
        return static_cast<double>(static_cast<std::int64_t>(steps_)) * kStep;
    double sum = settled_;
    for (const auto& [place, number] : numbers_)
        sum += number;
    return sum;
}

} // namespace rulebook::interpret
