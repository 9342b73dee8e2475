// Laws of the definition itself, over random cases: it reaches everything, and it keeps what the
// language promises of every implementation.
#include <algorithm>
#include <map>

#include <gtest/gtest.h>

#include "runtime/plan/validate.hpp"
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {
namespace {

constexpr std::uint64_t kCases = 2500;

Answer answer_of(const Case& example) {
    return answer(example.plan.plan, example.dataset(), 0, example.question);
}

TEST(Oracle, ReachesEverything) {
    std::map<std::string_view, std::size_t> seen;
    for (std::uint64_t seed = 0; seed < kCases; ++seed) {
        generator::Randomness random(seed);
        const Case example = random_case(random, {});
        ASSERT_EQ(plan::validate(example.plan.plan), std::nullopt) << described(example);
        const Answer found = answer_of(example);
        for (const Outcome& each : found.outcomes) {
            ++seen[name(each.cause)];
            ++seen[each.occasion == Occasion::Event      ? "event"
                   : each.occasion == Occasion::Deadline ? "deadline"
                                                         : "edge"];
        }
        seen["wait passed"] += found.waits_passed;
        seen["wait closed"] += found.waits_closed;
        seen["pending"] += found.pending.size();
    }
    EXPECT_EQ(seen.size(), 14U + 6U);
    for (const auto& [what, count] : seen)
        EXPECT_GE(count, 10U) << what;
}

// G3. What is recorded up to an instant does not depend on how far the run goes.
TEST(Oracle, ALaterRunSaysTheSameOfWhatWas) {
    std::size_t compared = 0;
    for (std::uint64_t seed = 0; seed < kCases; ++seed) {
        generator::Randomness random(seed);
        Case example = random_case(random, {});
        const Answer whole = answer_of(example);
        for (const Outcome& cut : whole.outcomes) {
            example.question.as_of = cut.instant;
            auto prefix = whole.outcomes;
            std::erase_if(prefix, [&](const Outcome& o) { return o.instant > cut.instant; });
            ASSERT_EQ(answer_of(example).outcomes, prefix) << described(example);
            compared += prefix.size();
        }
    }
    EXPECT_GE(compared, 1000U);
}

} // namespace
} // namespace rulebook::oracle
