#include "runtime/trigger/pattern_shape.hpp"

#include <algorithm>

namespace rulebook::trigger {

using plan::Pattern;

bool PatternShape::Node::is_count() const {
    return kind == Pattern::Kind::Times || kind == Pattern::Kind::DifferentValues ||
           kind == Pattern::Kind::DifferentBuckets;
}

PatternShape::PatternShape(std::span<const Pattern> patterns, const Extents& extents)
    : extents_(&extents) {
    for (const Pattern& pattern : patterns) {
        node_of_.push_back(add(patterns, pattern));
        nodes_[node_of_.back()].within = pattern.within;
    }
    note_surroundings_of_nodes();
}

std::uint32_t PatternShape::add(std::span<const Pattern> patterns, const Pattern& pattern) {
    const auto push = [&](Node node) {
        nodes_.push_back(std::move(node));
        return static_cast<std::uint32_t>(nodes_.size() - 1);
    };
    if (pattern.kind == Pattern::Kind::Signal)
        return push({.kind = pattern.kind, .signals = {pattern.signal}});
    Node node{.kind = pattern.kind};
    if (node.is_count()) {
        const Pattern& counted = patterns[pattern.operands.front()];
        if (counted.kind == Pattern::Kind::Signal)
            node.signals.push_back(counted.signal);
        for (const std::uint32_t part : counted.operands)
            node.signals.push_back(patterns[part].signal);
        std::ranges::sort(node.signals);
        node.count = static_cast<std::size_t>(pattern.count);
        node.field = pattern.field;
        node.unit = pattern.unit;
        return push(std::move(node));
    }
    // `a then b then c` is `(a then b) then c`: the same matches.
    std::uint32_t joined = node_of_[pattern.operands.front()];
    for (std::size_t i = 1; i < pattern.operands.size(); ++i) {
        node.left = joined;
        node.right = node_of_[pattern.operands[i]];
        joined = push(node);
    }
    return joined;
}

// Parents come after their parts.
void PatternShape::note_surroundings_of_nodes() {
    for (std::size_t i = nodes_.size(); i-- > 0;) {
        const Node node = nodes_[i];
        if (node.is_leaf())
            continue;
        for (const std::uint32_t part : {node.left, node.right}) {
            nodes_[part].preceded_by = node.preceded_by;
            nodes_[part].expires = node.within.empty() ? node.expires : node.within;
        }
        if (node.kind == Pattern::Kind::Then)
            nodes_[node.right].preceded_by.push_back(node.left);
    }
}

bool PatternShape::within(const std::vector<plan::Extent>& all, std::int64_t start,
                          std::int64_t end, Surroundings& surroundings) const {
    return std::ranges::all_of(all, [&](const plan::Extent& extent) {
        return extents_->within(extent, start, end, surroundings);
    });
}

} // namespace rulebook::trigger
