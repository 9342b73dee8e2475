// The account of a test, evaluated: what its rules give at the instants that they are about.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "compiler/model/test.hpp"
#include "runtime/credit/account_credit.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

// A plan made ready for many tests. Keeps a reference to the plan.
struct PreparedTests {
    const rulebook::time::Zone* zone;
    rulebook::interpret::PreparedPlan plan;
    rulebook::trigger::TriggerShapes triggers;
    rulebook::credit::CreditShapes credits;

    static rulebook::Result<PreparedTests> prepare(const rulebook::plan::Plan& plan);
};

class TestAccount {
public:
    // Fails if the test's records are not accepted: the message says which and why. `prepared`
    // outlives it.
    // `rules`: of the model → of the plan.
    static rulebook::Result<std::unique_ptr<TestAccount>>
    evaluate(const PreparedTests& prepared, const model::Test& test,
             const std::vector<std::uint32_t>& rules);

    rulebook::plan::Value value(rulebook::plan::NodeId node);
    // What that is asked of: the account's records, the instant, what fired.
    const rulebook::data::Dataset& dataset() const { return dataset_; }
    std::int64_t as_of() const { return as_of_; }
    const rulebook::interpret::FiredLookup& fired() const { return fired_; }
    const std::vector<rulebook::trigger::Candidate>& candidates() const {
        return triggers_.candidates();
    }
    const std::vector<rulebook::credit::DealCredit>& credits() const { return credits_; }
    std::vector<rulebook::trigger::Pending> pending() const { return triggers_.pending(); }
    // Why a rule (index in Plan::rules) gave what it gave, as text.
    std::string explain(std::uint32_t rule);

private:
    TestAccount(const PreparedTests& prepared, rulebook::data::Dataset dataset, std::int64_t as_of,
                rulebook::trigger::ControlChoice controls);

    std::int64_t as_of_;
    rulebook::data::Dataset dataset_;
    rulebook::interpret::Evaluator evaluator_;
    rulebook::trigger::AccountTriggers triggers_;
    rulebook::trigger::History history_;
    rulebook::interpret::FiredLookup fired_;
    std::vector<rulebook::credit::DealCredit> credits_;
};

} // namespace rulec::tool
