#include "runtime/single/json_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/single/scorer.hpp"
#include "tests/unit/single/compiled_rules.hpp"

namespace rulebook::testing {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class JsonRecordsTest : public ::testing::Test {
protected:
    std::shared_ptr<const single::Rulebook> rulebook =
        single::Rulebook::make(compiled_rules(kSmallRules), std::nullopt).value();
    single::Scorer scorer{rulebook};
    single::JsonRecords json{rulebook->plan()};

    Result<void> read(std::string_view text) { return json.read(text, scorer.record()); }
    // In whole points.
    std::int64_t score(std::string_view text) {
        const auto done = read(text);
        EXPECT_TRUE(done) << done.error().message;
        scorer.evaluate(kNow);
        return scorer.fit(0)->score / 100;
    }
    Error error(std::string_view text) {
        const auto done = read(text);
        EXPECT_FALSE(done) << text;
        return done ? Error{} : done.error();
    }
};

TEST_F(JsonRecordsTest, ReadsEveryTypeAsFilesAreRead) {
    EXPECT_EQ(score(R"({"id": "a", "employees": 200})"), 30);
    EXPECT_EQ(score(R"({"revenue": 1000.50})"), 20);
    EXPECT_EQ(score(R"({"revenue": 1000.49})"), 0);
    EXPECT_EQ(score(R"({"revenue": "1000.5"})"), 20);
    EXPECT_EQ(score(R"({"plan": "enterprise"})"), 10);
    EXPECT_EQ(score(R"({"trial_ends": "2026-02-01T09:00:00+01:00"})"), 5);
    EXPECT_EQ(score(R"({"active": true})"), 4);
    EXPECT_EQ(score(R"({"ratio": 7.5e-1})"), 3);
    EXPECT_EQ(score(R"({})"), 0);
}

TEST_F(JsonRecordsTest, ReplacesWhatWasThereBefore) {
    EXPECT_EQ(score(R"({"employees": 200, "active": true})"), 34);
    EXPECT_EQ(score(R"({"active": null, "plan": "team"})"), 10);
}

TEST_F(JsonRecordsTest, ReadsElements) {
    EXPECT_EQ(score(R"({"id": "a", "users": [
        {"id": "u1", "joined_at": "2026-01-05T00:00:00Z", "title": "VP Sales"},
        {"id": "u2", "joined_at": "2026-01-05T00:00:00Z", "title": null},
        {"id": "u3", "joined_at": "2026-01-06T00:00:00Z", "title": "VP Data"},
        {"id": "u4", "joined_at": "2999-01-06T00:00:00Z", "title": "VP of what is to come"}]})"),
              2);
    EXPECT_EQ(score(R"({"id": "a", "users": []})"), 0);
}

TEST_F(JsonRecordsTest, SaysWhatItCouldNotRead) {
    EXPECT_EQ(score(R"({"employees": "many", "plan": "premium", "active": true})"), 4);
    EXPECT_THAT(json.complaints(),
                ElementsAre(HasSubstr("employees: `many` is not a number"),
                            HasSubstr("plan: `premium` is none of free, team, enterprise")));
    EXPECT_EQ(score(R"({"employees": 1001})"), 0);
    EXPECT_THAT(json.complaints(), ElementsAre(HasSubstr("employees: `1001` is not in 0 to 1000")));
    EXPECT_EQ(score(R"({"employees": 12})"), 0);
    EXPECT_THAT(json.complaints(), IsEmpty());
}

TEST_F(JsonRecordsTest, RefusesWhatIsNoSuchObject) {
    EXPECT_EQ(error(R"({"employes": 3})").code, "json.no_field");
    EXPECT_EQ(error(R"({"employes": 3})").help, "did you mean `employees`?");
    EXPECT_EQ(error(R"({"employees": 3, "employees": 4})").code, "json.twice");
    for (const char* broken :
         {"", "[]", "3", "{", R"({"employees": })", R"({"employees": 3)", R"({"employees": [3]})",
          R"({"employees": 3} {})", R"({"users": {}})", R"({"users": [3]})", R"({"active": nul})",
          R"({"id": "a)", "{\"id\": \"\xff\"}", R"({"employees": {"users": []}})"})
        EXPECT_EQ(error(broken).code, "json.syntax") << broken;
    std::string deep(5'000, '[');
    EXPECT_EQ(error(R"({"users": )" + deep).code, "json.syntax");
}

TEST_F(JsonRecordsTest, AnErrorLeavesNothingBehind) {
    EXPECT_EQ(score(R"({"employees": 200})"), 30);
    (void)error(R"({"employees": 200, "active": true, "nothing": 3})");
    scorer.evaluate(kNow);
    EXPECT_EQ(scorer.fit(0)->score, 0);
}

} // namespace
} // namespace rulebook::testing
