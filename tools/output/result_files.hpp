// The results of a run as files: what stands in each, column by column. Documented in README.md.
#pragma once

#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::output {

struct ResultFile {
    std::string name; // "accounts.csv"
    std::string content;
};

// Equal results give equal bytes. accounts and rejects are always there; the others only where the
// rulebook has rules that could fill them.
std::vector<ResultFile> result_files(const rulebook::plan::Plan& plan,
                                     const rulebook::data::Dataset& dataset,
                                     const rulebook::engine::Results& results);

// Which version of a rule gave a result: the rulebook's, and since when that of the rule is in
// force.
std::string rule_version(const rulebook::plan::Plan& plan,
                         const rulebook::plan::Effective& effective);

// A record of a collection by its key, or where it has none by its identity.
std::string record_name(const rulebook::data::Dataset& dataset, rulebook::plan::EntityIndex entity,
                        rulebook::data::RowIndex row);

} // namespace rulec::output
