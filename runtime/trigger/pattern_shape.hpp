// A pattern made ready for its machine: joins of two parts each.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/plan/triggers.hpp"
#include "runtime/trigger/event.hpp"
#include "runtime/trigger/extent.hpp"

namespace rulebook::trigger {

// Immutable; safe to share between threads.
class PatternShape {
public:
    // `patterns` as in plan::On: children before parents, the last one is the whole. `extents`
    // outlive the shape.
    PatternShape(std::span<const plan::Pattern> patterns, const Extents& extents);

    struct Node {
        plan::Pattern::Kind kind = plan::Pattern::Kind::Signal;
        // Signal and counts: an event of any of these signals; ascending.
        std::vector<std::uint32_t> signals{};
        std::size_t count = 1; // of a count
        plan::FieldIndex field = 0;
        plan::CalendarUnit unit = plan::CalendarUnit::Day;
        std::uint32_t left = 0; // joins: nodes that precede this one
        std::uint32_t right = 0;
        std::vector<plan::Extent> within{};
        // The `then`s whose right side this node belongs to, outermost first: their left sides.
        std::vector<std::uint32_t> preceded_by{};
        // The nearest `within`s around this node: a match that cannot satisfy them any more is of
        // no use.
        std::vector<plan::Extent> expires{};

        bool is_count() const;
        bool is_leaf() const { return kind == plan::Pattern::Kind::Signal || is_count(); }
    };

    const std::vector<Node>& nodes() const { return nodes_; } // the last one is the whole
    const Extents& extents() const { return *extents_; }
    bool within(const std::vector<plan::Extent>& all, std::int64_t start, std::int64_t end,
                Surroundings& surroundings) const;

private:
    std::uint32_t add(std::span<const plan::Pattern> patterns, const plan::Pattern& pattern);
    void note_surroundings_of_nodes();

    std::vector<Node> nodes_;
    std::vector<std::uint32_t> node_of_; // per pattern
    const Extents* extents_;
};

} // namespace rulebook::trigger
