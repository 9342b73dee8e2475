// From the model to the plan: definitions and signals written out where they are used, equal work
// made one node, rules in an order in which none reads a later one.
#pragma once

#include <vector>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/diagnostics/source.hpp"
#include "compiler/model/rulebook.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::lower {

// Requires a model that was built without errors. Equal rulebooks give equal plans, whatever the
// order of their files and declarations. Reports what costs too much; then the plan must not be
// used.
rulebook::plan::Plan lower(const model::Rulebook& book, const Sources& sources,
                           Diagnostics& diagnostics);

// Reports what `lower` would report, for whoever does not need the plan.
void check_cost(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics);

// The plan with the conditions that tests expect added as nodes behind all others.
struct TestPlan {
    rulebook::plan::Plan plan;
    // Per test and expectation; kNoNode where the expectation is not a condition.
    std::vector<std::vector<rulebook::plan::NodeId>> conditions;
    // Rules of the model (index in Rulebook::rules) → rules of the plan.
    std::vector<std::uint32_t> rules;
};
TestPlan lower_tests(const model::Rulebook& book, const Sources& sources, Diagnostics& diagnostics);

} // namespace rulec::lower
