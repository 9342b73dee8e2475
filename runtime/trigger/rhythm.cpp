#include "runtime/trigger/rhythm.hpp"

#include "runtime/value/integer.hpp"

namespace rulebook::trigger {

bool Rhythm::reached(const plan::AtMost& limit, std::int64_t instant) const {
    const auto count = static_cast<std::uint64_t>(limit.count);
    if (counted_.size() < count)
        return false;
    return static_cast<Int128>(instant) - counted_[counted_.size() - count] < limit.per;
}

bool Rhythm::cools_down(std::int64_t cooldown, std::int64_t instant) const {
    return !counted_.empty() && static_cast<Int128>(instant) - counted_.back() < cooldown;
}

std::optional<std::int64_t> Rhythm::last() const {
    return counted_.empty() ? std::nullopt : std::optional(counted_.back());
}

void Rhythm::count(std::int64_t instant) {
    counted_.push_back(instant);
    if (counted_.size() > 1 && static_cast<std::int64_t>(counted_.size()) > greatest_count_)
        counted_.pop_front();
}

} // namespace rulebook::trigger
