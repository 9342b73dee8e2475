// The nodes that a rule evaluates directly, one function a kind of rule. The compiler's model holds
// rules in the same structs with ids of its own, and asks the same.
#pragma once

#include <vector>

#include "runtime/plan/rules.hpp"

namespace rulebook::plan {

// Each appends the ids; some may be kNoNode. Signals of a trigger's patterns are not among them.
void append_roots(const Fit& fit, std::vector<NodeId>& nodes);
void append_roots(const Decision& decision, std::vector<NodeId>& nodes);
void append_roots(const Table& table, std::vector<NodeId>& nodes);
void append_roots(const Trigger& trigger, std::vector<NodeId>& nodes);
void append_roots(const Credit& credit, std::vector<NodeId>& nodes);
void append_roots(const Aggregate& aggregate, std::vector<NodeId>& nodes);

// The signals that a rule waits for, by index.
std::vector<std::uint32_t> signals_of(const Trigger& trigger);
template <class Rule>
std::vector<std::uint32_t> signals_of(const Rule&) {
    return {};
}

// Whether the operation gives a result of another rule (Node::index).
bool reads_rule(Op op);

} // namespace rulebook::plan
