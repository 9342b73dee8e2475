#include "tests/oracle/random_on.hpp"

#include <algorithm>

namespace rulebook::oracle {

using plan::CalendarUnit;
using plan::NodeId;
using plan::Op;
using testing::kHour;

namespace {

constexpr std::uint32_t kOfEvents = 4;
constexpr std::uint32_t kSignals = 6;

plan::Entity touch_entity() {
    plan::Entity touch;
    touch.name = "touch";
    touch.collection = "touches";
    touch.parent = 0;
    touch.parent_key_column = "account_id";
    const auto field = [&](const char* name, plan::Type type, bool optional) {
        plan::Field made;
        made.name = name;
        made.type = type;
        made.optional = optional;
        touch.fields.push_back(made);
    };
    field("at", testing::kTime, false);
    field("seq", testing::kInt, true);
    field("name", testing::kText, true);
    field("value", testing::kInt, true);
    touch.fields[1].sequence = true;
    touch.ordered_by = 0;
    touch.sequence = 1;
    return touch;
}
} // namespace

void add_signals(testing::SmallPlan& plan) {
    plan.plan.schema.entities.push_back(touch_entity());
    const auto add = [&](const char* name, const char* entity, NodeId where) {
        plan::Signal signal;
        signal.name = name;
        signal.collection = plan.entity(entity);
        signal.where = where;
        plan.plan.signals.push_back(signal);
    };
    const auto named = [&](const char* field, const char* name) {
        return plan.condition(Op::Equal, {plan.field(field), plan.words(name)});
    };
    add("A", "event", named("event.name", "A"));
    add("B", "event", named("event.name", "B"));
    add("C", "event", named("event.name", "C"));
    add("large", "event",
        plan.condition(Op::GreaterEqual, {plan.field("event.value"), plan.whole(2)}));
    add("touched", "touch", plan::kNoNode);
    add("called", "touch", named("touch.name", "B"));
}
plan::Extent RandomOn::extent(bool may_be_bucket) {
    switch (random_.below(may_be_bucket ? 8 : 7)) {
    case 0:
        return calendar(random_.between(1, 3), CalendarUnit::Day);
    case 1:
        return calendar(random_.between(1, 2),
                        random_.one_in(2) ? CalendarUnit::IsoWeek : CalendarUnit::Month);
    case 2:
        return working(random_.between(1, 24) * kHour, 0);
    case 7:
        return same(some_unit());
    default:
        return elapsed(conditions_.length());
    }
}

CalendarUnit RandomOn::some_unit() {
    return random_.pick(std::vector{CalendarUnit::Day, CalendarUnit::Day, CalendarUnit::IsoWeek,
                                    CalendarUnit::Month});
}

std::uint32_t RandomOn::some_signal() {
    // The first two are the most frequent.
    return random_.one_in(2) ? static_cast<std::uint32_t>(random_.below(2))
                             : static_cast<std::uint32_t>(random_.below(kSignals));
}

Patterns RandomOn::single() {
    const std::uint32_t first = some_signal();
    if (!random_.one_in(4))
        return signal(first);
    const auto second = static_cast<std::uint32_t>(
        first < kOfEvents ? random_.below(kOfEvents)
                          : kOfEvents + random_.below(kSignals - kOfEvents));
    return either(signal(first), signal(second));
}

Patterns RandomOn::count() {
    const std::int64_t most = random_.between(1, 3);
    const Patterns of = single();
    switch (random_.below(3)) {
    case 0:
        return times(most, of);
    case 1: // `value` is field 3 of both collections
        return with_different(most, 3, of);
    default:
        return on_different(most, some_unit(), of);
    }
}

Patterns RandomOn::pattern(int depth) {
    using Kind = plan::Pattern::Kind;
    Patterns made;
    if (depth == 0 || random_.one_in(4)) {
        made = random_.one_in(3) ? count() : signal(some_signal());
    } else {
        std::vector<Patterns> parts;
        for (std::size_t i = random_.one_in(4) ? 3 : 2; i > 0; --i)
            parts.push_back(pattern(depth - 1));
        made =
            joined(random_.pick(std::vector{Kind::Then, Kind::Then, Kind::And, Kind::Or}), parts);
    }
    for (int i = 0; i < 2 && random_.one_in(3); ++i)
        made = within(made, extent(true));
    return made;
}

std::vector<std::uint32_t> RandomOn::absent() {
    std::vector<std::uint32_t> signals{some_signal()};
    if (random_.one_in(4))
        signals.push_back(some_signal());
    std::ranges::sort(signals);
    const auto repeated = std::ranges::unique(signals);
    signals.erase(repeated.begin(), repeated.end());
    return signals;
}

std::vector<Patterns> RandomOn::two_of_a_collection() {
    const bool events = !random_.one_in(4);
    const auto one = [&] {
        const auto some = [&] {
            return signal(static_cast<std::uint32_t>(
                events ? random_.below(kOfEvents)
                       : kOfEvents + random_.below(kSignals - kOfEvents)));
        };
        return random_.one_in(4) ? either(some(), some()) : some();
    };
    return {one(), one()};
}

plan::On RandomOn::simple() {
    const auto parts = two_of_a_collection();
    const auto length = [&] { return elapsed(conditions_.length()); };
    const auto maybe_within = [&](const Patterns& made) {
        return random_.one_in(4) ? made : within(made, length());
    };
    std::vector<std::uint32_t> absent;
    for (const plan::Pattern& pattern : parts[1])
        if (pattern.kind == plan::Pattern::Kind::Signal)
            absent.push_back(pattern.signal);
    std::ranges::sort(absent);
    const auto repeated = std::ranges::unique(absent);
    absent.erase(repeated.begin(), repeated.end());
    switch (random_.below(6)) {
    case 0:
        return on(parts[0]);
    case 1:
        return on(maybe_within(then(parts[0], parts[1])));
    case 2:
        return on(maybe_within(both(parts[0], parts[1])));
    case 3:
        return on(maybe_within(times(random_.between(1, 3), parts[0])));
    case 4:
        return without(parts[0], absent, length());
    default:
        return silence(absent, length());
    }
}

plan::On RandomOn::some() {
    if (wanted_.simple && !random_.one_in(4))
        return simple();
    const std::size_t kind = wanted_.patterns_only ? random_.below(12) : random_.below(20);
    if (kind < 8)
        return on(pattern(random_.pick(std::vector{0, 0, 1, 1, 2, 3})));
    if (kind < 12)
        return without(pattern(random_.pick(std::vector{0, 0, 1, 2})), absent(), extent(false));
    if (kind < 14)
        return silence(absent(), extent(false));
    if (kind < 16)
        return clock(conditions_.time(), random_.between(-2, 2) * conditions_.length());
    const NodeId condition = random_.one_in(5) ? conditions_.in_the_past() : conditions_.moving(2);
    return random_.one_in(2) ? becomes(condition) : becomes(condition, conditions_.length());
}

} // namespace rulebook::oracle
