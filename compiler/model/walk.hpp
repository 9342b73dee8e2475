// Every expression behind a rule, through definitions, signals and aggregates.
#pragma once

#include <functional>

#include "compiler/model/rulebook.hpp"

namespace rulec::model {

using ExpressionVisitor = std::function<void(const Expression&)>;

// Calls visit once for each expression that the rule's versions evaluate.
void walk_rule(const Rulebook& book, std::uint32_t rule, const ExpressionVisitor& visit);

// Calls visit once for each expression that these evaluate.
void walk(const Rulebook& book, const std::vector<ExprId>& roots, const ExpressionVisitor& visit);

// The expressions that a version of a rule evaluates directly; absent ones are left out.
std::vector<ExprId> roots_of_rule(const Rulebook& book, std::uint32_t rule);

// The rule whose result the expression is.
std::optional<std::uint32_t> rule_read(const Expression& expression);

} // namespace rulec::model
