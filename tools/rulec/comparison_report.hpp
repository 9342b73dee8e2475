// Credit under every model as text, JSON and a file.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <nlohmann/json_fwd.hpp>

#include "runtime/engine/credit_comparison.hpp"
#include "runtime/plan/plan.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::tool {

using Comparisons = std::span<const rulebook::engine::CreditComparison>;

// A block per rule and currency: what each party gets under each model, then what it wins or loses
// against the rule as it is written, and the floors that hold under every model.
std::string comparison_text(const rulebook::plan::Plan& plan, Comparisons comparisons);

nlohmann::ordered_json comparison_json(const rulebook::plan::Plan& plan, Comparisons comparisons,
                                       std::optional<std::int64_t> as_of);

// A row per rule, currency, model and party. Refers to what it is given.
input::TypedTable comparison_table(const rulebook::plan::Plan& plan, Comparisons comparisons);

} // namespace rulec::tool
