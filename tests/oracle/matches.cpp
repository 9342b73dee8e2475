#include "tests/oracle/matches.hpp"

#include <algorithm>
#include <bit>
#include <set>
#include <stdexcept>

namespace rulebook::oracle {

using Kind = plan::Pattern::Kind;

namespace {

constexpr std::size_t kMostEvents = 20; // more would take too long

bool in_set(EventSet set, std::size_t event) {
    return (set >> event & 1U) != 0;
}

std::vector<EventSet> once_each(std::vector<EventSet> sets) {
    std::ranges::sort(sets);
    const auto repeated = std::ranges::unique(sets);
    sets.erase(repeated.begin(), repeated.end());
    return sets;
}

} // namespace

Matches::Matches(const Lengths& lengths, std::span<const plan::Pattern> patterns)
    : lengths_(lengths), events_(lengths.history.events()) {
    if (events_.size() > kMostEvents)
        throw std::logic_error("too many events for brute force");
    for (const plan::Pattern& pattern : patterns)
        sets_.push_back(of(pattern));
    if (!sets_.empty())
        whole_ = sets_.back();
}

std::vector<EventSet> Matches::of(const plan::Pattern& pattern) const {
    std::vector<EventSet> found;
    if (pattern.kind == Kind::Signal) {
        for (std::size_t i = 0; i < events_.size(); ++i)
            if (events_[i].is(pattern.signal))
                found.push_back(EventSet{1} << i);
    } else {
        found = sets_[pattern.operands.front()];
        if (pattern.operands.size() == 1)
            found = counted(pattern, found);
    }
    for (std::size_t part = 1; part < pattern.operands.size(); ++part) {
        const auto& right = sets_[pattern.operands[part]];
        std::vector<EventSet> joined;
        if (pattern.kind == Kind::Or) {
            joined = found;
            joined.insert(joined.end(), right.begin(), right.end());
        } else {
            for (const EventSet p : found)
                for (const EventSet q : right)
                    if (pattern.kind == Kind::And || follows(q, p))
                        joined.push_back(p | q);
        }
        found = once_each(joined);
    }
    std::erase_if(found, [&](EventSet set) {
        return std::ranges::any_of(pattern.within, [&](const plan::Extent& extent) {
            return !lengths_.is_within(extent, start(set), events_[last(set)].time);
        });
    });
    return found;
}

// `count` different events of those that match alone, different in what the pattern says.
std::vector<EventSet> Matches::counted(const plan::Pattern& pattern,
                                       const std::vector<EventSet>& single) const {
    EventSet candidates = 0;
    for (const EventSet one : single)
        candidates |= one;
    std::vector<EventSet> found;
    for (EventSet set = candidates; set != 0; set = (set - 1) & candidates) // all subsets
        if (std::popcount(set) == pattern.count && are_different(pattern, set))
            found.push_back(set);
    return found;
}

bool Matches::are_different(const plan::Pattern& pattern, EventSet set) const {
    if (pattern.kind == Kind::Times)
        return true;
    if (pattern.kind == Kind::DifferentBuckets) {
        std::set<std::int32_t> buckets;
        for (const std::size_t event : members(set))
            buckets.insert(lengths_.bucket(pattern.unit, events_[event].time));
        return std::ssize(buckets) == pattern.count;
    }
    std::vector<plan::Value> values;
    for (const std::size_t event : members(set)) {
        const plan::Value value = lengths_.history.field(events_[event], pattern.field);
        if (!value.known() || std::ranges::count(values, value) > 0)
            return false;
        values.push_back(value);
    }
    return true;
}

bool Matches::follows(EventSet late, EventSet early) const {
    for (const std::size_t after : members(late))
        for (const std::size_t before : members(early))
            if (!is_later(events_[after], events_[before]))
                return false;
    return true;
}

std::vector<std::size_t> Matches::members(EventSet set) const {
    std::vector<std::size_t> all;
    for (std::size_t i = 0; i < events_.size(); ++i)
        if (in_set(set, i))
            all.push_back(i);
    return all;
}

// Events are in order: the first of a set is its earliest.
std::int64_t Matches::start(EventSet set) const {
    return events_[members(set).front()].time;
}

std::size_t Matches::last(EventSet set) const {
    return members(set).back();
}

std::optional<Completion> Matches::completion(std::int64_t instant,
                                              std::optional<std::int64_t> consumed) const {
    std::optional<Completion> best;
    for (const EventSet set : whole_) {
        if (events_[last(set)].time != instant || (consumed && start(set) <= *consumed))
            continue;
        if (!best)
            best = Completion{start(set), last(set)};
        best->start = std::max(best->start, start(set));
        best->completing = std::max(best->completing, last(set));
    }
    return best;
}

} // namespace rulebook::oracle
