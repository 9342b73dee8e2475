// What came out of a run, in numbers: printed at its end, and told per instant in series.csv.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/integer.hpp"
#include "tools/rulec/console.hpp"

namespace rulec::tool {

// One number: so many accounts (fit, decision), candidates (trigger) or deals (credit, flag).
struct SummaryLine {
    std::string rule; // empty: of all of them
    std::string outcome;
    std::uint64_t count = 0;
    std::string amount; // of credit; empty: none
    std::string currency;
    std::string hindsight; // see Results::hindsight
};

class RunSummary {
public:
    // `only`: the rules that were asked for; empty: all. The plan outlives it.
    RunSummary(const rulebook::plan::Plan& plan, std::vector<std::string> only);

    // Results of further accounts.
    void add(const rulebook::engine::Results& results);

    void print(Console& console) const;
    std::vector<SummaryLine> lines() const;
    // Accounts that are not there at the instant.
    std::uint64_t not_yet() const { return not_yet_; }

private:
    struct Values { // of a fit or decision with few of them; none: no version is in force
        std::uint32_t rule = 0;
        std::vector<std::pair<std::string, std::uint64_t>> counts; // in the order of printing
    };
    struct Credit {
        std::uint64_t deals = 0;
        rulebook::Int128 amount = 0; // wide enough for whatever there is
    };
    struct CreditRule {
        std::map<std::pair<std::string, std::string>, Credit> parties; // currency, party
        std::uint64_t uncredited = 0;
    };
    std::vector<Values> fits() const;
    std::vector<Values> decisions() const;
    bool is_wanted(std::uint32_t rule) const;

    const rulebook::plan::Plan& plan_;
    std::vector<std::string> only_;
    // By rule; of those in force with few values. Tiers: the highest first.
    std::map<std::uint32_t, std::map<std::int64_t, std::uint64_t, std::greater<>>> tiers_;
    std::map<std::uint32_t, std::map<std::string, std::uint64_t>> values_;
    std::vector<rulebook::engine::TriggerCounts> triggers_;
    std::uint64_t evaluated_ = 0;
    std::uint64_t not_yet_ = 0;
    std::vector<std::string> hindsight_; // by rule
    std::map<std::uint32_t, CreditRule> credits_;
    std::map<std::pair<std::uint32_t, std::string>, std::uint64_t> flags_; // rule, flag
};

} // namespace rulec::tool
