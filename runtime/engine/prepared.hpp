// A plan made ready to be run over a data set: what all engines of this folder share. Internal to
// this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/credit/account_credit.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/engine/selection.hpp"
#include "runtime/interpret/prepared_plan.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::engine {

// Everything that is shared by the threads of a run.
struct Prepared {
    const plan::Plan& plan;
    const data::Dataset& dataset;
    interpret::PreparedPlan expressions;
    trigger::TriggerShapes triggers; // of all that run
    scan::ScanShapes scans;          // of those that can be scanned
    trigger::TriggerShapes not_scanned;
    credit::CreditShapes credits;
    Selection selection;
    std::optional<std::int64_t> stated_as_of; // none: neither data nor rules know of time
    std::int64_t as_of = 0;                   // the same; 0 where there is none

    // `only`: names of rules; empty: all. Fails as engine::run does. Plan and data set outlive it.
    static Result<Prepared> of(const plan::Plan& plan, const data::Dataset& dataset,
                               const std::vector<std::string>& only,
                               std::optional<std::int64_t> as_of);

    // Whether the account is there at as_of. An unknown origin keeps nobody away.
    bool is_there(AccountIndex account) const;
};

} // namespace rulebook::engine
