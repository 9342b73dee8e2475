#include "runtime/trigger/needed_triggers.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/fingerprint.hpp"

namespace rulebook::trigger {

namespace {

using plan::NodeId;
using plan::RuleKind;

class Needed {
public:
    explicit Needed(const plan::Plan& plan) : plan_(plan) {}

    void add(std::uint32_t rule) {
        if (!rules_.insert(rule).second)
            return;
        for (const NodeId behind : plan::nodes_behind(plan_, plan::nodes_of_rule(plan_, rule)))
            if (plan_.node(behind).op == plan::Op::TriggerFired)
                add(plan_.node(behind).index);
        if (plan_.rules[rule].kind == RuleKind::Trigger)
            for (const std::uint32_t version : plan_.rules[rule].versions)
                if (const auto policy = plan_.triggers[version].policy;
                    policy && policies_.insert(*policy).second)
                    add_members(*policy);
    }

    std::vector<std::uint32_t> triggers() const {
        std::vector<std::uint32_t> triggers;
        for (const std::uint32_t rule : rules_)
            if (plan_.rules[rule].kind == RuleKind::Trigger)
                triggers.push_back(rule);
        return triggers;
    }

private:
    void add_members(std::uint32_t policy) {
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) {
            if (plan_.rules[rule].kind != RuleKind::Trigger)
                continue;
            for (const std::uint32_t version : plan_.rules[rule].versions)
                if (plan_.triggers[version].policy == policy)
                    add(rule);
        }
    }

    const plan::Plan& plan_;
    std::set<std::uint32_t> rules_;
    std::set<std::uint32_t> policies_;
};

} // namespace

std::vector<std::uint32_t> needed_triggers(const plan::Plan& plan,
                                           std::span<const std::uint32_t> rules) {
    const auto is_trigger = [&](std::uint32_t rule) {
        return plan.rules[rule].kind == RuleKind::Trigger;
    };
    if (std::ranges::count_if(rules, is_trigger) ==
        std::ranges::count(plan.rules, RuleKind::Trigger, &plan::Rule::kind)) {
        std::vector<std::uint32_t> all; // nothing is to be found out
        std::ranges::copy_if(rules, std::back_inserter(all), is_trigger);
        return all;
    }
    Needed needed(plan);
    for (const std::uint32_t rule : rules)
        needed.add(rule);
    return needed.triggers();
}

} // namespace rulebook::trigger
