// A batch run: every rule over every account of a data set, as of one instant.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/engine/results.hpp"
#include "runtime/native/code.hpp"
#include "runtime/native/credit_code.hpp"
#include "runtime/native/trigger_code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::engine {

struct RunOptions {
    // Microseconds since 1970 UTC; none: the greatest instant that the data knows of
    // (Dataset::latest).
    std::optional<std::int64_t> as_of;
    std::vector<std::string> only; // names of rules; empty: all. What they read is evaluated too.
    std::size_t threads = 1;       // the results do not depend on it
    // Called now and then with the number of accounts done and of all, from one thread at a time.
    std::function<void(std::size_t done, std::size_t all)> progress;
    // Code that was compiled from the plan, for the rules that are asked for or some of them; null:
    // everything is interpreted. Outside of its instants it is not used. The results do not depend
    // on it. Asked now and then, from several threads at a time: code may become ready meanwhile,
    // and better code take its place; what was given once outlives the run. May be empty.
    std::function<const native::Code*()> native{};
    // The same for what triggers ask; used where they are scanned.
    std::function<const native::TriggerCode*()> trigger_code{};
    // The same for what credit rules ask of deals and touches; used where deals are divided over
    // columns.
    std::function<const native::CreditCode*()> credit_code{};
    // Triggers go over the columns of many accounts at a time (runtime/scan) and deals are divided
    // over columns (runtime/credit/columns) as far as they can; false: account by account, deal by
    // deal. The results do not depend on it.
    bool scan = true;
    // Which accounts are evaluated, one a record of the root's table; null: all. The others are in
    // no part of the results.
    const std::vector<bool>* among = nullptr;
    // Hears what came out for one account after the other, from several threads at a time and of
    // each account once; may be empty.
    std::function<void(AccountIndex account, const Results& results)> observe{};
};

// Fits, decisions and tables as of as_of; triggers at each instant up to it; credit of the deals
// whose own instant is not after it. The plan is sound and the data set was made for its schema.
// Fails with run.no_rule (a name in `only`), run.as_of (a rule reads time, and neither the caller
// nor the data says which), and what preparing the plan fails with (plan.*, credit.*).
Result<Results> run(const plan::Plan& plan, const data::Dataset& dataset,
                    const RunOptions& options);

// The instant for which a run is: as the caller says, else Dataset::latest. Nothing if there is
// none and no rule reads time; run.as_of if one does.
Result<std::optional<std::int64_t>> as_of_for(const plan::Plan& plan, const data::Dataset& dataset,
                                              std::optional<std::int64_t> wanted);

} // namespace rulebook::engine
