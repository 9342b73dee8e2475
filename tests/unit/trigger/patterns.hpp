// Short ways to write patterns and events in tests of the machines.
#pragma once

#include <functional>
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
    plan::EntityIndex collection = 1;
    std::optional<std::int64_t> sequence{};
    std::vector<std::uint32_t> signals{}; // ascending

    // Valid as long as this.
    Event event(std::uint32_t row = 0) const { return {collection, row, sequence, signals}; }
};

// An event of collection 1 for one signal.
inline TimedEvent at(std::int64_t time, std::uint32_t number,
                     std::optional<std::int64_t> sequence = {}) {
    return {.time = time, .sequence = sequence, .signals = {number}};
}

// Nodes stand for their own numbers; a test says what each gives. Nobody is control, and calendars
// have no zone.
struct Scripted : Surroundings {
    std::map<plan::NodeId, std::function<plan::Value(const Candidate&)>> answers;

    plan::Value value(plan::NodeId node, const Candidate& candidate) override {
        const auto found = answers.find(node);
        return found == answers.end() ? plan::Value() : found->second(candidate);
    }
    interpret::HeldValue held(plan::NodeId, std::int64_t) override { return {{}, INT64_MAX}; }
    plan::Value field(const Event& event, plan::FieldIndex, std::int64_t) override {
        return plan::Value::of(std::int64_t{event.row});
    }
    bool is_control(const plan::ControlGroup&, std::uint32_t) override { return false; }
    const time::Zone* zone_of(std::uint32_t, std::int64_t) override { return nullptr; }
};

struct Found {
    std::int64_t instant = 0;
    std::int64_t start = 0;
    std::uint32_t completing = 0; // row

    friend bool operator==(const Found&, const Found&) = default;
};

// Drives one machine; `events` ascend by time and are in order within an instant. Rows become their
// indexes. Each candidate consumes if `consuming`.
inline std::vector<Found> candidates(const Patterns& patterns,
                                     const std::vector<TimedEvent>& events, bool consuming = true,
                                     const time::Zone& zone = time::utc()) {
    const plan::Plan plan;
    const Extents extents(plan, zone);
    const PatternShape shape(patterns, extents);
    PatternMachine machine(shape);
    Scripted surroundings;
    std::vector<Found> found;
    for (std::size_t i = 0; i < events.size();) {
        std::vector<Event> instant;
        const std::int64_t time = events[i].time;
        for (; i < events.size() && events[i].time == time; ++i)
            instant.push_back(events[i].event(static_cast<std::uint32_t>(i)));
        if (const auto completion = machine.handle(time, instant, surroundings)) {
            found.push_back({time, completion->start, instant[completion->completing].row});
            if (consuming)
                machine.consume();
        }
    }
    return found;
}

} // namespace rulebook::trigger
