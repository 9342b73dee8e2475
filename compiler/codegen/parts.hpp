// What is computed in which kernel. Compile time grows faster than the length of a function, so
// that rules are divided into parts of about one size; a value that several of them need is
// computed in the first and kept in an array. Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "compiler/codegen/placement.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::codegen {

// A piece of a program, that is computed in one go.
struct Item {
    enum class Kind : std::uint8_t {
        Out,    // `out when` number `index` of the fit
        Clause, // clause number `index` of the fit
        FitEnd, // limits, score and tier
        Choice, // `choose` number `index` of the decision
        DecisionEnd,
        Table,    // what the columns of a table look at
        Value,    // node `index`, which is asked for
        Keep,     // node `index`, which elements are asked with
        Bounds,   // the windows of reduction `index`
        Elements, // stage `index` of reductions: a part of its own
        Element,  // what reduction `index` asks of an element
    };
    Kind kind = Kind::Value;
    std::uint32_t rule = 0;    // index in Plan::rules; of fits and decisions
    std::uint32_t version = 0; // index in Plan::fits or decisions
    std::uint32_t index = 0;
    std::vector<rulebook::plan::NodeId> roots; // the nodes that it asks for directly
};

// What an item needs that its part has not computed or loaded for items before it.
struct PartItem {
    Item item;
    std::vector<rulebook::plan::NodeId> computed; // operands before what uses them
    std::vector<rulebook::plan::NodeId> loaded;   // an earlier part kept them
};

struct Part {
    std::vector<PartItem> items;
    std::vector<rulebook::plan::NodeId> kept; // of those computed: later parts load them
};

// The items in their order, `most` at most in a part.
std::vector<Part> parts_of(const rulebook::plan::Plan& plan, const Placement& placement,
                           const std::vector<Item>& items,
                           std::size_t most = std::numeric_limits<std::size_t>::max());

} // namespace rulec::codegen
