// The results of a run as tables: what stands in each, column by column, with types. The one
// description that all file formats are written from. Documented in README.md.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// Equal results give equal tables. accounts is always there; the others only where the rulebook has
// rules that could fill them. The arguments outlive the tables.
std::vector<input::TypedTable> result_tables(const rulebook::plan::Plan& plan,
                                             const rulebook::data::Dataset& dataset,
                                             const rulebook::engine::Results& results);

// How many rows each of those tables has.
std::vector<std::uint64_t> result_rows(const rulebook::plan::Plan& plan,
                                       const rulebook::engine::Results& results);

// The rows that were not evaluated: beside the results, whatever the rules say. `rejects` outlives
// it.
input::TypedTable rejects_table(const rulebook::data::Rejects& rejects);

// Which version of a rule gave a result: the rulebook's, and since when that of the rule is in
// force.
std::string rule_version(const rulebook::plan::Plan& plan,
                         const rulebook::plan::Effective& effective);

// A record of a collection by its key, or where it has none by its identity.
std::string record_name(const rulebook::data::Dataset& dataset, rulebook::plan::EntityIndex entity,
                        rulebook::data::RowIndex row);

} // namespace rulec::output
