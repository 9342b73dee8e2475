#include "runtime/trigger/trigger_shapes.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "runtime/plan/roots.hpp"

namespace rulebook::trigger {

namespace {

std::vector<std::uint32_t> sorted_and_distinct(std::vector<std::uint32_t> numbers) {
    std::ranges::sort(numbers);
    const auto repeated = std::ranges::unique(numbers);
    numbers.erase(repeated.begin(), repeated.end());
    return numbers;
}

// What a clock or `becomes` looks at.
plan::NodeId watched_node(const plan::On& on) {
    return on.kind == plan::On::Kind::Clock ? on.clock : on.condition;
}

} // namespace

TriggerShapes::Version TriggerShapes::version_of(std::uint32_t version) {
    const plan::Trigger& trigger = plan_->triggers[version];
    Version made{.index = version,
                 .on = OnShape(trigger.on, *extents_),
                 .signals = sorted_and_distinct(plan::signals_of(trigger))};
    made.asks_what_fired = plan::asks_what_fired(*plan_, watched_node(trigger.on));
    return made;
}

void TriggerShapes::add_rule(std::uint32_t index) {
    Rule rule{.index = index};
    for (const std::uint32_t version : plan_->rules[index].versions) {
        for (const plan::AtMost& limit : plan_->triggers[version].at_most)
            rule.greatest_count = std::max(rule.greatest_count, limit.count);
        rule.versions.push_back(version_of(version));
    }
    std::ranges::sort(rule.versions, {}, [&](const Version& version) {
        return plan_->triggers[version.index].effective.from.value_or(
            std::numeric_limits<std::int64_t>::min());
    });
    rules_.push_back(std::move(rule));
}

void TriggerShapes::gather_sources() {
    std::set<plan::ChangeSource> all;
    const auto of = [&](const Version& version) {
        return plan::sources_of_change(*plan_, watched_node(plan_->triggers[version.index].on));
    };
    for (const Rule& rule : rules_)
        for (const Version& version : rule.versions)
            for (const plan::ChangeSource& source : of(version))
                all.insert(source);
    sources_.assign(all.begin(), all.end());
    for (Rule& rule : rules_)
        for (Version& version : rule.versions)
            for (const plan::ChangeSource& source : of(version))
                version.sources.push_back(static_cast<std::uint32_t>(
                    std::ranges::lower_bound(sources_, source) - sources_.begin()));
}

const TriggerShapes::Rule* TriggerShapes::rule(std::uint32_t index) const {
    const auto found = std::ranges::find(rules_, index, &Rule::index);
    return found == rules_.end() ? nullptr : &*found;
}

Result<TriggerShapes> TriggerShapes::prepare(const plan::Plan& plan) {
    std::vector<std::uint32_t> all;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].kind == plan::RuleKind::Trigger)
            all.push_back(rule);
    return prepare(plan, all);
}

Result<TriggerShapes> TriggerShapes::prepare(const plan::Plan& plan,
                                             std::span<const std::uint32_t> triggers) {
    const time::Zone* zone = time::find_zone(plan.timezone);
    if (zone == nullptr)
        return make_error("plan.zone", "there is no time zone `" + plan.timezone + "`");
    TriggerShapes shapes(plan);
    shapes.extents_ = std::make_unique<Extents>(plan, *zone);
    std::set<std::uint32_t> signals;
    for (const std::uint32_t index : triggers) {
        shapes.add_rule(index);
        for (const Version& version : shapes.rules_.back().versions) {
            signals.insert(version.signals.begin(), version.signals.end());
            shapes.some_ask_what_fired_ = shapes.some_ask_what_fired_ || version.asks_what_fired;
        }
    }
    for (const std::uint32_t signal : signals)
        shapes.signals_[plan.signals[signal].collection].push_back(signal);
    shapes.gather_sources();
    return shapes;
}

} // namespace rulebook::trigger
