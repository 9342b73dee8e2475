#include "runtime/trigger/pattern_machine.hpp"

#include <algorithm>

#include "runtime/interpret/span.hpp"

namespace rulebook::trigger {

using plan::Pattern;

PatternShape::PatternShape(std::span<const Pattern> patterns, const time::Zone& zone)
    : zone_(&zone) {
    std::vector<std::uint32_t> node_of; // per pattern
    for (const Pattern& pattern : patterns) {
        if (pattern.kind == Pattern::Kind::Signal) {
            nodes_.push_back({.kind = pattern.kind, .signal = pattern.signal});
        } else {
            // `a then b then c` is `(a then b) then c`: the same matches.
            std::uint32_t joined = node_of[pattern.operands.front()];
            for (std::size_t i = 1; i < pattern.operands.size(); ++i) {
                const std::uint32_t right = node_of[pattern.operands[i]];
                nodes_.push_back({.kind = pattern.kind, .left = joined, .right = right});
                joined = static_cast<std::uint32_t>(nodes_.size() - 1);
            }
        }
        nodes_.back().within = pattern.within;
        node_of.push_back(static_cast<std::uint32_t>(nodes_.size() - 1));
    }
    note_predecessors();
}

// Parents come after their parts.
void PatternShape::note_predecessors() {
    for (std::size_t i = nodes_.size(); i-- > 0;) {
        const Node& node = nodes_[i];
        if (node.kind == Pattern::Kind::Signal)
            continue;
        nodes_[node.left].preceded_by = node.preceded_by;
        nodes_[node.right].preceded_by = node.preceded_by;
        if (node.kind == Pattern::Kind::Then)
            nodes_[node.right].preceded_by.push_back(node.left);
    }
}

bool PatternShape::within(const Node& node, std::int64_t start, std::int64_t end) const {
    return std::ranges::all_of(node.within, [&](const plan::Extent& extent) {
        const plan::Span span{extent.kind == plan::Extent::Kind::Calendar, extent.microseconds,
                              extent.unit, extent.count};
        return interpret::is_within(*zone_, span, start, end);
    });
}

} // namespace rulebook::trigger
