// A run that looks for triggers in the columns of many accounts gives what a run account by account
// gives: over random rulebooks and records, at instants among the events.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {
namespace {

std::size_t rulebooks() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 200 : static_cast<std::size_t>(std::atoi(wanted));
}

plan::Plan compiled(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    return rulec::tool::compile_rulebook(rulebook, diagnostics).plan.value();
}

// Of what there is to see, so that the law does not hold of nothing.
struct Seen {
    std::size_t scanned = 0, not_scanned = 0, firings = 0, pending = 0, compiled = 0, becoming = 0;
};

void count(const plan::Plan& plan, const engine::Results& results, Seen& seen) {
    std::vector<std::uint32_t> triggers;
    for (const engine::TriggerCounts& each : results.trigger_counts)
        triggers.push_back(each.rule);
    const auto shapes = scan::ScanShapes::prepare(plan, triggers);
    seen.scanned += shapes->scans().size();
    seen.not_scanned += shapes->others().size();
    for (const engine::TriggerCounts& each : results.trigger_counts)
        if (shapes->triggers().rule(each.rule) != nullptr) {
            seen.firings += each.fired + each.suppressed + each.control;
            seen.pending += each.pending;
        }
}

std::vector<std::uint32_t> triggers_of(const plan::Plan& plan) {
    std::vector<std::uint32_t> triggers;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].kind == plan::RuleKind::Trigger)
            triggers.push_back(rule);
    return triggers;
}

void expect_equal(const engine::Results& one, const engine::Results& other) {
    EXPECT_EQ(one.firings, other.firings);
    EXPECT_EQ(one.trigger_counts, other.trigger_counts);
    EXPECT_TRUE(one == other);
}

TEST(Scan, GivesWhatAccountByAccountGives) {
    Seen seen;
    for (std::size_t seed = 1; seed <= rulebooks() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const plan::Plan plan = compiled(random_rulebook(random));
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, 12));
        engine::RunOptions options;
        for (const std::int64_t as_of :
             {kLastInstant, kLastInstant - random.between(1, 400) * kMicrosecondsPerDay}) {
            options.as_of = as_of;
            options.scan = false;
            const auto alone = engine::run(plan, dataset, options);
            options.scan = true;
            const auto scanned = engine::run(plan, dataset, options);
            ASSERT_TRUE(alone && scanned);
            expect_equal(*alone, *scanned);
            const auto code = rulec::codegen::compile_triggers(plan, {as_of, triggers_of(plan)},
                                                               rulec::codegen::Optimization::None);
            ASSERT_TRUE(code) << code.error().message;
            options.trigger_code = [&] { return &*code; };
            const auto native = engine::run(plan, dataset, options);
            options.trigger_code = {};
            ASSERT_TRUE(native);
            expect_equal(*alone, *native);
            seen.compiled += code->conditions.size();
            seen.becoming += code->becomes.size();
            count(plan, *scanned, seen);
        }
    }
    std::cout << seen.scanned << " triggers scanned, " << seen.not_scanned << " not; "
              << seen.firings << " firings, " << seen.pending << " pending; " << seen.compiled
              << " triggers with compiled conditions\n";
    EXPECT_GT(seen.scanned, rulebooks());
    EXPECT_GT(seen.not_scanned, rulebooks());
    EXPECT_GT(seen.firings, 2 * rulebooks());
    EXPECT_GT(seen.pending, rulebooks() / 10);
    EXPECT_GT(seen.compiled, rulebooks());
    EXPECT_GT(seen.becoming, rulebooks() / 8);
}

} // namespace
} // namespace rulebook::generator
