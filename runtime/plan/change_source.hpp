// What makes something visible or known, so that a `becomes` or a clock must look again.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

struct ChangeSource {
    enum class Kind : std::uint8_t {
        Visible = 1, // a record of the entity is there from its time on
        Known = 2,   // fields `known from` `field` are known from its value on
        Tracked = 3, // a version of the entity's tracked fields begins
    };
    Kind kind = Kind::Visible;
    EntityIndex entity = 0;
    FieldIndex field = 0; // Known

    friend auto operator<=>(const ChangeSource&, const ChangeSource&) = default;
};

// What can change the value of a node from outside, whatever time does; through fits, decisions and
// tables, ascending, each once.
std::vector<ChangeSource> sources_of_change(const Plan& plan, NodeId node);

// The node and all behind it, each once, through the rules whose results are read.
std::vector<NodeId> nodes_behind(const Plan& plan, NodeId node);
std::vector<NodeId> nodes_behind(const Plan& plan, std::vector<NodeId> nodes);

// Whether the node's value depends on what fired.
bool asks_what_fired(const Plan& plan, NodeId node);

} // namespace rulebook::plan
