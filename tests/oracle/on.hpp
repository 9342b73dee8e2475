// Short ways to write what triggers wait for, in tests: patterns are made from their parts.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <utility>
#include <vector>

#include "runtime/plan/triggers.hpp"

namespace rulebook::oracle {

using Patterns = std::vector<plan::Pattern>; // the last one is the whole

inline Patterns signal(std::uint32_t number) {
    plan::Pattern pattern;
    pattern.signal = number;
    return {pattern};
}

inline Patterns joined(plan::Pattern::Kind kind, const std::vector<Patterns>& parts) {
    Patterns all;
    plan::Pattern whole;
    whole.kind = kind;
    for (const Patterns& part : parts) {
        const auto offset = static_cast<std::uint32_t>(all.size());
        for (plan::Pattern pattern : part) {
            for (std::uint32_t& operand : pattern.operands)
                operand += offset;
            all.push_back(pattern);
        }
        whole.operands.push_back(static_cast<std::uint32_t>(all.size() - 1));
    }
    all.push_back(whole);
    return all;
}

inline Patterns then(const Patterns& left, const Patterns& right) {
    return joined(plan::Pattern::Kind::Then, {left, right});
}
inline Patterns both(const Patterns& left, const Patterns& right) {
    return joined(plan::Pattern::Kind::And, {left, right});
}
inline Patterns either(const Patterns& left, const Patterns& right) {
    return joined(plan::Pattern::Kind::Or, {left, right});
}
inline Patterns times(std::int64_t count, const Patterns& of) {
    Patterns made = joined(plan::Pattern::Kind::Times, {of});
    made.back().count = count;
    return made;
}
inline Patterns with_different(std::int64_t count, plan::FieldIndex field, const Patterns& of) {
    Patterns made = joined(plan::Pattern::Kind::DifferentValues, {of});
    made.back().count = count;
    made.back().field = field;
    return made;
}
inline Patterns on_different(std::int64_t count, plan::CalendarUnit unit, const Patterns& of) {
    Patterns made = joined(plan::Pattern::Kind::DifferentBuckets, {of});
    made.back().count = count;
    made.back().unit = unit;
    return made;
}

inline plan::Extent elapsed(std::int64_t microseconds) {
    return {.microseconds = microseconds};
}
inline plan::Extent calendar(std::int64_t count, plan::CalendarUnit unit) {
    return {.kind = plan::Extent::Kind::Calendar, .unit = unit, .count = count};
}
inline plan::Extent same(plan::CalendarUnit unit) {
    return {.kind = plan::Extent::Kind::SameBucket, .unit = unit};
}
inline plan::Extent working(std::int64_t microseconds, std::uint32_t calendar) {
    return {
        .kind = plan::Extent::Kind::Working, .microseconds = microseconds, .calendar = calendar};
}

inline Patterns within(Patterns patterns, const plan::Extent& extent) {
    patterns.back().within.push_back(extent);
    return patterns;
}

inline plan::On on(Patterns patterns) {
    plan::On made;
    made.patterns = std::move(patterns);
    return made;
}
inline plan::On without(Patterns patterns, std::vector<std::uint32_t> absent,
                        const plan::Extent& wait) {
    plan::On made = on(std::move(patterns));
    made.kind = plan::On::Kind::Without;
    made.absent = std::move(absent);
    made.wait = wait;
    return made;
}
inline plan::On silence(std::vector<std::uint32_t> absent, const plan::Extent& wait) {
    plan::On made;
    made.kind = plan::On::Kind::Silence;
    made.absent = std::move(absent);
    made.wait = wait;
    return made;
}
inline plan::On clock(plan::NodeId time, std::int64_t offset) {
    plan::On made;
    made.kind = plan::On::Kind::Clock;
    made.clock = time;
    made.offset = offset;
    return made;
}
inline plan::On becomes(plan::NodeId condition, std::optional<std::int64_t> lasting = {}) {
    plan::On made;
    made.kind = plan::On::Kind::Becomes;
    made.condition = condition;
    made.lasting = lasting;
    return made;
}

} // namespace rulebook::oracle
