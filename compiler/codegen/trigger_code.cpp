#include "compiler/codegen/trigger_code.hpp"

#include <algorithm>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/frames.hpp"
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

} // namespace

rulebook::Result<native::TriggerCode>
compile_triggers(const plan::Plan& plan, const TriggerRequest& request, Optimization optimization,
                 std::size_t threads, const ObjectCache* cache) {
    const std::vector<plan::FrameSet> frames = plan::frames_of_nodes(plan);
    native::TriggerCode made;
    for (const std::uint32_t rule : request.triggers) {
        Request conditions{.instant = request.instant,
                           .rules = {},
                           .values = conditions_of(plan, plan.rules[rule], frames)};
        if (conditions.values.empty())
            continue;
        // A fit or decision that they read.
        for (const NodeId id : plan::nodes_behind(plan, conditions.values))
            if (const plan::Node& node = plan.node(id);
                plan::reads_rule(node.op) && node.op != plan::Op::TableOutput)
                conditions.rules.push_back(node.index);
        auto code = compile(plan, conditions, optimization, threads, cache);
        if (!code)
            return tl::unexpected(code.error());
        made.conditions.push_back({rule, *std::move(code)});
    }
    return made;
}

} // namespace rulec::codegen
