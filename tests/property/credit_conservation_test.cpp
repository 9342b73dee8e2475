// Every deal that a credit rule is about is credited once or listed once with its cause, and what
// is credited is its amount: over random rulebooks and records, by a plain walk over the deals.
#include <algorithm>
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "runtime/engine/credit_comparison.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/interpret/records.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"

namespace rulebook::generator {
namespace {

std::size_t cases() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 300 : static_cast<std::size_t>(std::atoi(wanted));
}

using DealKey = std::pair<plan::EntityIndex, interpret::RowIndex>;

// What results say of one deal.
struct Said {
    std::size_t listed = 0;
    std::optional<std::int64_t> listed_amount{};
    std::size_t parties = 0;
    std::int64_t credited = 0;
    std::int64_t at = 0;
    std::uint32_t version = 0;
};

// Sums in minor units of one rule.
struct Sums {
    std::int64_t deals = 0, credited = 0, listed = 0;
    std::size_t deals_count = 0, credited_count = 0, listed_count = 0;
};

class Walk {
public:
    Walk(const plan::Plan& plan, const data::Dataset& dataset, const engine::Results& results)
        : plan_(plan), dataset_(dataset), results_(results),
          prepared_(interpret::PreparedPlan::prepare(plan).value()),
          evaluator_(prepared_, dataset) {}

    void check(std::uint32_t rule) {
        hear(rule);
        for (interpret::RowIndex root = 0; root < dataset_.size(plan_.schema.root); ++root)
            check_account(rule, root);
        for (const auto& [deal, said] : said_)
            ADD_FAILURE() << "deal " << deal.second << " is no deal of the rule";
        EXPECT_EQ(sums.credited + sums.listed, sums.deals);
        EXPECT_EQ(sums.credited_count + sums.listed_count, sums.deals_count);
    }

    Sums sums;

private:
    void hear(std::uint32_t rule) {
        said_.clear();
        for (const engine::PartyCredit& each : results_.credits) {
            if (each.rule != rule)
                continue;
            Said& said = said_[{each.deal.entity, each.deal.row}];
            ++said.parties;
            said.credited += each.amount;
            said.at = each.at;
            said.version = each.version;
            std::int64_t over_touches = 0;
            for (const engine::TouchCredit& touch : each.touches)
                over_touches += touch.amount;
            EXPECT_TRUE(each.touches.empty() || over_touches == each.amount);
        }
        for (const engine::UncreditedDeal& each : results_.uncredited)
            if (each.rule == rule) {
                Said& said = said_[{each.deal.entity, each.deal.row}];
                ++said.listed;
                said.listed_amount = each.amount;
            }
    }

    void check_account(std::uint32_t rule, interpret::RowIndex root) {
        fired_ = [this, root](std::uint32_t trigger, std::int64_t instant) {
            std::optional<std::int64_t> last;
            for (const engine::Firing& firing : results_.firings)
                if (firing.account == root && firing.rule == trigger &&
                    firing.status == trigger::Status::Fired && firing.instant <= instant)
                    last = std::max(last.value_or(firing.instant), firing.instant);
            return last;
        };
        const interpret::Records records(plan_.schema, dataset_);
        for (const std::uint32_t version : plan_.rules[rule].versions) {
            const plan::Credit& credit = plan_.credits[version];
            const data::RowRange rows = dataset_.children(credit.deals, root);
            for (interpret::RowIndex deal = rows.first; deal < rows.last; ++deal)
                if (records.visible({credit.deals, deal}, *results_.as_of))
                    check_deal(credit, root, deal);
        }
    }

    plan::Value value(plan::NodeId node, const plan::Credit& credit, interpret::RowIndex root,
                      interpret::RowIndex deal, std::int64_t instant) {
        const std::array frames = {interpret::Record{plan_.schema.root, root},
                                   interpret::Record{credit.deals, deal}};
        interpret::RowContext row;
        row.instant = instant;
        row.frames = frames;
        row.deal = deal;
        row.fired = &fired_;
        return evaluator_.evaluate(node, row);
    }

