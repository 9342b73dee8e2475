// Records that lack what data must have, and rulebooks whose rules change with time.
#include <gtest/gtest.h>

#include "compiler/jit/compile_rules.hpp"
#include "runtime/single/json_record.hpp"
#include "runtime/single/scorer.hpp"
#include "tests/unit/single/compiled_rules.hpp"

namespace rulebook::testing {
namespace {

constexpr std::string_view kStrictRules = R"(
rulebook strict { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  since : time origin  seats : int in 1 to 100  name : text }
entity user of account as users { id : text key  title : text }
fit size {
  owner sales
  points 30 when seats >= 10
  points 20 when since < 2026-01-01T00:00:00Z
  points 10 when name starts with "A"
  points 5 when count(users) >= 1
  points 1 when id starts with "a"
  score 0 to 100
}
)";

class StrictRecord : public ::testing::Test {
protected:
    std::shared_ptr<const single::Rulebook> rulebook =
        single::Rulebook::make(compiled_rules(std::string(kStrictRules)), std::nullopt).value();
    single::Scorer scorer{rulebook};

    single::FitAnswer answer() {
        scorer.evaluate(kNow);
        return scorer.fit(0).value();
    }
};

TEST_F(StrictRecord, LacksEverything) {
    const auto fit = answer();
    EXPECT_EQ(fit.score, 0);
    EXPECT_EQ(fit.unknowns, 3U); // seats, since, name
}

TEST_F(StrictRecord, LacksSomeFieldsThatDataMustHave) {
    single::JsonRecords json(rulebook->plan());
    ASSERT_TRUE(json.read(R"({"id": "a1", "seats": 12, "users": [{"id": "u", "title": "VP"}]})",
                          scorer.record()));
    const auto fit = answer();
    EXPECT_EQ(fit.score, 36'00);
    EXPECT_EQ(fit.unknowns, 2U);
}

// Typed texts are taken as they are, also as keys.
TEST_F(StrictRecord, HasTextsThatDataCouldNotHave) {
    scorer.record().set_text(*rulebook->field("id"), "\xff");
    scorer.record().set_text(*rulebook->field("name"), "A\xff");
    scorer.record().set_integer(*rulebook->field("seats"), 12);
    EXPECT_EQ(answer().score, 40'00);
    scorer.record().set_text(*rulebook->field("id"), "");
    EXPECT_EQ(answer().score, 40'00);
}

constexpr std::string_view kRulesInTime = R"(
rulebook acme { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  seats : int? }
fit size from 2026-01-01 until 2026-06-01 { owner sales  points 30 when seats >= 10  score 0 to 100 }
fit size from 2026-06-01 { owner sales  points 70 when seats >= 10  score 0 to 100 }
)";

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kApril = 20'544 * kDay; // 2026-04-01
constexpr std::int64_t kJuly = 20'635 * kDay;  // 2026-07-01
constexpr std::int64_t kBefore = 20'000 * kDay;

// One scorer, whose clock goes on (and back): native code for each instant.
TEST(Scorer, FollowsTheVersionsOfRules) {
    const jit::RulesText text[] = {{"acme.rules", std::string(kRulesInTime)}};
    auto plan = jit::plan_of(text);
    ASSERT_TRUE(plan) << plan.error().message;
    auto library = jit::compile(*std::move(plan));
    if (library.no_code)
        GTEST_SKIP() << library.no_code->message;
    EXPECT_EQ(library.codes.size(), 3U); // before the first, and one each
    single::Scorer scorer(single::Rulebook::make(std::move(library)).value());
    scorer.record().set_integer(*scorer.rulebook().field("seats"), 12);
    for (int round = 0; round < 2; ++round) {
        scorer.evaluate(kApril);
        EXPECT_TRUE(scorer.was_direct());
        EXPECT_EQ(scorer.fit(0)->score, 30'00);
        scorer.evaluate(kJuly);
        EXPECT_TRUE(scorer.was_direct());
        EXPECT_EQ(scorer.fit(0)->score, 70'00);
        scorer.evaluate(kBefore);
        EXPECT_FALSE(scorer.fit(0));
    }
}

} // namespace
} // namespace rulebook::testing
