// What decides the value of an expression, and whether it can change. Internal to this folder.
#pragma once

#include <set>
#include <string>
#include <utility>

#include "compiler/model/rulebook.hpp"

namespace rulec::check {

using FieldId = std::pair<std::int64_t, std::uint32_t>; // entity, field

const rulebook::plan::Entity& entity_of(const model::Rulebook& book, const FieldId& field);
// `seats`, `deal.amount`
std::string name_of(const model::Rulebook& book, const FieldId& field);
bool reads_field(const model::Expression& expression);

struct Causes {
    std::set<std::string> untracked; // in quotes
    bool may_change = false;
};

Causes causes_of(const model::Rulebook& book, model::ExprId id);

} // namespace rulec::check