    // Random rulebooks have one version of a rule: nothing is out of force.
    void check_deal(const plan::Credit& credit, interpret::RowIndex root,
                    interpret::RowIndex deal) {
        const std::int64_t as_of = *results_.as_of;
        const plan::Value judged = value(credit.deal_where, credit, root, deal, as_of);
        const plan::Value at = value(credit.at, credit, root, deal, as_of);
        if (judged.is_false() || (judged.is_true() && at.known() && at.integer() > as_of))
            return; // what is said of it stays, and is a failure
        const bool due = judged.is_true() && at.known();
        const plan::Value amount =
            value(credit.divide, credit, root, deal, due ? at.integer() : as_of);
        const Said said = said_[{credit.deals, deal}];
        said_.erase({credit.deals, deal});
        ++sums.deals_count;
        sums.deals += amount.known() ? amount.integer() : 0;
        const bool credited = due && amount.known();
        EXPECT_EQ(said.listed, credited ? 0U : 1U);
        EXPECT_EQ(said.parties > 0, credited);
        if (credited) {
            EXPECT_EQ(said.credited, amount.integer());
            EXPECT_EQ(said.at, at.integer());
            ++sums.credited_count;
            sums.credited += said.credited;
        } else {
            EXPECT_EQ(said.listed_amount.has_value(), amount.known());
            ++sums.listed_count;
            sums.listed += said.listed_amount.value_or(0);
        }
    }

    const plan::Plan& plan_;
    const data::Dataset& dataset_;
    const engine::Results& results_;
    interpret::PreparedPlan prepared_;
    interpret::Evaluator evaluator_;
    interpret::FiredLookup fired_;
    std::map<DealKey, Said> said_;
};

// Under every model the parties get what the deals are worth; the rule as it is written is what a
// run credits.
void check_comparison(const plan::Plan& plan, const data::Dataset& dataset,
                      const engine::RunOptions& options, const engine::Results& results) {
    auto with_threads = options;
    with_threads.threads = 3;
    const auto compared = engine::compare_credit(plan, dataset, with_threads);
    ASSERT_TRUE(compared.has_value());
    std::map<std::pair<std::uint32_t, std::string>, Int128> credited; // by rule and party
    for (const engine::PartyCredit& each : results.credits)
        credited[{each.rule, each.party}] += each.amount;
    for (const engine::CreditComparison& each : *compared) {
        for (std::size_t model = 0; model < each.models.size(); ++model) {
            Int128 all = 0;
            Int128 won = 0;
            for (const engine::ComparedParty& party : each.parties) {
                const Int128 amount = party.by_model[model].amount;
                const Int128 change = amount - party.by_model[0].amount;
                all += amount;
                won += change > 0 ? change : 0;
            }
            EXPECT_TRUE(all == each.amount) << each.models[model].name;
            EXPECT_TRUE(each.models[model].moved >= won) << each.models[model].name;
        }
        for (const engine::ComparedParty& party : each.parties) {
            EXPECT_TRUE((credited[{each.rule, party.party.name}] == party.by_model[0].amount));
            credited.erase({each.rule, party.party.name});
        }
        EXPECT_TRUE(each.models[0].moved == 0);
        EXPECT_GE(each.models.size(), 7U);
    }
    EXPECT_TRUE(credited.empty());
}

TEST(Credit, GivesOrListsEveryDealOnce) {
    Sums seen;
    for (std::size_t seed = 1; seed <= cases() && !HasFailure(); ++seed) {
        Randomness random(seed);
        const std::string text = random_rulebook(random);
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + text);
        const plan::Plan plan = compiled(text);
        const auto records = random_input(random, plan.schema, 8);
        const data::Dataset dataset = dataset_of(plan.schema, records);
        engine::RunOptions options;
        options.as_of = kFirstInstant + random.between(20, 276) * kDay / 4;
        const auto results = engine::run(plan, dataset, options);
        ASSERT_TRUE(results.has_value());
        check_comparison(plan, dataset, options, *results);
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
            if (plan.rules[rule].kind != plan::RuleKind::Credit)
                continue;
            Walk walk(plan, dataset, *results);
            walk.check(rule);
            seen.credited_count += walk.sums.credited_count;
            seen.listed_count += walk.sums.listed_count;
        }
    }
    std::cout << seen.credited_count << " deals credited, " << seen.listed_count << " listed\n";
    EXPECT_GT(seen.credited_count, cases() / 2);
    EXPECT_GT(seen.listed_count, cases() / 10);
}

} // namespace
} // namespace rulebook::generator
