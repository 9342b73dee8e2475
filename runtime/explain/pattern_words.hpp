// Patterns in words, as the source writes them. Internal to this folder.
#pragma once

#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::explain {

// A tree of patterns, children before parents; the last one is the whole.
using Patterns = std::vector<plan::Pattern>;

// The part of the tree whose root is `index`, as a tree of its own.
Patterns part(const Patterns& patterns, std::uint32_t index);
// Several trees joined: `then`, `and`.
Patterns joined(plan::Pattern::Kind kind, const std::vector<Patterns>& parts);

// "crm_connected and email_connected within 14 days", "asked on 3 different days".
std::string words(const plan::Plan& plan, const Patterns& patterns);
std::string words(const plan::Plan& plan, const plan::Extent& extent); // "14 days"
std::string duration_words(std::int64_t microseconds);

// The signals in it, ascending.
std::vector<std::uint32_t> signals_in(const Patterns& patterns);
// The names of the signals, joined by "or".
std::string names(const plan::Plan& plan, const std::vector<std::uint32_t>& signals);

} // namespace rulebook::explain
