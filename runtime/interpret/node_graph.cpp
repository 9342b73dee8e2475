#include "runtime/interpret/node_graph.hpp"

#include <algorithm>
#include <bit>

namespace rulebook::interpret {

namespace {

using plan::NodeId;

// The nodes that an aggregate evaluates per element, and those that it evaluates outside.
std::vector<NodeId> inner_nodes(const plan::Aggregate& aggregate) {
    return {aggregate.where, aggregate.value, aggregate.have};
}

std::vector<NodeId> anchors(const plan::Aggregate& aggregate) {
    std::vector<NodeId> result;
    for (const plan::Window& window : aggregate.windows)
        if (window.kind != plan::WindowKind::Last)
            result.push_back(window.anchor);
    return result;
}

std::vector<NodeId> all_nodes(const plan::Aggregate& aggregate) {
    std::vector<NodeId> result = inner_nodes(aggregate);
    std::ranges::copy(anchors(aggregate), std::back_inserter(result));
    return result;
}

// ---- the nodes that a rule evaluates itself; kNoNode among them

std::vector<NodeId> roots(const plan::Fit& fit) {
    std::vector<NodeId> result;
    for (const plan::OutClause& out : fit.outs)
        result.push_back(out.when);
    for (const plan::PointsClause& clause : fit.clauses) {
        result.push_back(clause.when);
        if (clause.ramp)
            result.push_back(clause.ramp->input);
        if (clause.for_each)
            std::ranges::copy(all_nodes(clause.for_each->elements), std::back_inserter(result));
    }
    return result;
}

std::vector<NodeId> roots(const plan::Decision& decision) {
    std::vector<NodeId> result;
    for (const plan::Choice& choice : decision.choices) {
        result.push_back(choice.when);
        result.push_back(choice.value);
    }
    return result;
}

std::vector<NodeId> roots(const plan::Table& table) {
    std::vector<NodeId> result;
    for (const plan::TableRow& row : table.rows) {
        std::ranges::copy(row.conditions, std::back_inserter(result));
        std::ranges::copy(row.outputs, std::back_inserter(result));
    }
    return result;
}

std::vector<NodeId> roots(const plan::Trigger& trigger) {
    return {trigger.when, trigger.unless, trigger.say};
}

std::vector<NodeId> roots(const plan::Credit& credit) {
    std::vector<NodeId> result{credit.deal_where, credit.at, credit.divide, credit.touch_where};
    for (const plan::Split& split : credit.splits)
        result.push_back(split.when);
    for (const plan::Flag& flag : credit.flags)
        result.push_back(flag.when);
    return result;
}

std::vector<NodeId> roots(const plan::Plan& plan, const plan::Rule& rule) {
    std::vector<NodeId> result;
    for (const std::uint32_t version : rule.versions) {
        switch (rule.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case plan::RuleKind::Name:                                                                     \
        std::ranges::copy(roots(plan.member[version]), std::back_inserter(result));                \
        break;
#include "runtime/plan/rule_kinds.def"
        }
    }
    return result;
}

bool reads_rule(plan::Op op) {
    switch (op) {
    case plan::Op::FitScore:
    case plan::Op::FitTier:
    case plan::Op::FitOut:
    case plan::Op::FitUnknowns:
    case plan::Op::DecisionResult:
    case plan::Op::TableOutput:
        return true; // a trigger's firings are asked for, not evaluated
    default:
        return false;
    }
}

// What is gathered of a node from the nodes below it.
struct Below {
    std::uint8_t frames = 1;     // bit i: depends on frame i
    std::uint32_t depth = 1;     // nodes on the longest way down
    std::uint32_t rules_end = 0; // 1 + the greatest index of a rule that is read; 0: none
};

class Gatherer {
public:
    Gatherer(const plan::Plan& plan, NodeGraph& graph) : plan_(plan), graph_(graph) {}

    Result<void> run() {
        graph_.uses.resize(plan_.nodes.size());
        for (NodeId id = 0; id < plan_.nodes.size(); ++id) {
            below_.push_back(below(plan_.nodes[id]));
            graph_.innermost_frame.push_back(
                static_cast<std::uint8_t>(std::bit_width(below_[id].frames) - 1));
        }
        return gather_rules();
    }

private:
    Below below(const plan::Node& node) {
        Below result;
        for (const NodeId operand : node.operands)
            add(result, operand);
        if (node.op == plan::Op::Field)
            result.frames |= bit(node.level);
        if (node.op == plan::Op::Aggregate)
            add_aggregate(result, plan_.aggregates[node.index], node.level);
        if (reads_rule(node.op))
            result.rules_end = std::max(result.rules_end, node.index + 1);
        return result;
    }

    void add_aggregate(Below& result, const plan::Aggregate& aggregate, std::uint32_t level) {
        Below inside;
        for (const NodeId node : inner_nodes(aggregate))
            add(inside, node);
        inside.frames &= static_cast<std::uint8_t>(~bit(level));
        const auto& parent = plan_.schema.entities[aggregate.collection].parent;
        if (parent && parent != plan_.schema.root) // the parent is in some frame below
            inside.frames |= bit(level - 1);
        merge(result, inside);
        for (const NodeId anchor : anchors(aggregate))
            add(result, anchor);
    }

    void add(Below& result, NodeId id) {
        if (id == plan::kNoNode)
            return;
        ++graph_.uses[id];
        merge(result, below_[id]);
    }

    static void merge(Below& result, const Below& part) {
        result.frames |= part.frames;
        result.depth = std::max(result.depth, part.depth + 1);
        result.rules_end = std::max(result.rules_end, part.rules_end);
    }

    static std::uint8_t bit(std::uint32_t level) { return static_cast<std::uint8_t>(1U << level); }

    // Rules are in an order in which none reads a later one, which is checked here.
    Result<void> gather_rules() {
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) {
            Below own;
            for (const NodeId root : roots(plan_, plan_.rules[rule]))
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
