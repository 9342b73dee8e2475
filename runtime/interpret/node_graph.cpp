#include "runtime/interpret/node_graph.hpp"

#include <algorithm>

#include "runtime/plan/fingerprint.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::interpret {

namespace {

using plan::NodeId;

// A trigger's firings are asked for, not evaluated.
bool evaluates_rule(plan::Op op) {
    return plan::reads_rule(op) && op != plan::Op::TriggerFired;
}

// What is gathered of a node from the nodes below it.
struct Below {
    std::uint32_t depth = 1;     // nodes on the longest way down
    std::uint32_t rules_end = 0; // 1 + the greatest index of a rule that is read; 0: none
};

class Gatherer {
public:
    Gatherer(const plan::Plan& plan, NodeGraph& graph) : plan_(plan), graph_(graph) {}

    Result<void> run() {
        graph_.uses.resize(plan_.nodes.size());
        for (const plan::Node& node : plan_.nodes)
            below_.push_back(below(node));
        return gather_rules();
    }

private:
    Below below(const plan::Node& node) {
        Below result;
        for (const NodeId operand : node.operands)
            add(result, operand);
        if (node.op == plan::Op::Aggregate)
            add_aggregate(result, plan_.aggregates[node.index]);
        if (evaluates_rule(node.op))
            result.rules_end = std::max(result.rules_end, node.index + 1);
        return result;
    }

    void add_aggregate(Below& result, const plan::Aggregate& aggregate) {
        Below inside;
        for (const NodeId node : {aggregate.where, aggregate.value, aggregate.have})
            add(inside, node);
        merge(result, inside);
        for (const plan::Window& window : aggregate.windows)
            add(result, window.anchor);
    }

    void add(Below& result, NodeId id) {
        if (id >= below_.size()) // none, or the anchor of a window that has none
            return;
        ++graph_.uses[id];
        merge(result, below_[id]);
    }

    static void merge(Below& result, const Below& part) {
        result.depth = std::max(result.depth, part.depth + 1);
        result.rules_end = std::max(result.rules_end, part.rules_end);
    }

    // Rules are in an order in which none reads a later one, which is checked here.
    Result<void> gather_rules() {
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) {
            Below own;
            for (const NodeId root : plan::nodes_of_rule(plan_, rule))
                add(own, root);
            if (own.rules_end > rule)
                return make_error("plan.cycle", "the rule \"" + plan_.rules[rule].name +
                                                    "\" reads itself or a rule after it");
            if (own.rules_end > 0)
                own.depth += deepest_up_to_[own.rules_end - 1];
            graph_.deepest = std::max(graph_.deepest, own.depth);
            deepest_up_to_.push_back(graph_.deepest);
        }
        return {};
    }

    const plan::Plan& plan_;
    NodeGraph& graph_;
    std::vector<Below> below_;
    std::vector<std::uint32_t> deepest_up_to_; // per rule: of it and those before
};

} // namespace

Result<NodeGraph> NodeGraph::of(const plan::Plan& plan) {
    NodeGraph graph;
    if (const auto gathered = Gatherer(plan, graph).run(); !gathered)
        return tl::unexpected(gathered.error());
    return graph;
}

} // namespace rulebook::interpret
