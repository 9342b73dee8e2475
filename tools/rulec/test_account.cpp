#include "tools/rulec/test_account.hpp"

#include <algorithm>
#include <set>

#include "runtime/explain/explain_credit.hpp"
#include "runtime/explain/explain_rule.hpp"
#include "runtime/explain/explain_trigger.hpp"
#include "runtime/explain/render_text.hpp"
#include "tools/rulec/test_records.hpp"

namespace rulec::tool {
namespace {

using rulebook::make_error;
using rulebook::Result;
namespace interpret = rulebook::interpret;

constexpr interpret::RowIndex kOnlyRoot = 0;

// `users, record 2 of the test: seats is missing`
std::string words(const rulebook::data::Reject& reject) {
    std::string text = "a record of `" + std::string(reject.table) + "` is rejected: ";
    if (!reject.column.empty())
        text += "`" + std::string(reject.column) + "`: ";
    text += reject.reason;
    if (!reject.value.empty())
        text += " (" + std::string(reject.value) + ")";
    return text;
}

// The triggers whose control group the account is in: its own, or that of its policy.
std::set<std::uint32_t> controls_of(const rulebook::plan::Plan& plan, const model::Test& test,
                                    const std::vector<std::uint32_t>& rules) {
    std::set<std::uint32_t> controls;
    for (const std::uint32_t rule : test.controls)
        controls.insert(rules[rule]);
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        if (plan.rules[rule].kind != rulebook::plan::RuleKind::Trigger)
            continue;
        for (const std::uint32_t version : plan.rules[rule].versions)
            if (const auto policy = plan.triggers[version].policy;
                policy && std::ranges::count(test.control_policies, *policy) > 0)
                controls.insert(rule);
    }
    return controls;
}

} // namespace

Result<PreparedTests> PreparedTests::prepare(const rulebook::plan::Plan& plan) {
    const rulebook::time::Zone* zone = rulebook::time::find_zone(plan.timezone);
    if (zone == nullptr)
        return make_error("plan.zone", "there is no time zone `" + plan.timezone + "`");
    auto interpreted = interpret::PreparedPlan::prepare(plan);
    if (!interpreted)
        return tl::unexpected(interpreted.error());
    auto triggers = rulebook::trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto credits = rulebook::credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    return PreparedTests{zone, std::move(*interpreted), std::move(*triggers), std::move(*credits)};
}

// Nobody is control in a test unless it says so.
Result<std::unique_ptr<TestAccount>>
TestAccount::evaluate(const PreparedTests& prepared, const model::Test& test,
                      const std::vector<std::uint32_t>& rules) {
    const std::set<std::uint32_t> controls = controls_of(prepared.plan.plan(), test, rules);
    auto dataset = records_of_test(prepared.plan.plan().schema, *prepared.zone, test);
    if (!dataset)
        return tl::unexpected(dataset.error());
    if (!dataset->rejects().empty())
        return make_error("test.rejected", words(dataset->rejects()[0]));
    return std::unique_ptr<TestAccount>(
        new TestAccount(prepared, std::move(*dataset), test.as_of,
                        [controls](std::uint32_t rule) { return controls.contains(rule); }));
}

TestAccount::TestAccount(const PreparedTests& prepared, rulebook::data::Dataset dataset,
                         std::int64_t as_of, rulebook::trigger::ControlChoice controls)
    : as_of_(as_of), dataset_(std::move(dataset)), evaluator_(prepared.plan, dataset_),
      triggers_(prepared.triggers, evaluator_, std::move(controls)) {
    triggers_.run(kOnlyRoot, as_of_, &history_);
    fired_ = triggers_.fired();
    credits_ =
        rulebook::credit::credit_deals(prepared.credits, evaluator_, kOnlyRoot, as_of_, &fired_);
}

rulebook::plan::Value TestAccount::value(rulebook::plan::NodeId node) {
    interpret::Record root{evaluator_.plan().schema.root, kOnlyRoot};
    interpret::RowContext row;
    row.instant = as_of_;
    row.frames = {&root, 1};
    row.fired = &fired_;
    return evaluator_.evaluate(node, row);
}

std::string TestAccount::explain(std::uint32_t rule) {
    using rulebook::explain::Explanation;
    using rulebook::plan::RuleKind;
    Explanation explanation;
    switch (evaluator_.plan().rules[rule].kind) {
    case RuleKind::Trigger:
        explanation = rulebook::explain::explain_trigger(evaluator_, triggers_, history_, rule,
                                                         kOnlyRoot, as_of_);
        break;
    case RuleKind::Credit:
        explanation = rulebook::explain::explain_credit(evaluator_, credits_, rule, kOnlyRoot,
                                                        as_of_, &fired_);
        break;
    default:
        explanation = rulebook::explain::explain_rule(evaluator_, rule, kOnlyRoot, as_of_);
    }
    return rulebook::explain::render_text(explanation);
}

} // namespace rulec::tool
