// What explanations say of patterns that are not complete, against the definition: of every part,
// shorter count or pattern without its length that they tell of, that it is complete at that
// instant from that start, or that it never is. RULEBOOK_CASES says how many (default: 600).
#include <cstdlib>

#include <gtest/gtest.h>

#include "runtime/explain/pattern_progress.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "tests/oracle/matches.hpp"
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {
namespace {

std::uint64_t cases() {
    const char* given = std::getenv("RULEBOOK_CASES");
    return given == nullptr ? 600 : std::strtoull(given, nullptr, 10);
}

struct Seen {
    std::size_t complete = 0, never = 0, patterns = 0, nearest = 0;
};

class Law {
public:
    Law(const Case& example, Seen& seen)
        : plan_(example.plan.plan), dataset_(example.dataset()), as_of_(example.question.as_of),
          step_(example.question.step), seen_(seen) {}

    void check() {
        const auto shapes = trigger::TriggerShapes::prepare(plan_);
        const auto prepared = interpret::PreparedPlan::prepare(plan_);
        interpret::Evaluator evaluator(*prepared, dataset_);
        trigger::AccountTriggers triggers(*shapes, evaluator);
        trigger::History run;
        triggers.run(0, as_of_, &run);
        History history(*prepared, dataset_, 0, as_of_);
        const Lengths lengths{history, step_};
        for (const plan::Trigger& each : plan_.triggers) {
            const explain::Patterns& pattern = each.on.patterns;
            if (pattern.empty() || !explain::completions(triggers, pattern, run.events).empty())
                continue;
            ++seen_.patterns;
            const explain::Progress progress =
                explain::progress_of(triggers, plan_, pattern, run.events, as_of_);
            EXPECT_FALSE(progress.words.empty());
            for (const std::string& words : progress.words)
                seen_.nearest += words.starts_with("nearest miss") ? 1 : 0;
            for (const explain::Claim& claim : progress.claims)
                check(claim, Matches(lengths, claim.pattern), history);
        }
    }

private:
    void check(const explain::Claim& claim, const Matches& matches, const History& history) {
        const std::string shown = explain::words(plan_, claim.pattern);
        if (!claim.instant) {
            ++seen_.never;
            for (const Event& event : history.events())
                EXPECT_FALSE(matches.completion(event.time, std::nullopt).has_value()) << shown;
            return;
        }
        ++seen_.complete;
        const auto found = matches.completion(*claim.instant, std::nullopt);
        ASSERT_TRUE(found.has_value()) << shown;
        EXPECT_EQ(found->start, claim.start) << shown;
    }

    const plan::Plan& plan_;
    data::Dataset dataset_;
    std::int64_t as_of_;
    std::int64_t step_;
    Seen& seen_;
};

TEST(IncompletePatternLaw, WhatIsSaidHolds) {
    Seen seen;
    for (std::uint64_t seed = 0; seed < cases() && !::testing::Test::HasFailure(); ++seed) {
        generator::Randomness random(seed);
        const Case example =
            random_case(random, {.most_events = 9, .conditions = false, .patterns_only = true});
        SCOPED_TRACE("seed " + std::to_string(seed) + "\n" + described(example));
        Law(example, seen).check();
    }
    EXPECT_GT(seen.patterns, cases() / 4);
    EXPECT_GT(seen.complete, cases() / 4);
    EXPECT_GT(seen.never, cases() / 4);
    EXPECT_GT(seen.nearest, cases() / 30);
}

} // namespace
} // namespace rulebook::oracle
