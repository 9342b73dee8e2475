// From candidate to firing: what stops it, in the order of the language; the first cause counts.
#pragma once

#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "tests/oracle/history.hpp"
#include "tests/oracle/oracle.hpp"

namespace rulebook::oracle {

class Judging {
public:
    // `key`: of the root record.
    Judging(History& history, std::string key)
        : plan_(history.plan()), history_(history), key_(std::move(key)) {}

    // The candidates of one instant: what became of them, in the order in which they were judged.
    std::vector<Outcome> judge(std::vector<Outcome> candidates);

    // All so far.
    const std::vector<Outcome>& outcomes() const { return outcomes_; }

private:
    using Place = std::tuple<std::uint32_t, std::size_t, std::string>;
    Place place_in_policy(const Outcome& outcome) const;
    Cause judged(const Outcome& outcome);
    std::optional<bool> first_stop(const std::vector<plan::Stopper>& stoppers,
                                   const Outcome& outcome);
    template <class Test>
    std::vector<std::int64_t> instants_that_count(Test test) const;
    plan::Value value(plan::NodeId node, const Outcome& outcome);

    const plan::Plan& plan_;
    History& history_;
    std::string key_;
    std::vector<Outcome> outcomes_;
};

} // namespace rulebook::oracle
