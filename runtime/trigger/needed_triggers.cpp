#include "runtime/trigger/needed_triggers.hpp"

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
        for (const NodeId root : plan::nodes_of_rule(plan_, rule))
            add_asked(root);
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
    // The triggers whose firings the node asks for.
    void add_asked(NodeId node) {
        for (const NodeId behind : plan::nodes_behind(plan_, node))
            if (plan_.node(behind).op == plan::Op::TriggerFired)
                add(plan_.node(behind).index);
    }

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
    Needed needed(plan);
    for (const std::uint32_t rule : rules)
        needed.add(rule);
    return needed.triggers();
}

} // namespace rulebook::trigger
