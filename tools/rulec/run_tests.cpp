#include "tools/rulec/run_tests.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "compiler/lower/lower.hpp"
#include "compiler/model/walk.hpp"
#include "runtime/credit/account_credit.hpp"
#include "runtime/explain/reads.hpp"
#include "runtime/interpret/readable.hpp"
#include "tools/rulec/test_account.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::NodeId;
using rulebook::plan::Plan;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;
using rulebook::trigger::Candidate;
using rulebook::trigger::Status;

// `never`, `at 2026-03-01T00:00:00Z, 2026-03-08T00:00:00Z`
std::string instants_in_words(const Plan& plan, const std::vector<std::int64_t>& instants) {
    std::string words;
    for (std::int64_t instant : instants) {
        words += words.empty() ? "at " : ", ";
        rulebook::interpret::append_readable(words, plan.schema, Type::of(TypeKind::Time),
                                             Value::of(instant));
    }
    return words.empty() ? "never" : words;
}

// Holds the expectations of one test against its account.
class TestJudge {
public:
    TestJudge(const model::Rulebook& book, const lower::TestPlan& lowered, TestAccount& account,
              Diagnostics& diagnostics)
        : book_(book), lowered_(lowered), plan_(lowered.plan), account_(account),
          diagnostics_(diagnostics) {}

    void judge(const model::Test& test, const std::vector<NodeId>& conditions) {
        for (std::size_t index = 0; index < test.expectations.size(); ++index) {
            const model::Expectation& expectation = test.expectations[index];
            span_ = expectation.span;
            condition_ = conditions[index];
            std::visit([this](const auto& node) { check(node); }, expectation.node);
        }
    }

    bool failed() const { return failed_; }
    std::vector<std::string> explanations() {
        std::vector<std::string> texts;
        for (std::uint32_t rule : to_explain_)
            texts.push_back(account_.explain(rule));
        return texts;
    }

private:
    template <class Code, class... Given>
    void fail(Given&&... given) {
        failed_ = true;
        diagnostics_.emit<Code>(span_, given...);
    }

    void check(const model::ExpectedCondition& expected) {
        Value value = account_.value(condition_);
        if (value.is_true())
            return;
        fail<RB6101>(value.known() ? "false" : rulebook::explain::cause_of(plan_, value));
        model::walk(book_, {expected.condition}, [this](const model::Expression& expression) {
            if (auto rule = model::rule_read(expression))
                to_explain_.insert(lowered_.rules[*rule]);
        });
    }

    std::vector<std::int64_t> instants(std::uint32_t rule, Status status) const {
        std::vector<std::int64_t> found;
        for (const Candidate& candidate : account_.candidates())
            if (candidate.rule == rule && candidate.status() == status)
                found.push_back(candidate.instant);
        std::ranges::sort(found);
        return found;
    }

    void check(const model::ExpectedFirings& expected) {
        std::uint32_t rule = lowered_.rules[expected.rule];
        const std::string& name = plan_.rules[rule].name;
        std::vector<std::int64_t> wanted = expected.instants;
        std::ranges::sort(wanted);
        switch (expected.expectation) {
        case model::ExpectedFiring::Fires:
        case model::ExpectedFiring::NeverFires: {
            std::vector<std::int64_t> fired = instants(rule, Status::Fired);
            if (fired == wanted)
                return;
            fail<RB6102>(name, instants_in_words(plan_, fired), instants_in_words(plan_, wanted));
            break;
        }
        case model::ExpectedFiring::FiresTimes: {
            std::vector<std::int64_t> fired = instants(rule, Status::Fired);
            if (std::cmp_equal(fired.size(), expected.times))
                return;
            fail<RB6102>(name, instants_in_words(plan_, fired),
                         fmt::format("{} time{}", expected.times, expected.times == 1 ? "" : "s"));
            break;
        }
        case model::ExpectedFiring::NeverSuppressed: {
            std::vector<std::int64_t> suppressed = instants(rule, Status::Suppressed);
            if (suppressed.empty())
                return;
            fail<RB6108>(name, instants_in_words(plan_, suppressed));
            break;
        }
        case model::ExpectedFiring::Control: {
            std::vector<std::int64_t> control = instants(rule, Status::Control);
            if (control == wanted)
                return;
            fail<RB6109>(name, instants_in_words(plan_, control), instants_in_words(plan_, wanted));
            break;
        }
        case model::ExpectedFiring::Suppressed: {
            std::vector<std::int64_t> suppressed = instants(rule, Status::Suppressed);
            if (std::ranges::includes(suppressed, wanted))
                return;
            for (std::int64_t instant : wanted)
                if (!std::ranges::binary_search(suppressed, instant))
                    fail<RB6103>(name, instants_in_words(plan_, {instant}).substr(3));
            break;
        }
        case model::ExpectedFiring::Pending: {
            std::vector<std::int64_t> pending;
            for (const auto& each : account_.pending())
                if (each.rule == rule)
                    pending.push_back(each.instant);
            std::ranges::sort(pending);
            if (pending == wanted)
                return;
            fail<RB6107>(name, instants_in_words(plan_, pending), instants_in_words(plan_, wanted));
            break;
        }
        }
        to_explain_.insert(rule);
    }

