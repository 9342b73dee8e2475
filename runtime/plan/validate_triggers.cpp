#include <algorithm>

#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

namespace {

constexpr std::int64_t kMinutesOfDay = 1'440;
constexpr std::int64_t kAllDays = 0x7f;

bool is_single(const Pattern& pattern) {
    return pattern.kind == Pattern::Kind::Signal;
}

} // namespace

void Validator::check_calendar(const Calendar& calendar) {
    check_root(calendar.zone_field, std::array{plan_.schema.root}, 'T', calendar.zone.empty());
    require(calendar.days > 0 && calendar.days <= kAllDays, "a calendar without days");
    require(!calendar.hours.empty(), "a calendar without hours");
    std::int64_t last = 0;
    for (const OfficeHours& hours : calendar.hours) {
        require(hours.from >= last && hours.from < hours.to && hours.to <= kMinutesOfDay,
                "the hours of a calendar are out of order");
        last = hours.to;
    }
    require(std::ranges::is_sorted(calendar.holidays), "the holidays of a calendar are unordered");
}

void Validator::check_policy(const Policy& policy) {
    for (const Stopper& suppress : policy.suppress)
        check_stopper(suppress, std::array{plan_.schema.root});
    for (const AtMost& limit : policy.limits)
        require(limit.count > 0 && limit.per > 0, "a limit of nothing");
    for (const auto* triggers : {&policy.prefer, &policy.exempt})
        for (const std::uint32_t rule : *triggers)
            require(rule < plan_.rules.size() && plan_.rules[rule].kind == RuleKind::Trigger,
                    "a policy names something that is no trigger");
    require(std::ranges::is_sorted(policy.exempt), "the triggers of a policy are unordered");
}

void Validator::check_stopper(const Stopper& stopper, std::span<const EntityIndex> entities) {
    check_root(stopper.when, entities, 'B', true);
}

void Validator::check_extent(const Extent& extent, bool may_be_bucket) {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return require(extent.microseconds > 0, "a length of no time");
    case Extent::Kind::Calendar:
        return require(extent.count > 0, "a length of no days");
    case Extent::Kind::SameBucket:
        return require(may_be_bucket, "a wait that has no length");
    case Extent::Kind::Working:
        require(extent.microseconds > 0, "a length of no time");
        return require(extent.calendar < plan_.calendars.size(), "a calendar is out of range");
    }
}

void Validator::check_pattern(std::span<const Pattern> before, const Pattern& pattern) {
    for (const std::uint32_t operand : pattern.operands)
        require(operand < before.size(), "a pattern does not precede its user");
    for (const Extent& extent : pattern.within)
        check_extent(extent, true);
    switch (pattern.kind) {
    case Pattern::Kind::Signal:
        require(pattern.operands.empty(), "a signal with parts");
        return require(pattern.signal < plan_.signals.size(), "a signal index is out of range");
    case Pattern::Kind::Then:
    case Pattern::Kind::And:
    case Pattern::Kind::Or:
        return require(pattern.operands.size() >= 2, "a pattern of one part");
    case Pattern::Kind::Times:
    case Pattern::Kind::DifferentValues:
    case Pattern::Kind::DifferentBuckets:
        break;
    }
    require(pattern.operands.size() == 1 && pattern.count > 0, "a count of nothing");
    const Pattern& counted = before[pattern.operands.front()];
    require(counted.within.empty(), "a count over what is no event");
    std::vector<std::uint32_t> signals{counted.signal};
    if (!is_single(counted)) {
        require(counted.kind == Pattern::Kind::Or, "a count over what is no event");
        signals.clear();
        for (const std::uint32_t part : counted.operands) {
            require(is_single(before[part]) && before[part].within.empty(),
                    "a count over what is no event");
            signals.push_back(before[part].signal);
        }
    }
    const EntityIndex collection = plan_.signals[signals.front()].collection;
    for (const std::uint32_t signal : signals)
        require(plan_.signals[signal].collection == collection, "a count over two collections");
    if (pattern.kind == Pattern::Kind::DifferentValues)
        require(pattern.field < plan_.schema.entities[collection].fields.size(),
                "a field index is out of range");
}

void Validator::check_on(const On& on) {
    for (std::size_t i = 0; i < on.patterns.size(); ++i)
        check_pattern(std::span(on.patterns).first(i), on.patterns[i]);
    for (const std::uint32_t signal : on.absent)
        require(signal < plan_.signals.size(), "a signal index is out of range");
    const bool has_pattern = on.kind == On::Kind::Pattern || on.kind == On::Kind::Without;
    const bool waits = on.kind == On::Kind::Without || on.kind == On::Kind::Silence;
    require(has_pattern != on.patterns.empty(), "a trigger without `on`");
    require(waits != on.absent.empty(), "a wait for nothing");
    if (waits)
        check_extent(on.wait, false);
    const std::array root{plan_.schema.root};
    check_root(on.clock, root, 'I', on.kind == On::Kind::Clock);
    require(on.clock == kNoNode || plan_.nodes[on.clock].type.is(TypeKind::Time),
            "a clock that is no time");
    check_root(on.condition, root, 'B', on.kind == On::Kind::Becomes);
    require(!on.lasting || *on.lasting > 0, "a length of no time");
}

void Validator::check_trigger(const Trigger& trigger) {
    check_on(trigger.on);
    require(!trigger.policy || *trigger.policy < plan_.policies.size(), "a policy is out of range");
    std::vector<EntityIndex> entities{plan_.schema.root};
    for (const EntityIndex entity : trigger.completing) {
        check_entity(entity);
        require(entities.size() < kFrames, "more records than frames");
        entities.push_back(entity);
    }
    check_root(trigger.when, entities, 'B');
    for (const Stopper& unless : trigger.unless)
        check_stopper(unless, entities);
    check_root(trigger.say, entities, 'T');
    for (const AtMost& limit : trigger.at_most)
        require(limit.count > 0 && limit.per > 0, "a limit of nothing");
}

} // namespace rulebook::plan
