#include <algorithm>
#include <limits>
#include <set>

#include "runtime/trigger/account_machine.hpp"

namespace rulebook::trigger {

namespace {

TriggerShapes::Rule shape_of(const plan::Plan& plan, std::uint32_t index, const time::Zone& zone) {
    TriggerShapes::Rule shape{.index = index};
    for (const std::uint32_t version : plan.rules[index].versions) {
        const plan::Trigger& trigger = plan.triggers[version];
        for (const plan::AtMost& limit : trigger.at_most)
            shape.greatest_count = std::max(shape.greatest_count, limit.count);
        shape.versions.push_back({version, PatternShape(trigger.on.patterns, zone)});
    }
    std::ranges::sort(shape.versions, {}, [&](const TriggerShapes::Version& version) {
        return plan.triggers[version.index].effective.from.value_or(
            std::numeric_limits<std::int64_t>::min());
    });
    return shape;
}

} // namespace

Result<TriggerShapes> TriggerShapes::prepare(const plan::Plan& plan) {
    const time::Zone* zone = time::find_zone(plan.timezone);
    if (zone == nullptr)
        return make_error("plan.zone", "there is no time zone `" + plan.timezone + "`");
    TriggerShapes shapes(plan, *zone);
    std::set<std::uint32_t> signals;
    for (std::uint32_t index = 0; index < plan.rules.size(); ++index) {
        if (plan.rules[index].kind != plan::RuleKind::Trigger)
            continue;
        shapes.rules_.push_back(shape_of(plan, index, *zone));
        for (const Version& version : shapes.rules_.back().versions)
            for (const PatternShape::Node& node : version.pattern.nodes())
                if (node.kind == plan::Pattern::Kind::Signal)
                    signals.insert(node.signal);
    }
    for (const std::uint32_t signal : signals)
        shapes.signals_[plan.signals[signal].collection].push_back(signal);
    return shapes;
}

} // namespace rulebook::trigger
