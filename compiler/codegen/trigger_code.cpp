#include "compiler/codegen/trigger_code.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/moving_windows.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
namespace native = rulebook::native;
using plan::NodeId;

namespace {

// Of all versions; once each, ascending. What reads the completing record or asks what fired is
// left to the interpreter.
std::vector<NodeId> conditions_of(const plan::Plan& plan, const plan::Rule& rule,
                                  const std::vector<plan::FrameSet>& frames) {
    std::vector<NodeId> nodes;
    for (const std::uint32_t version : rule.versions) {
        const plan::Trigger& trigger = plan.triggers[version];
        nodes.push_back(trigger.when);
        for (const plan::Stopper& unless : trigger.unless)
            nodes.push_back(unless.when);
        if (trigger.policy)
            for (const plan::Stopper& suppress : plan.policies[*trigger.policy].suppress)
                nodes.push_back(suppress.when);
    }
    std::erase_if(nodes, [&](NodeId id) {
        return id == plan::kNoNode || plan::innermost(frames[id]) != 0 ||
               plan::asks_what_fired(plan, id);
    });
    std::ranges::sort(nodes);
    const auto repeated = std::ranges::unique(nodes);
    nodes.erase(repeated.begin(), repeated.end());
    return nodes;
}

// C of `becomes C`, where time does nothing about it but what windows do.
std::vector<NodeId> becomes_of(const plan::Plan& plan, const plan::Rule& rule) {
    if (rule.versions.size() != 1)
        return {};
    const plan::On& on = plan.triggers[rule.versions.front()].on;
    if (on.kind != plan::On::Kind::Becomes || !plan::moving_windows(plan, on.condition))
        return {};
    return {on.condition};
}

// A fit or decision that nodes read.
std::vector<std::uint32_t> rules_read(const plan::Plan& plan, const std::vector<NodeId>& nodes) {
    std::vector<std::uint32_t> rules;
    for (const NodeId id : plan::nodes_behind(plan, nodes))
        if (const plan::Node& node = plan.node(id);
            plan::reads_rule(node.op) && node.op != plan::Op::TableOutput)
            rules.push_back(node.index);
    return rules;
}

// Conditions of signals, by collection: once each, ascending.
std::map<plan::EntityIndex, std::vector<NodeId>>
signals_of(const plan::Plan& plan, const std::vector<std::uint32_t>& triggers,
           const std::vector<plan::FrameSet>& frames) {
    constexpr plan::FrameSet kRootAndRecord = 0b11;
    std::map<plan::EntityIndex, std::vector<NodeId>> nodes;
    for (const std::uint32_t rule : triggers)
        for (const std::uint32_t version : plan.rules[rule].versions)
            for (const std::uint32_t signal : plan::signals_of(plan.triggers[version])) {
                const plan::Signal& asked = plan.signals[signal];
                const bool of_root =
                    plan.schema.entities[asked.collection].parent == plan.schema.root;
                if (of_root && asked.where != plan::kNoNode &&
                    (frames[asked.where] & ~kRootAndRecord) == 0)
                    nodes[asked.collection].push_back(asked.where);
            }
    for (auto& [collection, some] : nodes) {
        std::ranges::sort(some);
        const auto repeated = std::ranges::unique(some);
        some.erase(repeated.begin(), repeated.end());
    }
    return nodes;
}

} // namespace

std::vector<PurposedRequest> trigger_programs(const plan::Plan& plan,
                                              const std::vector<std::uint32_t>& triggers,
                                              std::int64_t instant) {
    using native::ProgramUse;
    const std::vector<plan::FrameSet> frames = plan::frames_of_nodes(plan);
    std::vector<PurposedRequest> programs;
    for (const auto& [collection, nodes] : signals_of(plan, triggers, frames))
        programs.push_back({{ProgramUse::Signals, collection},
                            {.instant = instant,
                             .rules = rules_read(plan, nodes),
                             .values = nodes,
                             .about = native::About{collection, 1}}});
    const auto add = [&](ProgramUse use, std::uint32_t rule, std::vector<NodeId> nodes) {
        if (nodes.empty())
            return;
        auto rules = rules_read(plan, nodes);
        programs.push_back({{use, rule},
                            {.instant = instant,
                             .rules = std::move(rules),
                             .values = std::move(nodes),
                             .over_time = use == ProgramUse::Becomes}});
    };
    for (const std::uint32_t rule : triggers) {
        add(ProgramUse::Conditions, rule, conditions_of(plan, plan.rules[rule], frames));
        add(ProgramUse::Becomes, rule, becomes_of(plan, plan.rules[rule]));
    }
    return programs;
}

rulebook::Result<native::TriggerCode>
compile_triggers(const plan::Plan& plan, const TriggerRequest& request, Optimization optimization,
                 const Workers& workers, const ObjectCache* cache) {
    return compile_all<native::TriggerCode>(
        plan, trigger_programs(plan, request.triggers, request.instant), optimization, workers,
        cache);
}

} // namespace rulec::codegen
