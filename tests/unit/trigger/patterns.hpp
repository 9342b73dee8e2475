// Short ways to write patterns and events in tests of the machines.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "runtime/trigger/pattern_machine.hpp"

namespace rulebook::trigger {

inline constexpr std::int64_t kDay = kMicrosecondsPerDay;

// Signals are numbers; a pattern is made from its parts and becomes the whole.
using Patterns = std::vector<plan::Pattern>;

inline Patterns signal(std::uint32_t number) {
    plan::Pattern pattern;
    pattern.kind = plan::Pattern::Kind::Signal;
    pattern.signal = number;
    return {pattern};
}

inline Patterns join(plan::Pattern::Kind kind, const std::vector<Patterns>& parts) {
    Patterns all;
    plan::Pattern joined;
    joined.kind = kind;
    for (const Patterns& part : parts) {
        const auto offset = static_cast<std::uint32_t>(all.size());
        for (plan::Pattern pattern : part) {
            for (std::uint32_t& operand : pattern.operands)
                operand += offset;
            all.push_back(pattern);
        }
        joined.operands.push_back(static_cast<std::uint32_t>(all.size() - 1));
    }
    all.push_back(joined);
    return all;
}

inline Patterns then(const Patterns& left, const Patterns& right) {
    return join(plan::Pattern::Kind::Then, {left, right});
}
inline Patterns both(const Patterns& left, const Patterns& right) {
    return join(plan::Pattern::Kind::And, {left, right});
}
inline Patterns either(const Patterns& left, const Patterns& right) {
    return join(plan::Pattern::Kind::Or, {left, right});
}

inline Patterns within(Patterns pattern, std::int64_t microseconds) {
    pattern.back().within.push_back({.microseconds = microseconds});
    return pattern;
}
inline Patterns within_calendar(Patterns pattern, plan::CalendarUnit unit, std::int64_t count) {
    pattern.back().within.push_back(
        {.kind = plan::Extent::Kind::Calendar, .unit = unit, .count = count});
    return pattern;
}

struct TimedEvent {
    std::int64_t time = 0;
    Event event;
};

// An event of collection 1 for one signal.
inline TimedEvent at(std::int64_t time, std::uint32_t number,
                     std::optional<std::int64_t> sequence = {}) {
    return {time, {.collection = 1, .sequence = sequence, .signals = {number}}};
}

struct Found {
    std::int64_t instant = 0;
    std::int64_t start = 0;
    std::uint32_t completing = 0; // row

    friend bool operator==(const Found&, const Found&) = default;
};

// Drives one machine; `events` ascend by time and are in order within an instant. Rows become their
// indexes. Each candidate consumes if `consuming`.
inline std::vector<Found> candidates(const Patterns& patterns, std::vector<TimedEvent> events,
                                     bool consuming = true, const time::Zone& zone = time::utc()) {
    const PatternShape shape(patterns, zone);
    PatternMachine machine(shape);
    std::vector<Found> found;
    for (std::size_t i = 0; i < events.size();) {
        std::vector<Event> instant;
        const std::int64_t time = events[i].time;
        for (; i < events.size() && events[i].time == time; ++i) {
            instant.push_back(events[i].event);
            instant.back().row = static_cast<std::uint32_t>(i);
        }
        if (const auto completion = machine.handle(time, instant)) {
            found.push_back({time, completion->start, instant[completion->completing].row});
            if (consuming)
                machine.consume();
        }
    }
    return found;
}

} // namespace rulebook::trigger
