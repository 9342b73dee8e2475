#include "runtime/trigger/rhythm.hpp"

#include "runtime/interpret/span.hpp"

namespace rulebook::trigger {

namespace {

// Whether `count` of the ascending instants lie in (instant - per, instant].
bool reached(const std::deque<std::int64_t>& counted, const plan::AtMost& limit,
             std::int64_t instant, const time::Zone& zone) {
    if (limit.count <= 0)
        return true;
    const auto count = static_cast<std::uint64_t>(limit.count);
    if (counted.size() < count)
        return false;
    return interpret::in_window(zone, limit.per, counted[counted.size() - count], instant);
}

} // namespace

Verdict Rhythm::judge(const plan::Trigger& version, std::int64_t instant,
                      const time::Zone& zone) const {
    if (version.once && !counted_.empty())
        return Verdict::Once;
    if (version.at_most && reached(counted_, *version.at_most, instant, zone))
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
