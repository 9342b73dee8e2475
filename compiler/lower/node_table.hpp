// The nodes of a plan under construction: equal ones are one. Internal to this folder.
#pragma once

#include <map>
#include <string>
#include <unordered_map>

#include "runtime/plan/plan.hpp"

namespace rulec::lower {

class NodeTable {
public:
    explicit NodeTable(rulebook::plan::Plan& plan) : plan_(plan) {}

    // The node's id; the label is kept if it is the first of that node.
    rulebook::plan::NodeId intern(rulebook::plan::Node node, std::string_view label);
    // The aggregate's index in Plan::aggregates.
    std::uint32_t intern(const rulebook::plan::Aggregate& aggregate);

private:
    rulebook::plan::Plan& plan_;
    std::unordered_multimap<std::size_t, rulebook::plan::NodeId> nodes_; // by hash
    std::unordered_multimap<std::size_t, std::uint32_t> aggregates_;
};

} // namespace rulec::lower
