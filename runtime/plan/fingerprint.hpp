// What a plan means and reads, as data: its content hash and the fields behind each rule.
#pragma once

#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// The plan without source notes: where things stand in which file.
Plan without_notes(Plan plan);

// SHA-256, in hex, of everything that the plan means: not of where and how it was written (source
// notes, labels), and not of the hash that it carries. Compilers take it before any optimisation.
std::string content_hash(const Plan& plan);

// The fields that the rule's versions read, directly and through aggregates; not those that the
// rules it reads read. Sorted.
std::vector<FieldRead> fields_read(const Plan& plan, std::uint32_t rule);

// The nodes that the rule's versions evaluate directly. Signals of its patterns are among them.
std::vector<NodeId> nodes_of_rule(const Plan& plan, std::uint32_t rule);

} // namespace rulebook::plan
