// Patterns that columns are gone over for, and whose condition compiled code answers for all of
// their matches before it is known which of them use up events: over random patterns, conditions
// and records, as a run account by account. Conditions change from instant to instant and may be
// unknown; in some rulebooks code is there for a part of the instants, some triggers are not in
// force all the time, and in some data events stand before the account's origin.
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include <fmt/format.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/engine/run.hpp"
#include "tests/generator/records.hpp"
#include "tests/property/compiled_rulebook.hpp"

namespace rulebook::generator {
namespace {

constexpr std::size_t kTriggers = 6;
constexpr std::int64_t kHour = kMicrosecondsPerDay / 24;

constexpr std::string_view kHead = R"(
rulebook answered { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  signed_up_at : time origin  limit : int? }
entity event of account as events ordered by at { at : time  value : int }
signal low = events where value in (0, 1)
signal high = events where value in (1, 2)
signal any_event = events
fit warmth until 2026-02-21 { owner sales  points 1 when count(events in last 3 hours) >= 2 }
fit warmth from 2026-02-21 { owner sales  points 1 when count(events in last 5 hours) <= 2 }
policy seldom { owner sales  suppress when limit is 1  at most 2 per 12 hours }
)";

std::string pattern(Randomness& random) {
    const std::string within =
        random.one_in(2) ? "" : fmt::format(" within {} hours", random.between(1, 9));
    switch (random.below(5)) {
    case 0:
        return std::string(random.pick({"low", "any_event", "(low or high)"}));
    case 1:
        return "low then high" + within;
    case 2:
        return "low and high" + within;
    default:
        return fmt::format("{} {} times{}", random.pick({"low", "any_event"}), random.between(2, 3),
                           within);
    }
}

std::string condition(Randomness& random) {
    switch (random.below(5)) {
    case 0:
        return "limit > 2";
    case 1:
        return fmt::format("max(events.value in last {} hours) < limit", random.between(1, 3));
    case 2:
        return "warmth.score > 0";
    default:
        return fmt::format("count(events in last {} hours) {} {}", random.between(1, 9),
                           random.pick({">=", "<", "is"}), random.between(1, 4));
    }
}

std::string rulebook(Randomness& random) {
    std::string text(kHead);
    for (std::size_t i = 0; i < kTriggers; ++i) {
        text += fmt::format("trigger moment_{}{} {{\n  owner sales\n", i,
                            random.one_in(5) ? " from 2026-02-20T12:00:00Z" : "");
        if (random.one_in(3))
            text += "  policy seldom\n";
        text += fmt::format("  on {}\n  when {}\n", pattern(random), condition(random));
        if (random.one_in(3))
            text += fmt::format("  unless {}\n", condition(random));
        text += fmt::format("  {}\n}}\n", random.pick({"each time", "each time", "once",
                                                       "cooldown 4 hours", "at most 2 per 1 day"}));
    }
    return text;
}

// Events an hour or several apart, some at one instant.
std::vector<InputRecord> events_of_two_days(Randomness& random, std::size_t accounts) {
    const bool some_before_origin = random.one_in(3);
    std::vector<InputRecord> records;
    for (std::size_t i = 0; i < accounts; ++i) {
        const plan::Value key = plan::Value::of("a" + std::to_string(1'000 + i));
        const std::int64_t origin =
            kFirstInstant + (some_before_origin && random.one_in(4) ? 6 * kHour : 0);
        records.push_back(
            {"accounts",
             0,
             false,
             {{key, plan::Value::of(origin),
               random.one_in(3) ? plan::Value() : plan::Value::of(random.between(0, 4))},
              {},
              "accounts",
              i + 1}});
        std::int64_t at = kFirstInstant;
        for (std::size_t j = random.below(25); j > 0; --j) {
            at += random.between(0, 3) * kHour;
            records.push_back({"events",
                               1,
                               false,
                               {{plan::Value::of(at), plan::Value::of(random.between(0, 3))},
                                key,
                                "events",
                                records.size()}});
        }
    }
    return records;
}

TEST(AnsweredScan, GivesWhatAccountByAccountGives) {
    const char* const wanted = std::getenv("RULEBOOK_CASES");
    const int rulebooks = wanted == nullptr ? 150 : std::atoi(wanted);
    std::size_t fired = 0;
    std::size_t when_false = 0;
    std::size_t when_unknown = 0;
    for (int seed = 1; seed <= rulebooks && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(static_cast<std::uint64_t>(seed));
        const plan::Plan plan = compiled(rulebook(random));
        const std::size_t accounts = seed % 10 == 0 ? 300 : 20; // in several pieces, or one
        const data::Dataset dataset = dataset_of(plan.schema, events_of_two_days(random, accounts));
        const auto code = rulec::codegen::compile_triggers(plan, {kLastInstant, triggers_of(plan)},
                                                           rulec::codegen::Optimization::None);
        ASSERT_TRUE(code) << code.error().message;
        engine::RunOptions options;
        options.as_of = kLastInstant;
        options.scan = false;
        const auto alone = engine::run(plan, dataset, options);
        options.scan = true;
        options.trigger_code = [&] { return &*code; };
        const auto answered = engine::run(plan, dataset, options);
        ASSERT_TRUE(alone && answered);
        EXPECT_EQ(alone->firings, answered->firings);
        EXPECT_EQ(alone->trigger_counts, answered->trigger_counts);
        for (const engine::TriggerCounts& counts : alone->trigger_counts) {
            fired += counts.fired;
            when_false += counts.when_false;
            when_unknown += counts.when_unknown;
        }
    }
    std::cout << fired << " fired, " << when_false << " false, " << when_unknown << " unknown\n";
    const auto some = static_cast<std::size_t>(rulebooks) * 10;
    EXPECT_GT(fired, some);
    EXPECT_GT(when_false, some);
    EXPECT_GT(when_unknown, some);
}

} // namespace
} // namespace rulebook::generator
