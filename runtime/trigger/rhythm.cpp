#include "runtime/trigger/rhythm.hpp"

#include "runtime/value/integer.hpp"

namespace rulebook::trigger {

namespace {

// Whether `count` of the ascending instants lie in (instant - per, instant].
bool reached(const std::deque<std::int64_t>& counted, const plan::AtMost& limit,
             std::int64_t instant) {
    if (limit.count <= 0)
        return true;
    const auto count = static_cast<std::uint64_t>(limit.count);
    if (counted.size() < count)
        return false;
    return static_cast<Int128>(instant) - counted[counted.size() - count] < limit.per;
}

} // namespace

Verdict Rhythm::judge(const plan::Trigger& version, std::int64_t instant) const {
    if (version.once && !counted_.empty())
        return Verdict::Once;
    for (const plan::AtMost& limit : version.at_most)
        if (reached(counted_, limit, instant))
            return Verdict::AtMost;
    if (version.cooldown && !counted_.empty() && instant - counted_.back() < *version.cooldown)
        return Verdict::Cooldown;
    return Verdict::Fired;
}

void Rhythm::count(std::int64_t instant) {
    counted_.push_back(instant);
    if (counted_.size() > 1 && static_cast<std::int64_t>(counted_.size()) > greatest_count_)
        counted_.pop_front();
}

std::optional<std::int64_t> Rhythm::last() const {
    return counted_.empty() ? std::nullopt : std::optional(counted_.back());
}

} // namespace rulebook::trigger
