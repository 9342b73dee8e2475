// What came out of a run, in numbers: printed at its end, written into its folder as summary.txt
// and summary.json, and told per instant in series.csv.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/integer.hpp"
#include "tools/incremental/packed.hpp"
#include "tools/rulec/credit_summary.hpp"

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
    RunSummary(const rulebook::plan::Plan& plan, const std::vector<std::string>& only);

    // Results of further accounts.
    void add(const rulebook::engine::Results& results);
    // After that, the same as write() wrote it of a summary of the same rules.
    void add(incremental::PackedReader& packed);
    void write(incremental::PackedWriter& packed) const;

    std::string text() const;
    nlohmann::ordered_json json() const;
    std::vector<SummaryLine> lines() const;
    // Accounts that are not there at the instant.
    std::uint64_t not_yet() const { return not_yet_; }

private:
    struct Values { // of a fit or decision with few of them; none: no version is in force
        std::uint32_t rule = 0;
        std::vector<std::pair<std::string, std::uint64_t>> counts; // in the order of printing
    };
    std::vector<Values> fits() const;
    std::vector<Values> decisions() const;
    void add_credit_lines(std::uint32_t rule,
                          const std::map<std::string, CreditSummary::InCurrency>& currencies,
                          std::vector<SummaryLine>& lines) const;

    // The motion of all accounts, where it is one and no deal is split.
    struct Unsplit {
        std::uint32_t rule = 0; // a motion
        std::string motion;     // empty: the accounts have several, or one that is unknown
    };
    std::optional<Unsplit> unsplit() const;

    const rulebook::plan::Plan& plan_;
    bool all_rules_;
    // By rule; of those in force with few values. Tiers: the highest first.
    std::map<std::uint32_t, std::map<std::int64_t, std::uint64_t, std::greater<>>> tiers_;
    std::map<std::uint32_t, std::map<std::string, std::uint64_t>> values_;
    std::vector<rulebook::engine::TriggerCounts> triggers_;
    std::uint64_t evaluated_ = 0;
    std::uint64_t not_yet_ = 0;
    std::vector<std::string> hindsight_; // by rule
    CreditSummary credit_;
};

} // namespace rulec::tool
