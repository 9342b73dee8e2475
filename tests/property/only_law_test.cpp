// A rule that is asked for alone gives what it gives among all: over random rulebooks and records.
// Alone, only the triggers run that it needs.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "runtime/engine/run.hpp"
#include "runtime/trigger/needed_triggers.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"

namespace rulebook::generator {
namespace {

std::size_t rulebooks() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 150 : static_cast<std::size_t>(std::atoi(wanted));
}

template <class Row>
std::vector<Row> of_rule(std::uint32_t rule, const std::vector<Row>& rows) {
    std::vector<Row> some;
    std::ranges::copy_if(rows, std::back_inserter(some),
                         [&](const Row& row) { return row.rule == rule; });
    return some;
}

engine::Results results_of(const plan::Plan& plan, const data::Dataset& dataset,
                           std::vector<std::string> only) {
    engine::RunOptions options;
    options.as_of = kLastInstant;
    options.only = std::move(only);
    return engine::run(plan, dataset, options).value();
}

// Of what there is to see, so that the law does not hold of nothing.
struct Seen {
    std::size_t firings = 0, by_asking = 0, not_run = 0;
};

void check_rule(const plan::Plan& plan, const data::Dataset& dataset, const engine::Results& all,
                std::uint32_t rule, Seen& seen) {
    const engine::Results alone = results_of(plan, dataset, {plan.rules[rule].name});
    EXPECT_EQ(alone.fits, of_rule(rule, all.fits));
    EXPECT_EQ(alone.decisions, of_rule(rule, all.decisions));
    EXPECT_EQ(alone.tables, of_rule(rule, all.tables));
    EXPECT_EQ(alone.firings, of_rule(rule, all.firings));
    EXPECT_EQ(alone.trigger_counts, of_rule(rule, all.trigger_counts));
    EXPECT_EQ(alone.credits, of_rule(rule, all.credits));
    EXPECT_EQ(alone.uncredited, of_rule(rule, all.uncredited));
    EXPECT_EQ(alone.flags, of_rule(rule, all.flags));
    seen.firings += alone.firings.size();
    const auto run = trigger::needed_triggers(plan, std::span(&rule, 1)).size();
    seen.not_run += all.trigger_counts.size() - run;
    const bool is_trigger = plan.rules[rule].kind == plan::RuleKind::Trigger;
    seen.by_asking += run > (is_trigger ? 1U : 0U) ? 1 : 0;
}

TEST(Only, ARuleAloneGivesWhatItGivesAmongAll) {
    Seen seen;
    for (std::size_t seed = 1; seed <= rulebooks() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const std::string text = random_rulebook(random);
        const plan::Plan plan = compiled(text);
        const data::Dataset dataset = dataset_of(plan.schema, random_input(random, plan.schema, 8));
        const engine::Results all = results_of(plan, dataset, {});
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
            SCOPED_TRACE(plan.rules[rule].name);
            check_rule(plan, dataset, all, rule, seen);
        }
    }
    std::cout << seen.firings << " firings; triggers that were not run for a rule: " << seen.not_run
              << "; rules that others were run for: " << seen.by_asking << '\n';
    EXPECT_GT(seen.firings, 5 * rulebooks());
    EXPECT_GT(seen.not_run, 5 * rulebooks());
    EXPECT_GT(seen.by_asking, rulebooks());
}

} // namespace
} // namespace rulebook::generator
