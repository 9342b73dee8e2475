#include "runtime/native/asked_nodes.hpp"

#include "runtime/plan/roots.hpp"

namespace rulebook::native {

using plan::NodeId;
using plan::Op;

AskedNodes::AskedNodes(const plan::Plan& plan)
    : plan_(plan), frames_(plan::frames_of_nodes(plan)) {}

// What the node itself reads of the record's frame.
bool AskedNodes::is_of_element(const plan::Node& node, plan::EntityIndex entity,
                               std::uint32_t level) const {
    if (node.op == Op::Field && node.level == level) {
        const auto& fields = plan_.schema.entities[entity].fields;
        return node.index < fields.size() && fields[node.index].type == node.type;
    }
    if (node.op != Op::Aggregate)
        return true;
    const plan::Aggregate& aggregate = plan_.aggregates[node.index];
    return aggregate.source == plan::AggregateSource::Collection &&
           (aggregate.owner_level != level || aggregate.owner == entity);
}

bool AskedNodes::can_be_asked(NodeId node, plan::EntityIndex entity, std::uint32_t level) const {
    const bool root = entity == plan_.schema.root;
    const auto frames = static_cast<plan::FrameSet>(root ? 1U : 1U | 1U << level);
    if ((frames_[node] & ~frames) != 0)
        return false;
    std::vector<bool> seen(plan_.nodes.size());
    std::vector<NodeId> waiting{node};
    while (!waiting.empty()) {
        const NodeId id = waiting.back();
        waiting.pop_back();
        if (id >= plan_.nodes.size() || seen[id])
            continue;
        seen[id] = true;
        const plan::Node& each = plan_.node(id);
        if (!is_of_element(each, entity, level))
            return false;
        waiting.insert(waiting.end(), each.operands.begin(), each.operands.end());
        // What an aggregate of the root asks has elements of its own in the record's frame.
        if (each.op == Op::Aggregate && each.level > level)
            append_roots(plan_.aggregates[each.index], waiting);
    }
    return true;
}

} // namespace rulebook::native
