#include "runtime/plan/frames.hpp"

#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

namespace {

constexpr FrameSet kRoot = 1;

FrameSet bit(std::uint32_t level) {
    return static_cast<FrameSet>(1U << level);
}

} // namespace

// Operands and what aggregates ask come before the nodes that use them.
std::vector<FrameSet> frames_of_nodes(const Plan& plan) {
    std::vector<FrameSet> found;
    const auto of = [&](NodeId id) { return id < found.size() ? found[id] : kRoot; };
    for (const Node& node : plan.nodes) {
        FrameSet frames = kRoot;
        for (const NodeId operand : node.operands)
            frames |= of(operand);
        if (node.op == Op::Field)
            frames |= bit(node.level);
        if (node.op == Op::Aggregate) {
            const Aggregate& aggregate = plan.aggregates[node.index];
            for (const NodeId asked : {aggregate.where, aggregate.value, aggregate.have})
                frames |= static_cast<FrameSet>(of(asked) & ~bit(node.level));
            frames |= bit(aggregate.owner_level);
            for (const Window& window : aggregate.windows)
                frames |= of(window.anchor);
        }
        found.push_back(frames);
    }
    return found;
}

} // namespace rulebook::plan
