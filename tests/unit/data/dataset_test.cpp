// What a data set answers besides its columns.
#include "runtime/data/dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "runtime/value/calendar_text.hpp"
#include "tests/unit/data/example_schema.hpp"

namespace rulebook::data {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::int64_t at(std::string_view date) {
    return start_of(*read_date(date)).microseconds;
}

constexpr plan::FieldIndex kPlan = 4;

const TextTable kAccounts{
    "accounts", {"id | signed_up_at | plan", "a | 2026-03-01 | team", "b | 2026-03-02 | free"}};
const TextTable kHistory{
    "accounts_history",
    {"known_from | plan | id", "2026-03-10 | basic | a", "2026-03-01 | free  | a"}};

std::string plan_of(const Dataset& data, RowIndex row, std::string_view date) {
    const auto value = data.tracked_value(kAccount, row, kPlan, at(date));
    if (!value)
        return "before its history";
    return data.schema().enums[0].values[static_cast<std::size_t>(value->integer())];
}

TEST(Dataset, TrackedFieldsHaveVersions) {
    const Dataset data =
        dataset_of({kAccounts, kHistory}, {.zone = nullptr, .taken_at = at("2026-06-01")});
    EXPECT_EQ(plan_of(data, 0, "2026-02-28"), "before its history");
    EXPECT_EQ(plan_of(data, 0, "2026-03-01"), "free");
    EXPECT_EQ(plan_of(data, 0, "2026-03-09"), "free");
    EXPECT_EQ(plan_of(data, 0, "2026-03-10"), "basic");
    EXPECT_EQ(plan_of(data, 0, "2026-05-31"), "basic");
    EXPECT_EQ(plan_of(data, 0, "2026-06-01"), "team"); // the snapshot
    EXPECT_EQ(plan_of(data, 0, "2027-01-01"), "team");
    EXPECT_EQ(plan_of(data, 1, "2026-05-31"), "before its history");
    EXPECT_EQ(plan_of(data, 1, "2026-06-01"), "free");
    EXPECT_THAT(data.history_instants(kAccount, 0),
                ElementsAre(at("2026-03-01"), at("2026-03-10")));
    EXPECT_THAT(data.history_instants(kAccount, 1), IsEmpty());
}

// A snapshot that has no such column is no row of the field: exports often have the history only.
TEST(Dataset, ASnapshotWithoutTheColumnSaysNothing) {
    plan::Schema schema = example_schema();
    schema.entities[kAccount].fields[kPlan].optional = true;
    const Dataset data =
        dataset_of({{"accounts", {"id | signed_up_at", "a | 2026-03-01"}}, kHistory},
                   {.zone = nullptr, .taken_at = at("2026-06-01")}, schema);
    EXPECT_EQ(plan_of(data, 0, "2026-02-28"), "before its history");
    EXPECT_EQ(plan_of(data, 0, "2026-05-31"), "basic");
    EXPECT_EQ(plan_of(data, 0, "2026-06-01"), "basic");
    EXPECT_EQ(plan_of(data, 0, "2027-01-01"), "basic");
}

TEST(Dataset, VersionsAfterTheSnapshotGoOverIt) {
    const Dataset data =
        dataset_of({kAccounts, kHistory}, {.zone = nullptr, .taken_at = at("2026-03-05")});
    EXPECT_EQ(plan_of(data, 0, "2026-03-04"), "free");
    EXPECT_EQ(plan_of(data, 0, "2026-03-05"), "team");
    EXPECT_EQ(plan_of(data, 0, "2026-03-10"), "basic");
}

TEST(Dataset, AHistoryWithoutTheFieldSaysNothingOfIt) {
    const Dataset data =
        dataset_of({kAccounts, {"accounts_history", {"known_from | id", "2026-03-01 | a"}}},
                   {.zone = nullptr, .taken_at = at("2026-06-01")});
    EXPECT_EQ(shown_counts(data, "accounts_history"), "1 = 1 + 0 + 0 + 0");
    EXPECT_EQ(plan_of(data, 0, "2026-03-10"), "before its history");
    EXPECT_EQ(plan_of(data, 0, "2026-06-01"), "team");
}

TEST(Dataset, HistoryRowsOfOneInstantAgreeOrAreRejected) {
    const Dataset data = dataset_of(
        {kAccounts,
         {"accounts_history",
          {"known_from | plan | id", "2026-03-01 | free  | a", "2026-03-01 | free  | a",
           "2026-03-10 | free  | a", "2026-03-10 | basic | a", "2026-03-01 | basic | z"}}});
    EXPECT_THAT(data.history_instants(kAccount, 0), ElementsAre(at("2026-03-01")));
    EXPECT_EQ(shown_counts(data, "accounts_history"), "5 = 1 + 3 + 1 + 0");
    EXPECT_THAT(shown_rejects(data), ElementsAre("accounts_history 3 id data.conflict",
                                                 "accounts_history 4 id data.conflict",
                                                 "accounts_history 5 id data.orphan"));
    EXPECT_TRUE(data.table(kAccount).incomplete(0));
    EXPECT_FALSE(data.table(kAccount).incomplete(1));
}

TEST(Dataset, LatestIsTheGreatestInstantThatSaysWhenThingsWereKnown) {
    EXPECT_EQ(dataset_of({kAccounts}).latest(), at("2026-03-02"));
    EXPECT_EQ(dataset_of({kAccounts}).taken_at(), at("2026-03-02"));
    EXPECT_EQ(dataset_of({kAccounts, kHistory}).latest(), at("2026-03-10"));
    const TextTable deals{"deals",
                          {"id | created_at | closed_at | status | amount | account_id",
                           "d | 2026-03-05 | 2026-04-01 | won | 1.00 | a"}};
    EXPECT_EQ(dataset_of({kAccounts, deals}).latest(), at("2026-04-01"));
    const BuildOptions taken{.zone = nullptr, .taken_at = at("2026-06-01")};
    EXPECT_EQ(dataset_of({kAccounts, deals}, taken).latest(), at("2026-06-01"));
    EXPECT_EQ(dataset_of({kAccounts, deals}, taken).taken_at(), at("2026-06-01"));
    EXPECT_EQ(dataset_of({}).latest(), std::nullopt);
    EXPECT_EQ(dataset_of({}).taken_at(), std::nullopt);
}

// A tracked field that must be there may be said by the history alone.
TEST(Dataset, TheHistoryMaySayWhatTheRecordLacks) {
    const TextTable history{"accounts_history",
                            {"id | known_from | plan", "a | 2026-03-01 | free",
                             "a | 2026-03-05 | team", "b | 2026-03-01 | -",
                             "z | 2026-03-01 | free"}};
    for (const auto& accounts :
         {TextTable{"accounts",
                    {"id | signed_up_at", "a | 2026-03-01", "b | 2026-03-01", "c | 2026-03-01"}},
          TextTable{"accounts",
                    {"id | signed_up_at | plan", "a | 2026-03-01 | -", "b | 2026-03-01 | -",
                     "c | 2026-03-01 | -"}}}) {
        const TextTable deals{"deals",
                              {"id | created_at | closed_at | status | amount | account_id",
                               "d | 2026-03-05 | 2026-04-01 | won | 1.00 | c"}};
        const Dataset data = dataset_of({accounts, history, deals});
        ASSERT_EQ(data.size(kAccount), 1U);
        EXPECT_FALSE(data.table(kAccount).incomplete(0));
        EXPECT_EQ(plan_of(data, 0, "2026-02-01"), "before its history");
        EXPECT_EQ(plan_of(data, 0, "2026-03-02"), "free");
        EXPECT_EQ(plan_of(data, 0, "2026-03-05"), "team");
        EXPECT_EQ(plan_of(data, 0, "2026-07-01"), "team");
        EXPECT_THAT(
            shown_rejects(data),
            ::testing::IsSupersetOf({"accounts 2 plan data.missing", "accounts 3 plan data.missing",
                                     "deals 1 account_id data.parent_rejected",
                                     "accounts_history 3 plan data.missing",
                                     "accounts_history 4 id data.orphan"}));
        EXPECT_EQ(data.rejects()[0].reason, "`plan` is required and missing, also in the history");
    }
    EXPECT_EQ(dataset_of({{"accounts", {"id | signed_up_at", "a | 2026-03-01"}}}).size(kAccount),
              0U);
}

TEST(Dataset, FindsRecordsByKey) {
    const Dataset data = dataset_of({kAccounts, {"users", {"id | account_id", "u | b"}}});
    EXPECT_EQ(data.find_key(kAccount, "b"), 1U);
    EXPECT_EQ(data.find_key(kAccount, "c"), kNoRow);
    EXPECT_EQ(data.find_key(kEvent, "c"), kNoRow); // has no key
    EXPECT_EQ(data.key_text(kAccount, 1), "b");
    EXPECT_EQ(data.find_key(kUser, "u"), 0U);
    // A key that only a rejected row has.
    const Dataset rejected = dataset_of({{"accounts", {"id | plan", "a | free"}}});
    EXPECT_EQ(rejected.find_key(kAccount, "a"), kNoRow);
}

TEST(Dataset, IdentityIsOfTheKeyOrTheContent) {
    const TextTable events{"events",
                           {"at | seq | name | minutes | account_id", "2026-03-01 | - | x | 1 | a",
                            "2026-03-01 | - | x | 2 | b"}};
    const Dataset first = dataset_of({kAccounts, events});
    const Dataset second =
        dataset_of({{"accounts", {"id | signed_up_at | plan", "a | 2020-01-01 | free"}}, events});
    EXPECT_EQ(first.identity(kAccount, 0), second.identity(kAccount, 0));
    EXPECT_NE(first.identity(kAccount, 0), first.identity(kAccount, 1));
    EXPECT_EQ(first.identity(kEvent, 0), second.identity(kEvent, 0));
    EXPECT_NE(first.identity(kEvent, 0), first.identity(kEvent, 1));
}

TEST(Dataset, OriginsAndAbsentColumns) {
    DatasetBuilder builder(example_schema(), {});
    add_text(builder, kAccounts, "first.csv");
    add_text(builder, {"accounts", {"id | signed_up_at | plan", "aa | 2026-03-02 | free"}},
             "second.csv");
    const Dataset data = builder.finish();
    const Table& accounts = data.table(kAccount);
    EXPECT_EQ(data.key_text(kAccount, 1), "aa");
    EXPECT_EQ(data.sources()[accounts.origin(1).source], "second.csv");
    EXPECT_EQ(accounts.origin(1).row, 1U);
    EXPECT_EQ(accounts.origin(2).row, 2U);
    EXPECT_TRUE(accounts.present(kPlan));
    EXPECT_FALSE(accounts.present(2));
    EXPECT_EQ(data.value(kAccount, 0, 2),
              plan::Value::unknown(plan::Cause::MissingInput, plan::kNoNode));
}

TEST(Dataset, RecordsMayComeAsValues) {
    DatasetBuilder builder(example_schema(), {});
    const plan::Value missing;
    ASSERT_TRUE(builder.add(
        "accounts", {{plan::Value::of(std::string("a")), plan::Value::of(at("2026-03-01")), missing,
                      plan::Value::of(std::int64_t{10'001}), plan::Value::of(std::int64_t{2})},
                     {},
                     "test",
                     1}));
    ASSERT_TRUE(builder.add("users", {{plan::Value::of(std::string("u")), missing},
                                      plan::Value::of(std::string("a")),
                                      "test",
                                      2}));
    EXPECT_EQ(builder.add("users", {{missing}, {}, "test", 3}).error().code, "data.record");
    EXPECT_EQ(builder.add("users", {{plan::Value::of(true), missing}, {}, "test", 3}).error().code,
              "data.record");
    const Dataset data = builder.finish();
    EXPECT_THAT(shown(data, kAccount), ElementsAre("a|2026-03-01T00:00:00Z|?1|?3|team"));
    EXPECT_THAT(shown(data, kUser), ElementsAre("a|u|?1"));
}

} // namespace
} // namespace rulebook::data
