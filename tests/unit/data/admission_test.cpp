// Which rows become records, and which do not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/data/example_schema.hpp"

namespace rulebook::data {
namespace {

using namespace testing;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

const TextTable kTwoAccounts{"accounts",
                             {"id | signed_up_at | revenue | employees | plan",
                              "b  | 2026-03-02   | 100.00  | 5         | team",
                              "a  | 2026-03-01   | -       | -         | free"}};

TEST(Admission, RecordsAreSortedByKeyAndTyped) {
    const Dataset data = dataset_of({kTwoAccounts});
    EXPECT_THAT(shown(data, kAccount), ElementsAre("a|2026-03-01T00:00:00Z|?1|?1|free",
                                                   "b|2026-03-02T00:00:00Z|100.00|5|team"));
    EXPECT_EQ(shown_counts(data, "accounts"), "2 = 2 + 0 + 0 + 0");
    EXPECT_THAT(shown_rejects(data), IsEmpty());
}

TEST(Admission, OptionalFieldsWithBadValuesAreUnknownWithTheirCause) {
    const Dataset data = dataset_of({{"accounts",
                                      {"id | signed_up_at | revenue  | employees | plan",
                                       "a  | 2026-03-01   | 1,000.00 | 10_000    | free",
                                       "b  | 2026-03-01   | 1.005    | 10001     | free",
                                       "c  | 2026-03-01   |          | -1        | free"}}});
    EXPECT_THAT(shown(data, kAccount), ElementsAre("a|2026-03-01T00:00:00Z|?2|?2|free",
                                                   "b|2026-03-01T00:00:00Z|?2|?3|free",
                                                   "c|2026-03-01T00:00:00Z|?1|?3|free"));
    ASSERT_EQ(data.counts()[0].unknowns.size(), 4U);
    EXPECT_EQ(data.counts()[0].unknowns[0],
              (UnknownCount{"revenue", plan::Cause::MissingInput, 1, "", "test", 3}));
    EXPECT_EQ(data.counts()[0].unknowns[1],
              (UnknownCount{"revenue", plan::Cause::UnreadableInput, 2, "1,000.00", "test", 1,
                            "has separators among its digits; write it without separators of "
                            "thousands, and with a point: 1234.5"}));
    EXPECT_EQ(data.counts()[0].unknowns[3],
              (UnknownCount{"employees", plan::Cause::OutOfRange, 2, "10001", "test", 2,
                            "is not in 0 to 10000"}));
    EXPECT_EQ(shown_counts(data, "accounts"), "3 = 3 + 0 + 0 + 0");
}

// Rows that are rejected are not counted, and are no example either: for themselves, for another
// row of their key, or because very many before them are.
TEST(Admission, ExamplesOfUnusableValuesAreOfRowsThatCount) {
    const auto unusable = [](std::vector<std::string> rows) {
        rows.insert(rows.begin(), "id | signed_up_at | revenue | employees | plan");
        const Dataset data = dataset_of({{"accounts", std::move(rows)}});
        std::string told;
        for (const UnknownCount& unknown : data.counts()[0].unknowns)
            if (unknown.cause == plan::Cause::UnreadableInput)
                told += unknown.field + " " + std::to_string(unknown.rows) + " `" +
                        unknown.example + "` " + std::to_string(unknown.row) +
                        (unknown.complaint.empty() ? "" : " …");
        return told;
    };
    EXPECT_EQ(unusable({"x  | 2026-03-01 | one   | 5 | gold", "b | 2026-03-01 | two   | 5 | free",
                        "c  | 2026-03-01 | three | 5 | free"}),
              "revenue 2 `two` 2 …");
    EXPECT_EQ(unusable({"b | 2026-03-01 | one | 5 | free", "b | 2026-03-01 | one | 6 | free",
                        "c | 2026-03-01 | two | 5 | free"}),
              "revenue 1 `two` 3 …");
    EXPECT_EQ(unusable({"b | 2026-03-01 | one | 5 | gold"}), "");
    std::vector<std::string> many(200, "x | 2026-03-01 | bad | 5 | gold");
    many.emplace_back("b | 2026-03-01 | two | 5 | free");
    EXPECT_EQ(unusable(many), "revenue 1 `` 201");
}

TEST(Admission, RequiredFieldsRejectTheRow) {
    const Dataset data = dataset_of(
        {{"accounts",
          {"id | signed_up_at | plan", "-  | 2026-03-01   | free", "b  | 2026-02-29   | free",
           "c  | -            | gold", "d  | 2026-03-01   | gold", "e  | 2026-03-01   | free"}}});
    EXPECT_THAT(shown_rejects(data), ElementsAre("accounts 1 id data.missing",
                                                 "accounts 2 signed_up_at data.unreadable_value",
                                                 "accounts 3 signed_up_at data.missing",
                                                 "accounts 4 plan data.unknown_value"));
    EXPECT_EQ(
        data.rejects()[1].reason,
        "`signed_up_at` is a date that does not exist; expected such as 2026-05-31T18:00:00Z, "
        "or as a `format` in data.toml says");
    EXPECT_EQ(data.rejects()[1].value, "2026-02-29");
    EXPECT_EQ(data.rejects()[3].reason, "`plan` is none of free, basic, team");
    EXPECT_EQ(shown_counts(data, "accounts"), "5 = 1 + 4 + 0 + 0");
}

TEST(Admission, IdenticalRowsOfOneKeyCollapse) {
    const Dataset data = dataset_of({kTwoAccounts,
                                     {"users",
                                      {"id | name | account_id", "u1 | Ann  | a", "u1 | Ann  | a",
                                       "u2 | -    | a", "u2 | -    | a", "u2 | -    | a"}}});
    EXPECT_THAT(shown(data, kUser), ElementsAre("a|u1|Ann", "a|u2|?1"));
    EXPECT_EQ(shown_counts(data, "users"), "5 = 2 + 0 + 3 + 0");
}

TEST(Admission, RowsOfOneKeyThatDifferAreAllRejected) {
    const Dataset data =
        dataset_of({kTwoAccounts,
                    {"users",
                     {"id | name | account_id", "u1 | Ann  | a", "u1 | Bob  | a", "u1 | Ann  | a",
                      "u2 | Cid  | a", "u2 | Cid  | b", "u3 | Dee  | b"}}});
    EXPECT_THAT(shown(data, kUser), ElementsAre("b|u3|Dee"));
    EXPECT_THAT(shown_rejects(data),
                ElementsAre("users 1 id data.conflict", "users 2 id data.conflict",
                            "users 3 id data.conflict", "users 4 id data.conflict",
                            "users 5 id data.conflict"));
    EXPECT_EQ(data.rejects()[0].reason, "rows of this key differ in `name`");
    EXPECT_EQ(data.rejects()[4].reason, "rows of this key differ in `account_id`");
    EXPECT_EQ(shown_counts(data, "users"), "6 = 1 + 5 + 0 + 0");
    EXPECT_TRUE(data.table(kAccount).incomplete(0));
    EXPECT_TRUE(data.table(kAccount).incomplete(1));
}

constexpr const char* kDealColumns = "id | created_at | closed_at | status | amount | account_id";

TEST(Admission, ADealThatWasWonLaterMerges) {
    const Dataset data =
        dataset_of({kTwoAccounts,
                    {"deals",
                     {kDealColumns, "d1 | 2026-03-05 | 2026-03-20 | won  | 10.00 | a",
                      "d1 | 2026-03-05 | -          | open | 10.00 | a",
                      "d1 | 2026-03-05 | -          | open | 10.00 | a"}}});
    EXPECT_THAT(shown(data, kDeal),
                ElementsAre("a|d1|2026-03-05T00:00:00Z|2026-03-20T00:00:00Z|won|10.00"));
    EXPECT_EQ(shown_counts(data, "deals"), "3 = 1 + 0 + 1 + 1");
    EXPECT_FALSE(data.table(kAccount).incomplete(0));
}

TEST(Admission, OnlyWhatBecameKnownLaterMayDiffer) {
    const Dataset data = dataset_of({kTwoAccounts,
                                     {"deals",
                                      {kDealColumns,
                                       // another amount
                                       "d1 | 2026-03-05 | -          | open | 10.00 | a",
                                       "d1 | 2026-03-05 | 2026-03-20 | won  | 11.00 | a",
                                       // two closing dates
                                       "d2 | 2026-03-05 | 2026-03-20 | won  | 10.00 | a",
                                       "d2 | 2026-03-05 | 2026-03-21 | won  | 10.00 | a",
                                       // two outcomes at one date
                                       "d3 | 2026-03-05 | 2026-03-20 | won  | 10.00 | a",
                                       "d3 | 2026-03-05 | 2026-03-20 | lost | 10.00 | a",
                                       // two outcomes without a date
                                       "d4 | 2026-03-05 | -          | won  | 10.00 | a",
                                       "d4 | 2026-03-05 | -          | lost | 10.00 | a"}}});
    EXPECT_THAT(shown(data, kDeal), IsEmpty());
    EXPECT_EQ(shown_counts(data, "deals"), "8 = 0 + 8 + 0 + 0");
    EXPECT_EQ(data.rejects()[0].reason, "rows of this key differ in `amount`");
    EXPECT_EQ(data.rejects()[2].reason, "rows of this key differ in `closed_at`");
    EXPECT_EQ(data.rejects()[4].reason, "rows of this key differ in `status`");
    EXPECT_EQ(data.rejects()[6].reason, "rows of this key differ in `status`");
}

TEST(Admission, OrphansAreRejectedAndCounted) {
    const Dataset data = dataset_of(
        {kTwoAccounts,
         {"users",
          {"id | name | account_id", "u1 | Ann  | a", "u2 | Bob  | -", "u3 | Cid  | zz"}}});
    EXPECT_THAT(shown_rejects(data),
                ElementsAre("users 2 account_id data.orphan", "users 3 account_id data.orphan"));
    EXPECT_EQ(data.rejects()[0].reason, "it names no account");
    EXPECT_EQ(data.rejects()[1].reason, "no account has this key");
    EXPECT_EQ(data.rejects()[1].value, "zz");
    EXPECT_EQ(data.counts()[1].table, "users");
    EXPECT_EQ(data.counts()[1].rows.orphans, 2U);
}

TEST(Admission, ChildrenOfRejectedParentsAreRejectedAndAncestorsIncomplete) {
    const Dataset data =
        dataset_of({kTwoAccounts,
                    {"deals",
                     {kDealColumns, "d1 | 2026-03-05 | - | open | ten   | a",
                      "d2 | 2026-03-05 | - | open | 10.00 | b"}},
                    {"lines",
                     {"product | price | deal_id", "seats   | 1.00  | d1", "seats   | 1.00  | d2",
                      "seats   | x     | d2", "seats   | 1.00  | d9"}}});
    EXPECT_THAT(shown_rejects(data),
                ElementsAre("deals 1 amount data.unreadable_value",
                            "lines 1 deal_id data.parent_rejected",
                            "lines 3 price data.unreadable_value", "lines 4 deal_id data.orphan"));
    EXPECT_THAT(shown(data, kDeal), ElementsAre("b|d2|2026-03-05T00:00:00Z|?1|open|10.00 !"));
    EXPECT_THAT(shown(data, kAccount), ElementsAre("a|2026-03-01T00:00:00Z|?1|?1|free !",
                                                   "b|2026-03-02T00:00:00Z|100.00|5|team !"));
    EXPECT_EQ(data.counts()[0].rows.incomplete, 2U);
}

TEST(Admission, RowsThatCouldNotBeReadAreCounted) {
    DatasetBuilder builder(example_schema(), {});
    add_text(builder, kTwoAccounts);
    ASSERT_TRUE(builder.add_unreadable(
        "accounts", {"accounts.csv", 7, "", "x;y", "data.ragged", "it has 2 fields, not 5"}));
    const Dataset data = builder.finish();
    EXPECT_THAT(shown_rejects(data), ElementsAre("accounts 7  data.ragged"));
    EXPECT_EQ(shown_counts(data, "accounts"), "3 = 2 + 1 + 0 + 0");
}

TEST(Admission, ValuesInRejectsAreShortAndValid) {
    const std::string bad = std::string("\xFF") + std::string(70, 'x');
    const Dataset data =
        dataset_of({{"accounts", {"id | signed_up_at | plan", "a | 2026-03-01 | " + bad}}});
    EXPECT_EQ(data.rejects()[0].value, "\uFFFD" + std::string(57, 'x') + "…");
}

TEST(Admission, UnknownTablesAndFieldsAreErrors) {
    DatasetBuilder builder(example_schema(), {});
    EXPECT_EQ(builder.set_reading("leads", {}).error().code, "data.no_table");
    EXPECT_EQ(builder.set_reading("users", {{""}, {{"colour", "", {}, {}, {}}}}).error().code,
              "data.no_field");
    EXPECT_EQ(builder.set_reading("users", {{""}, {{"name", "%Q%K", {}, {}, {}}}}).error().code,
              "time_format.directive");
    EXPECT_EQ(builder.add_unreadable("leads", {}).error().code, "data.no_table");
}

TEST(Admission, TheTablesOfASchema) {
    const auto tables = input_tables(example_schema());
    std::vector<std::string> names;
    for (const InputTable& table : tables)
        names.push_back(table.name);
    EXPECT_THAT(names,
                ElementsAre("accounts", "users", "deals", "events", "lines", "accounts_history"));
    EXPECT_EQ(tables[2].columns.back().name, "account_id");
    EXPECT_TRUE(tables[2].columns.back().required);
    EXPECT_FALSE(tables[2].columns[2].required); // closed_at
}

} // namespace
} // namespace rulebook::data
