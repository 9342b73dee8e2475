#include "runtime/plan/frames.hpp"

#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

namespace {

constexpr Frames kRoot = 1;

Frames bit(std::uint32_t level) {
    return static_cast<Frames>(1U << level);
}

} // namespace

// Operands and what aggregates ask come before the nodes that use them.
std::vector<Frames> frames_of_nodes(const Plan& plan) {
    std::vector<Frames> found;
    const auto of = [&](NodeId id) { return id < found.size() ? found[id] : kRoot; };
    for (const Node& node : plan.nodes) {
        Frames frames = kRoot;
        for (const NodeId operand : node.operands)
            frames |= of(operand);
        if (node.op == Op::Field)
            frames |= bit(node.level);
        if (node.op == Op::Aggregate) {
            const Aggregate& aggregate = plan.aggregates[node.index];
            for (const NodeId asked : {aggregate.where, aggregate.value, aggregate.have})
                frames |= static_cast<Frames>(of(asked) & ~bit(node.level));
            frames |= bit(aggregate.owner_level);
            for (const Window& window : aggregate.windows)
                frames |= of(window.anchor);
        }
        found.push_back(frames);
    }
    return found;
}

} // namespace rulebook::plan