    // Per party, over all deals of the account.
    std::map<std::string, std::int64_t> amounts_given(std::uint32_t rule) const {
        std::map<std::string, std::int64_t> given;
        for (const auto& deal : account_.credits())
            if (deal.rule == rule && deal.credited())
                for (const auto& party : deal.division.parties)
                    given[party.party.name] += party.amount;
        return given;
    }

    // As results name the party.
    std::string name_of(const model::ExpectedAmount& amount, std::uint32_t rule) const {
        const auto& credit = plan_.credits[plan_.rules[rule].versions.front()];
        return amount.party.known() ? rulebook::credit::party_of(plan_, credit, amount.party).name
                                    : amount.party_name;
    }

    void check(const model::ExpectedCredit& expected) {
        const std::uint32_t rule = lowered_.rules[expected.rule];
        std::map<std::string, std::int64_t> wanted;
        for (const model::ExpectedAmount& amount : expected.amounts)
            wanted[name_of(amount, rule)] += amount.amount;
        std::map<std::string, std::int64_t> given = amounts_given(rule);
        // A party that gets nothing may be left out on either side.
        std::erase_if(given, [](const auto& one) { return one.second == 0; });
        std::map<std::string, std::int64_t> wanted_without_zero = wanted;
        std::erase_if(wanted_without_zero, [](const auto& one) { return one.second == 0; });
        if (given == wanted_without_zero)
            return;
        fail<RB6104>(plan_.rules[rule].name, amounts_in_words(given), amounts_in_words(wanted));
        to_explain_.insert(rule);
    }

    std::string amounts_in_words(const std::map<std::string, std::int64_t>& amounts) const {
        std::string words;
        for (const auto& [party, amount] : amounts) {
            words += words.empty() ? "" : ", ";
            words += party + " ";
            rulebook::interpret::append_readable(words, plan_.schema, Type::money(plan_.currency),
                                                 Value::of(amount));
        }
        return words.empty() ? "nothing" : words;
    }

    void check(const model::ExpectedFlags& expected) {
        std::uint32_t rule = lowered_.rules[expected.rule];
        std::set<std::string> flagged;
        for (const auto& deal : account_.credits()) {
            if (deal.rule != rule || !deal.credited())
                continue;
            const rulebook::plan::Credit& credit = plan_.credits[deal.version];
            if (!deal.unseen.empty())
                flagged.emplace(rulebook::plan::kNoWeightFlag);
            for (std::size_t flag = 0; flag < deal.flags.size(); ++flag)
                if (deal.flags[flag].is_true())
                    flagged.insert(credit.flags[flag].name);
        }
        for (const std::string& flag : expected.flags) {
            if (flagged.contains(flag) != expected.never)
                continue;
            if (expected.never)
                fail<RB6110>(plan_.rules[rule].name, flag);
            else
                fail<RB6105>(plan_.rules[rule].name, flag);
            to_explain_.insert(rule);
        }
    }

    const model::Rulebook& book_;
    const lower::TestPlan& lowered_;
    const Plan& plan_;
    TestAccount& account_;
    Diagnostics& diagnostics_;
    Span span_;
    NodeId condition_ = rulebook::plan::kNoNode;
    bool failed_ = false;
    std::set<std::uint32_t> to_explain_;
};

std::vector<std::size_t> in_source_order(const std::vector<model::Test>& tests) {
    std::vector<std::size_t> order(tests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t index) { return tests[index].span; });
    return order;
}

} // namespace

std::vector<TestOutcome> run_tests(const RulebookText& text, const Compilation& made,
                                   std::string_view filter, Diagnostics& diagnostics) {
    std::vector<TestOutcome> outcomes;
    const std::vector<model::Test>& tests = made.model.tests;
    if (tests.empty())
        return outcomes;
    lower::TestPlan lowered = lower::lower_tests(made.model, text.sources, diagnostics);
    auto prepared = PreparedTests::prepare(lowered.plan);
    if (!prepared) {
        diagnostics.emit<RB6106>(tests[0].span, prepared.error().message);
        return outcomes;
    }
    for (std::size_t index : in_source_order(tests)) {
        const model::Test& test = tests[index];
        if (test.name.find(filter) == std::string::npos)
            continue;
        TestOutcome outcome{test.name, test.span, false, test.expectations.size(), {}};
        if (auto account = TestAccount::evaluate(*prepared, test, lowered.rules)) {
            TestJudge judge(made.model, lowered, **account, diagnostics);
            judge.judge(test, lowered.conditions[index]);
            outcome.passed = !judge.failed();
            outcome.explanations = judge.explanations();
        } else {
            diagnostics.emit<RB6106>(test.span, account.error().message);
        }
        outcomes.push_back(std::move(outcome));
    }
    return outcomes;
}

} // namespace rulec::tool
