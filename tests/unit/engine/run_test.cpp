#include "runtime/engine/run.hpp"

#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/engine/hindsight.hpp"
#include "runtime/plan/validate.hpp"
#include "tests/unit/engine/small_rulebook.hpp"

namespace rulebook::testing {
namespace {

using engine::Results;
using engine::RunOptions;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SmallRecord::Kind kAccount = SmallRecord::Kind::Account;
constexpr SmallRecord::Kind kEvent = SmallRecord::Kind::Event;
constexpr SmallRecord::Kind kDeal = SmallRecord::Kind::Deal;

// Account 0: a fit whose deal is credited to two parties. Account 1: inactive, its deal not
// credited.
std::vector<SmallRecord> two_accounts() {
    return {{kAccount,
             0,
             {{"employees", integer(200)}, {"revenue", integer(9000)}, {"active", truth(true)}}},
            {kEvent, 0, {{"at", integer(at("2026-03-01"))}, {"name", text("ask")}}},
            {kEvent, 0, {{"at", integer(at("2026-03-02"))}, {"name", text("ask")}}},
            {kEvent, 0, {{"at", integer(at("2026-03-03"))}, {"name", text("call")}}},
            {kDeal,
             0,
             {{"id", text("d1")},
              {"created_at", integer(at("2026-03-02"))},
              {"closed_at", integer(at("2026-03-10"))},
              {"status", integer(1)},
              {"amount", integer(100'00)}}},
            {kAccount, 1, {{"employees", integer(20)}, {"active", truth(false)}}},
            {kDeal,
             1,
             {{"id", text("d2")},
              {"created_at", integer(at("2026-03-02"))},
              {"status", integer(1)},
              {"amount", integer(7'00)}}}};
}

class RunTest : public ::testing::Test {
protected:
    SmallRulebook rulebook;

    Results run(const std::vector<SmallRecord>& records, const RunOptions& options = {}) {
        EXPECT_EQ(plan::validate(rulebook.plan), std::nullopt);
        dataset_ = std::make_unique<data::Dataset>(dataset_of(rulebook, records));
        auto results = engine::run(rulebook.plan, *dataset_, options);
        EXPECT_TRUE(results.has_value()) << results.error().message;
        return results ? *std::move(results) : Results{};
    }
    const data::Dataset& dataset() const { return *dataset_; }

private:
    std::unique_ptr<data::Dataset> dataset_;
};

TEST_F(RunTest, GivesFitsDecisionsAndTablesPerAccount) {
    const Results results = run(two_accounts());
    EXPECT_THAT(results.accounts, ElementsAre(0, 1));
    EXPECT_EQ(results.as_of, at("2026-03-10"));
    ASSERT_EQ(results.fits.size(), 1U);
    const engine::FitColumns& fit = results.fits[0];
    EXPECT_THAT(fit.score, ElementsAre(points(45), 0));
    EXPECT_THAT(fit.tier, ElementsAre(4, 0));
    EXPECT_THAT(fit.out, ElementsAre(0, 1));
    EXPECT_THAT(fit.unknowns, ElementsAre(0, 1)) << "the second one's revenue is missing";
    EXPECT_TRUE(fit.hit(0, 0) && fit.hit(0, 1) && fit.hit(0, 2));
    EXPECT_FALSE(fit.hit(1, 0) || fit.hit(1, 1) || fit.hit(1, 2));
    EXPECT_THAT(results.decisions[0].value, ElementsAre(text("sales"), text("self")));
    EXPECT_THAT(results.decisions[0].clause, ElementsAre(1, 2));
    ASSERT_EQ(results.tables.size(), 2U);
    EXPECT_FALSE(results.tables[0].outputs[0].known());
    EXPECT_THAT(results.tables[0].rows, IsEmpty());
    EXPECT_EQ(results.tables[1].outputs[0], integer(100'000));
}

TEST_F(RunTest, GivesFiringsWithTheirStatus) {
    const Results results = run(two_accounts());
    ASSERT_EQ(results.firings.size(), 2U);
    EXPECT_EQ(results.firings[0].status, trigger::Status::Fired);
    EXPECT_EQ(results.firings[0].instant, at("2026-03-01"));
    EXPECT_EQ(results.firings[0].message, "Asked");
    EXPECT_EQ(results.firings[1].status, trigger::Status::Suppressed);
    EXPECT_EQ(results.firings[1].verdict, trigger::Verdict::Cooldown);
    EXPECT_NE(results.firings[0].identity, results.firings[1].identity);
    const engine::TriggerCounts expected{
        .rule = SmallRulebook::kAsked, .fired = 1, .suppressed = 1};
    EXPECT_THAT(results.trigger_counts, ElementsAre(expected));
}

TEST_F(RunTest, GivesCreditsAndWhatIsNotCredited) {
    const Results results = run(two_accounts());
    ASSERT_EQ(results.credits.size(), 2U);
    EXPECT_EQ(results.credits[0].party, "ask");
    EXPECT_EQ(results.credits[0].amount, 66'67);
    EXPECT_EQ(results.credits[0].share, 666'667);
    EXPECT_EQ(results.credits[0].model, "equal") << "the trigger fired before the close";
    EXPECT_EQ(results.credits[0].touches.size(), 2U);
    EXPECT_EQ(results.credits[1].amount, 33'33);
    ASSERT_EQ(results.uncredited.size(), 1U);
    EXPECT_EQ(results.uncredited[0].amount, 7'00);
    EXPECT_EQ(results.uncredited[0].cause,
              "whether the rule is for it is unknown: status is unknown: `closed_at` is missing, "
              "which says since when it is known");
    EXPECT_THAT(results.flags, IsEmpty()) << "$100.00 is not below $100.00";
}

TEST_F(RunTest, OnlyReportsTheSelectedRules) {
    const Results results = run(
        two_accounts(), {.as_of = {}, .only = {"route", "shares"}, .threads = 1, .progress = {}});
    EXPECT_THAT(results.fits, IsEmpty());
    EXPECT_THAT(results.tables, IsEmpty());
    EXPECT_THAT(results.firings, IsEmpty());
    EXPECT_THAT(results.trigger_counts, IsEmpty());
    EXPECT_THAT(results.decisions[0].value, ElementsAre(text("sales"), text("self")));
    EXPECT_EQ(results.credits.at(0).model, "equal") << "the trigger is evaluated for it";
}

TEST_F(RunTest, ARuleThatDoesNotExistIsAnError) {
    const data::Dataset dataset = dataset_of(rulebook, two_accounts());
    const auto results = engine::run(rulebook.plan, dataset,
                                     {.as_of = {}, .only = {"icpp"}, .threads = 1, .progress = {}});
    ASSERT_FALSE(results.has_value());
    EXPECT_EQ(results.error().code, "run.no_rule");
    EXPECT_EQ(results.error().help, "the rules are: icp, route, offer, asked, shares");
}

TEST_F(RunTest, NothingAfterAsOfCounts) {
    const Results results =
        run(two_accounts(), {.as_of = at("2026-03-01"), .only = {}, .threads = 1, .progress = {}});
    EXPECT_EQ(results.firings.size(), 1U);
    EXPECT_THAT(results.credits, IsEmpty());
    EXPECT_THAT(results.uncredited, IsEmpty());
    EXPECT_EQ(results.fits[0].score[0], points(43)) << "one event, of today";
}

TEST_F(RunTest, NoVersionInForceLeavesTheColumnsEmpty) {
    rulebook.plan.fits[0].effective.from = at("2027-01-01");
    const Results results = run(two_accounts());
    EXPECT_EQ(results.fits[0].version, std::nullopt);
    EXPECT_THAT(results.fits[0].score, IsEmpty());
    EXPECT_THAT(results.decisions[0].value, ElementsAre(text("self"), text("self")));
}

TEST_F(RunTest, FiringsOfAsOfT1AreThoseOfT2UpToT1) { // G3
    std::mt19937 random(7);
    const auto records = random_records(random, 200);
    const auto later = run(records).firings;
    for (const auto* instant : {"2026-03-10", "2026-03-20T12:00:00Z"}) {
        const std::int64_t as_of = at(instant);
        std::vector<engine::Firing> expected;
        std::ranges::copy_if(later, std::back_inserter(expected),
                             [&](const auto& firing) { return firing.instant <= as_of; });
        EXPECT_EQ(run(records, {.as_of = as_of, .only = {}, .threads = 1, .progress = {}}).firings,
                  expected);
        EXPECT_FALSE(expected.empty());
    }
}

TEST_F(RunTest, CreditedAndListedDealsAreAllThatAreClosed) {
    std::mt19937 random(8);
    const Results results = run(random_records(random, 300));
    const plan::EntityIndex deals = rulebook.entity("deal");
    const auto field = [&](data::RowIndex deal, const char* path) {
        return dataset().value(deals, deal, rulebook.field_index(path));
    };
    std::set<data::RowIndex> expected;
    std::int64_t expected_sum = 0;
    for (data::RowIndex deal = 0; deal < dataset().size(deals); ++deal) {
        const Value closed = field(deal, "deal.closed_at");
        const Value created = field(deal, "deal.created_at");
        const bool open_for_ever = !closed.known() && field(deal, "deal.status") == integer(0);
        if (created.integer() > *results.as_of || open_for_ever ||
            (closed.known() && field(deal, "deal.status") != integer(1)))
            continue;
        expected.insert(deal);
        expected_sum += field(deal, "deal.amount").integer();
    }
    std::set<data::RowIndex> found;
    std::int64_t sum = 0;
    for (const auto& credit : results.credits) {
        found.insert(credit.deal.row);
        sum += credit.amount;
    }
    for (const auto& deal : results.uncredited) {
        EXPECT_TRUE(found.insert(deal.deal.row).second);
        sum += deal.amount.value();
    }
    EXPECT_EQ(found, expected);
    EXPECT_EQ(sum, expected_sum);
    EXPECT_FALSE(results.uncredited.empty());
    EXPECT_FALSE(results.flags.empty());
}

TEST_F(RunTest, ThreadsDoNotShowInTheResults) {
    std::mt19937 random(9);
    const auto records = random_records(random, 1'500);
    const Results alone = run(records);
    std::size_t reported = 0;
    const Results together = run(
        records,
        {.as_of = {}, .only = {}, .threads = 4, .progress = [&](std::size_t done, std::size_t all) {
             EXPECT_GT(done, reported);
             EXPECT_EQ(all, 1'500U);
             reported = done;
         }});
    EXPECT_EQ(reported, 1'500U);
    EXPECT_EQ(together, alone);
    EXPECT_GT(alone.firings.size(), 100U);
}

// What was observed of accounts alone adds up to the whole; those that are left out are nowhere.
TEST_F(RunTest, SomeAccountsAloneGiveWhatTheyGiveAmongAll) {
    std::mt19937 random(10);
    const auto records = random_records(random, 400);
    const data::Dataset dataset = dataset_of(rulebook, records);
    std::vector<bool> among;
    for (std::size_t i = 0; i < 400; ++i)
        among.push_back(i % 3 == 0);
    engine::RunOptions options;
    options.threads = 4;
    std::vector<std::size_t> observed(400), credits(400);
    options.observe = [&](engine::AccountIndex account, const Results& alone) {
        ++observed[account];
        credits[account] = alone.credits.size();
    };
    const auto all = engine::run(rulebook.plan, dataset, options);
    ASSERT_TRUE(all);
    EXPECT_THAT(observed, Each(1U));
    EXPECT_EQ(std::accumulate(credits.begin(), credits.end(), std::size_t{0}), all->credits.size());
    options.among = &among;
    const auto some = engine::run(rulebook.plan, dataset, options);
    ASSERT_TRUE(some);
    EXPECT_EQ(std::accumulate(observed.begin(), observed.end(), std::size_t{0}), 400U + 134U);
    std::vector<engine::Firing> expected;
    std::ranges::copy_if(all->firings, std::back_inserter(expected),
                         [&](const auto& firing) { return among[firing.account]; });
    EXPECT_EQ(some->firings, expected);
    EXPECT_GT(expected.size(), 30U);
    EXPECT_EQ(some->accounts.size(), 134U);
}

TEST_F(RunTest, WithoutAccountsThereIsNothing) {
    const Results results = run({});
    EXPECT_THAT(results.accounts, IsEmpty());
    EXPECT_EQ(results.as_of, std::nullopt);
    EXPECT_THAT(results.credits, IsEmpty());
}

TEST_F(RunTest, WithoutAnyInstantARuleThatReadsTimeNeedsOne) {
    const std::vector<SmallRecord> timeless{{kAccount, 0, {{"employees", integer(200)}}}};
    EXPECT_EQ(run(timeless).as_of, std::nullopt);
    rulebook.as_of();
    const data::Dataset dataset = dataset_of(rulebook, timeless);
    const auto results = engine::run(rulebook.plan, dataset, {});
    ASSERT_FALSE(results.has_value());
    EXPECT_EQ(results.error().code, "run.as_of");
    EXPECT_EQ(run(timeless, {.as_of = 5, .only = {}, .threads = 1, .progress = {}}).as_of, 5);
}

TEST_F(RunTest, HindsightNamesTheUntrackedFields) { // T4
    EXPECT_THAT(engine::hindsight_fields(rulebook.plan, SmallRulebook::kAsked),
                ElementsAre("employees"));
    EXPECT_THAT(engine::hindsight_fields(rulebook.plan, SmallRulebook::kRoute),
                ElementsAre("active", "employees", "revenue"));
    EXPECT_THAT(engine::hindsight_fields(rulebook.plan, SmallRulebook::kShares), IsEmpty());
}

} // namespace
} // namespace rulebook::testing
