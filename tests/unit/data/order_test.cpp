// The same rows in any order give the same data set.
#include <algorithm>
#include <numeric>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tests/unit/data/example_schema.hpp"

namespace rulebook::data {
namespace {

using namespace testing;
using ::testing::ElementsAre;

const TextTable kAccounts{
    "accounts", {"id | signed_up_at | plan", "b | 2026-03-01 | free", "a | 2026-03-01 | free"}};

TEST(Order, ChildrenByTimeThenSequenceThenContent) {
    const Dataset data = dataset_of(
        {kAccounts,
         {"events",
          {"at         | seq | name | minutes | account_id",
           "2026-03-05 | 2   | x    | -       | a", "2026-03-05 | 1   | z    | -       | a",
           "2026-03-05 | -   | z    | 2       | a", "2026-03-05 | -   | z    | -       | a",
           "2026-03-05 | -   | b    | 10      | a", "2026-03-04 | 9   | z    | -       | a",
           "2026-03-01 | -   | y    | -       | b"}}});
    EXPECT_THAT(shown(data, kEvent),
                ElementsAre("a|2026-03-04T00:00:00Z|9|z|?1", "a|2026-03-05T00:00:00Z|?1|b|10",
                            "a|2026-03-05T00:00:00Z|?1|z|?1", "a|2026-03-05T00:00:00Z|?1|z|2",
                            "a|2026-03-05T00:00:00Z|1|z|?1", "a|2026-03-05T00:00:00Z|2|x|?1",
                            "b|2026-03-01T00:00:00Z|?1|y|?1"));
    EXPECT_EQ(data.children(kEvent, 0), (RowRange{0, 6}));
    EXPECT_EQ(data.children(kEvent, 1), (RowRange{6, 7}));
    EXPECT_TRUE(data.children(kUser, 0).empty());
}

TEST(Order, KeylessRowsAreAllKept) {
    const Dataset data =
        dataset_of({kAccounts,
                    {"events",
                     {"at | seq | name | minutes | account_id", "2026-03-05 | - | x | - | a",
                      "2026-03-05 | - | x | - | a", "2026-03-05 | - | x | oops | a",
                      "2026-03-05 | - | x | - | b"}}});
    EXPECT_EQ(data.size(kEvent), 4U);
    const Table& events = data.table(kEvent);
    EXPECT_EQ(events.ordinal_among_equals(0), 0U);
    EXPECT_EQ(events.ordinal_among_equals(1), 1U);
    EXPECT_EQ(events.ordinal_among_equals(2), 2U); // unreadable is as unknown as missing
    EXPECT_EQ(events.ordinal_among_equals(3), 0U);
    EXPECT_NE(data.identity(kEvent, 0), data.identity(kEvent, 1));
    EXPECT_NE(data.identity(kEvent, 1), data.identity(kEvent, 2));
    EXPECT_EQ(data.identity(kEvent, 0), data.identity(kEvent, 3)); // of two accounts
}

std::string one_of(const std::vector<std::string>& choices) {
    return *rc::gen::elementOf(choices);
}

// A few rows over few values, so that keys repeat, parents are missing, and values are bad.
std::vector<TextTable> random_tables() {
    const auto rows = [] { return *rc::gen::inRange(0, 12); };
    TextTable accounts{"accounts", {"id | signed_up_at | revenue | employees | plan"}};
    for (int i = rows(); i > 0; --i)
        accounts.lines.push_back(one_of({"a", "b", "c", "-"}) + "|" +
                                 one_of({"2026-03-01", "2026-03-02", "2026-02-30"}) + "|" +
                                 one_of({"-", "1.00", "1.0", "x"}) + "|" +
                                 one_of({"-", "5", "99999"}) + "|" +
                                 one_of({"free", "team", "gold"}));
    TextTable deals{"deals", {"id | created_at | closed_at | status | amount | account_id"}};
    for (int i = rows(); i > 0; --i)
        deals.lines.push_back(one_of({"d1", "d2"}) + "|2026-03-05|" +
                              one_of({"-", "2026-03-20", "2026-03-21"}) + "|" +
                              one_of({"open", "won"}) + "|" + one_of({"1.00", "1.00", "2.00"}) +
                              "|" + one_of({"a", "a", "a", "b", "z"}));
    TextTable lines{"lines", {"product | price | deal_id"}};
    for (int i = rows(); i > 0; --i)
        lines.lines.push_back(one_of({"x", "y"}) + "|" + one_of({"1.00", "x"}) + "|" +
                              one_of({"d1", "d2", "d3", "-"}));
    TextTable events{"events", {"at | seq | name | minutes | account_id"}};
    for (int i = rows(); i > 0; --i)
        events.lines.push_back(one_of({"2026-03-01", "2026-03-02"}) + "|" +
                               one_of({"-", "1", "2"}) + "|" + one_of({"p", "q", "ä"}) + "|" +
                               one_of({"-", "1", "nan", "x", "-0"}) + "|" +
                               one_of({"a", "b", "z"}));
    TextTable history{"accounts_history", {"known_from | plan | id"}};
    for (int i = rows(); i > 0; --i)
        history.lines.push_back(one_of({"2026-01-01", "2026-02-01", "-"}) + "|" +
                                one_of({"free", "team", "gold"}) + "|" + one_of({"a", "b", "z"}));
    return {accounts, deals, lines, events, history};
}

std::vector<TextTable> shuffled(std::vector<TextTable> tables) {
    for (TextTable& table : tables)
        for (std::size_t i = table.lines.size() - 1; i > 1; --i)
            std::swap(table.lines[i], table.lines[*rc::gen::inRange<std::size_t>(1, i + 1)]);
    for (std::size_t i = tables.size() - 1; i > 0; --i)
        std::swap(tables[i], tables[*rc::gen::inRange<std::size_t>(0, i + 1)]);
    return tables;
}

// What may not depend on the order: everything but row numbers and examples.
std::vector<std::string> everything(const Dataset& data) {
    std::vector<std::string> all;
    for (plan::EntityIndex entity = 0; entity < data.schema().entities.size(); ++entity) {
        for (const std::string& line : shown(data, entity))
            all.push_back(line);
        for (RowIndex row = 0; row < data.size(entity); ++row)
            all.push_back(hexadecimal(data.identity(entity, row)));
    }
    for (RowIndex row = 0; row < data.size(kAccount); ++row)
        for (const std::int64_t instant : data.history_instants(kAccount, row))
            all.push_back(std::to_string(instant) + " " +
                          std::to_string(data.tracked_value(kAccount, row, 4, instant)->integer()));
    std::vector<std::string> rejects;
    for (std::size_t i = 0; i < data.rejects().size(); ++i) {
        const Reject reject = data.rejects()[i];
        rejects.push_back(std::string(reject.table) + std::string(reject.column) +
                          std::string(reject.value) + std::string(reject.code) +
                          std::string(reject.reason));
    }
    std::ranges::sort(rejects);
    all.insert(all.end(), rejects.begin(), rejects.end());
    for (const TableCounts& counts : data.counts()) {
        all.push_back(shown_counts(data, counts.table) + " " + std::to_string(counts.rows.orphans) +
                      " " + std::to_string(counts.rows.incomplete));
        for (const UnknownCount& unknown : counts.unknowns)
            all.push_back(unknown.field + std::to_string(unknown.rows));
    }
    all.push_back(std::to_string(data.latest().value_or(0)));
    return all;
}

RC_GTEST_PROP(Order, InputOrderNeverChangesTheDataSet, ()) {
    const auto tables = random_tables();
    RC_ASSERT(everything(dataset_of(tables)) == everything(dataset_of(shuffled(tables))));
}

RC_GTEST_PROP(Order, EveryRowIsAccountedFor, ()) {
    const auto tables = random_tables();
    const Dataset data = dataset_of(tables);
    std::size_t rejected = 0;
    for (const TextTable& table : tables)
        for (const TableCounts& counts : data.counts()) {
            if (counts.table != table.table)
                continue;
            const RowCounts& rows = counts.rows;
            RC_ASSERT(rows.in == table.lines.size() - 1);
            RC_ASSERT(rows.in == rows.evaluated + rows.rejected + rows.duplicates + rows.merged);
            rejected += rows.rejected;
        }
    RC_ASSERT(data.rejects().size() == rejected);
}

RC_GTEST_PROP(Order, ChildrenBelongToTheirParents, ()) {
    const Dataset data = dataset_of(random_tables());
    for (const plan::EntityIndex entity : {kUser, kDeal, kLine, kEvent}) {
        const plan::EntityIndex parent = *data.schema().entities[entity].parent;
        RowIndex next = 0;
        for (RowIndex row = 0; row < data.size(parent); ++row) {
            const RowRange children = data.children(entity, row);
            RC_ASSERT(children.first == next);
            for (RowIndex child = children.first; child < children.last; ++child)
                RC_ASSERT(data.table(entity).parent(child) == row);
            next = children.last;
        }
        RC_ASSERT(next == data.size(entity));
    }
}

} // namespace
} // namespace rulebook::data
