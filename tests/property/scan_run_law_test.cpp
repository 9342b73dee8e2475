// A run that looks for triggers in the columns of many accounts gives what a run account by account
// gives: over random rulebooks and records, at instants among the events. So does one with compiled
// code, made in the process or loaded from a file. In some rulebooks there are several pieces of
// accounts; in some one account has more events than a word of a plane has bits.
#include <algorithm>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tests/differential/engine.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"

namespace rulebook::generator {
namespace {

// Linking takes its time.
constexpr std::size_t kOneOfLoaded = 15;

std::size_t rulebooks() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 200 : static_cast<std::size_t>(std::atoi(wanted));
}

// Of what there is to see, so that the law does not hold of nothing.
struct Seen {
    std::size_t scanned = 0, not_scanned = 0, firings = 0, pending = 0;
    std::size_t compiled = 0, becoming = 0, loaded = 0;
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

void expect_equal(const engine::Results& one, const engine::Results& other) {
    EXPECT_EQ(one.firings, other.firings);
    EXPECT_EQ(one.trigger_counts, other.trigger_counts);
    EXPECT_TRUE(one == other);
}

// By what a file of native code has for rules and triggers.
void expect_equal_from_file(const plan::Plan& plan, const data::Dataset& dataset,
                            engine::RunOptions options, const engine::Results& expected,
                            Seen& seen) {
    rulec::codegen::Request request;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        request.rules.push_back(rule);
    const auto library = differential::loaded(plan, request);
    ASSERT_TRUE(library) << library.error().message;
    options.native = [&] { return library->code_at(*options.as_of); };
    options.trigger_code = [&] { return &library->triggers; };
    const auto found = engine::run(plan, dataset, options);
    ASSERT_TRUE(found);
    expect_equal(expected, *found);
    seen.loaded += library->triggers.conditions.size();
}

TEST(Scan, GivesWhatAccountByAccountGives) {
    Seen seen;
    for (std::size_t seed = 1; seed <= rulebooks() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const plan::Plan plan = compiled(random_rulebook(random));
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, seed % 20 == 0 ? 600 : 12,
                                                 {.crowd = random.one_in(2) ? 150U : 0U}));
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
            if (seed % kOneOfLoaded == 0)
                expect_equal_from_file(plan, dataset, options, *alone, seen);
            count(plan, *scanned, seen);
        }
    }
    std::cout << seen.scanned << " triggers scanned, " << seen.not_scanned << " not; "
              << seen.firings << " firings, " << seen.pending << " pending; " << seen.compiled
              << " triggers with compiled conditions, " << seen.loaded << " from files\n";
    EXPECT_GT(seen.scanned, rulebooks());
    EXPECT_GT(seen.not_scanned, rulebooks() / 10);
    EXPECT_GT(seen.firings, 2 * rulebooks());
    EXPECT_GT(seen.pending, rulebooks() / 10);
    EXPECT_GT(seen.compiled, rulebooks());
    EXPECT_GT(seen.becoming, rulebooks() / 8);
    EXPECT_GT(seen.loaded, rulebooks() / kOneOfLoaded / 3);
}

// Accounts that have as many events each, one every hour.
std::vector<InputRecord> hourly_events(Randomness& random, std::size_t accounts,
                                       std::size_t events) {
    constexpr std::int64_t kHour = kMicrosecondsPerDay / 24;
    const auto number = [&] { return plan::Value::of(random.between(0, 3)); };
    std::vector<InputRecord> records;
    for (std::size_t i = 0; i < accounts; ++i) {
        const plan::Value key = plan::Value::of("a" + std::to_string(10'000 + i));
        records.push_back({"accounts", 0, false, {{key, number()}, {}, "accounts", i + 1}});
        for (std::size_t j = 0; j < events; ++j) {
            const plan::Value instant =
                plan::Value::of(kFirstInstant + static_cast<std::int64_t>(i + j) * kHour);
            records.push_back(
                {"events", 1, false, {{instant, number()}, key, "events", i * events + j + 1}});
        }
    }
    return records;
}

// More candidates of one trigger in a piece than compiled code is asked about at a time; several
// pieces, with signals that are compiled.
TEST(Scan, AsksAboutManyCandidates) {
    constexpr std::size_t kAccounts = 600;
    constexpr std::size_t kEvents = 15;
    const plan::Plan plan = compiled(R"(
rulebook many { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  seats : int }
entity event of account as events ordered by at { at : time  value : int }
signal seen = events where value >= account.seats
signal any_event = events
trigger much_at_a_time {
  owner sales
  on any_event
  when sum(events.value in last 2 hours) > 3
  each time
}
trigger seen_by_many { owner sales  on seen  when account.seats > 0  each time }
trigger of_high_value { owner sales  on any_event  when event.value > account.seats  each time }
)");
    Randomness random(1);
    const data::Dataset dataset =
        dataset_of(plan.schema, hourly_events(random, kAccounts, kEvents));
    engine::RunOptions options;
    options.as_of = kLastInstant;
    const auto interpreted = engine::run(plan, dataset, options);
    const auto code = rulec::codegen::compile_triggers(plan, {kLastInstant, triggers_of(plan)},
                                                       rulec::codegen::Optimization::None);
    ASSERT_TRUE(code) << code.error().message;
    ASSERT_EQ(code->conditions.size(), 2);
    ASSERT_EQ(code->signals.size(), 1);
    options.trigger_code = [&] { return &*code; };
    const auto native = engine::run(plan, dataset, options);
    ASSERT_TRUE(interpreted && native);
    expect_equal(*interpreted, *native);
    for (const engine::TriggerCounts& counts : native->trigger_counts) {
        EXPECT_GT(counts.fired, kAccounts);
        EXPECT_GT(counts.when_false, kAccounts / 2);
    }
    const engine::TriggerCounts& counts = native->trigger_counts.at(0);
    EXPECT_EQ(counts.fired + counts.when_false, kAccounts * kEvents);
}

} // namespace
} // namespace rulebook::generator
