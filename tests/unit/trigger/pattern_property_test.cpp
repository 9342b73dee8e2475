// The machine against the definition of matches, by brute force: every set of events that is a
// match, for small inputs.
#include <algorithm>
#include <functional>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/trigger/patterns.hpp"

namespace rulebook::trigger {
namespace {

using Kind = plan::Pattern::Kind;
using Set = std::uint32_t; // a bit per event

struct Definition {
    const Patterns& patterns;
    const std::vector<TimedEvent>& events;

    bool later(std::size_t late, std::size_t early) const {
        const TimedEvent& a = events[late];
        const TimedEvent& b = events[early];
        if (a.time != b.time)
            return a.time > b.time;
        return a.collection == b.collection && a.sequence && b.sequence &&
               *a.sequence > *b.sequence;
    }

    template <class Test>
    bool all_of(Set set, Test test) const {
        for (std::size_t i = 0; i < events.size(); ++i)
            if ((set >> i & 1U) != 0 && !test(i))
                return false;
        return true;
    }

    std::int64_t start(Set set) const { return events[std::size_t(std::countr_zero(set))].time; }
    std::size_t last(Set set) const { return std::size_t(31 - std::countl_zero(set)); }

    std::vector<Set> matches(std::size_t at, Set unconsumed) const {
        const plan::Pattern& pattern = patterns[at];
        std::vector<Set> found;
        if (pattern.kind == Kind::Signal) {
            for (std::size_t i = 0; i < events.size(); ++i)
                if ((unconsumed >> i & 1U) != 0 &&
                    std::ranges::count(events[i].signals, pattern.signal) > 0)
                    found.push_back(Set{1} << i);
        } else {
            found = matches(pattern.operands[0], unconsumed);
            for (std::size_t part = 1; part < pattern.operands.size(); ++part)
                found = joined(pattern.kind, found, matches(pattern.operands[part], unconsumed));
        }
        std::erase_if(found, [&](Set set) {
            return !pattern.within.empty() &&
                   events[last(set)].time - start(set) > pattern.within.front().microseconds;
        });
        return found;
    }

    std::vector<Set> joined(Kind kind, const std::vector<Set>& left,
                            const std::vector<Set>& right) const {
        std::vector<Set> found;
        if (kind == Kind::Or) {
            found = left;
            found.insert(found.end(), right.begin(), right.end());
        }
        for (const Set p : left)
            for (const Set q : kind == Kind::Or ? std::vector<Set>{} : right)
                if (kind == Kind::And || all_of(q, [&](std::size_t after) {
                        return all_of(p, [&](std::size_t before) { return later(after, before); });
                    }))
                    found.push_back(p | q);
        std::ranges::sort(found);
        const auto repeated = std::ranges::unique(found);
        found.erase(repeated.begin(), repeated.end());
        return found;
    }

    std::vector<Found> candidates(bool consuming) const {
        std::vector<Found> all;
        Set unconsumed = 0;
        for (std::size_t i = 0; i < events.size();) {
            const std::int64_t time = events[i].time;
            for (; i < events.size() && events[i].time == time; ++i)
                unconsumed |= Set{1} << i;
            std::optional<Found> best;
            for (const Set set : matches(patterns.size() - 1, unconsumed)) {
                if (events[last(set)].time != time)
                    continue;
                if (!best)
                    best = Found{time, start(set), static_cast<std::uint32_t>(last(set))};
                best->start = std::max(best->start, start(set));
                best->completing =
                    std::max(best->completing, static_cast<std::uint32_t>(last(set)));
            }
            if (!best)
                continue;
            all.push_back(*best);
            if (consuming)
                unconsumed = 0;
        }
        return all;
    }
};

Patterns some_pattern(int depth) {
    Patterns made;
    const int kind = depth == 0 ? 0 : *rc::gen::inRange(0, 5);
    if (kind == 0) {
        made = signal(*rc::gen::inRange<std::uint32_t>(0, 3));
    } else {
        const auto joins = std::vector{Kind::Then, Kind::Then, Kind::And, Kind::Or};
        std::vector<Patterns> parts;
        const int count = *rc::gen::element(2, 2, 2, 3);
        for (int i = 0; i < count; ++i)
            parts.push_back(some_pattern(depth - 1));
        made = join(joins[static_cast<std::size_t>(kind - 1)], parts);
    }
    if (*rc::gen::inRange(0, 3) == 0)
        made = within(made, *rc::gen::inRange<std::int64_t>(0, 6));
    return made;
}

std::vector<TimedEvent> some_events(int collections, bool sequences) {
    std::vector<TimedEvent> events;
    const int count = *rc::gen::inRange(0, 10);
    for (int i = 0; i < count; ++i) {
        TimedEvent made = at(*rc::gen::inRange<std::int64_t>(0, 8), 0);
        made.collection = *rc::gen::inRange<std::uint32_t>(0, 1 + std::uint32_t(collections));
        made.signals = *rc::gen::unique<std::vector<std::uint32_t>>(
            *rc::gen::inRange<std::size_t>(1, 3), rc::gen::inRange<std::uint32_t>(0, 3));
        std::ranges::sort(made.signals);
        if (sequences && *rc::gen::inRange(0, 4) > 0)
            made.sequence = *rc::gen::inRange<std::int64_t>(0, 3);
        events.push_back(made);
    }
    std::ranges::sort(events, {}, [](const TimedEvent& each) {
        return std::tuple(each.time, each.collection, each.sequence);
    });
    return events;
}

void compare(int collections, bool sequences) {
    const Patterns patterns = some_pattern(3);
    const auto events = some_events(collections, sequences);
    const bool consuming = *rc::gen::arbitrary<bool>();
    const auto expected = Definition{patterns, events}.candidates(consuming);
    RC_CLASSIFY(expected.empty(), "no candidate");
    RC_ASSERT(candidates(patterns, events, consuming) == expected);
}

RC_GTEST_PROP(PatternMachine, AgreesWithTheDefinitionWithoutSequence, ()) {
    compare(1, false);
}
RC_GTEST_PROP(PatternMachine, AgreesWithTheDefinitionWithSequence, ()) {
    compare(0, true);
}
RC_GTEST_PROP(PatternMachine, AgreesWithTheDefinitionOverTwoCollections, ()) {
    compare(1, true);
}

} // namespace
} // namespace rulebook::trigger
