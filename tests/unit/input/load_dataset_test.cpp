#include "tools/data/load_dataset.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace plan = rulebook::plan;

plan::Field field(const char* name, plan::TypeKind kind, bool optional) {
    plan::Field made;
    made.name = name;
    made.type = plan::Type::of(kind);
    made.optional = optional;
    return made;
}

// entity account { id: text key, seats: int?, discount: percent?, joined_at: time? }
// entity deal of account as deals { id: text key, closed_at: time? }
plan::Schema accounts_and_deals() {
    plan::Entity account;
    account.name = "account";
    account.collection = "accounts";
    account.fields = {field("id", plan::TypeKind::Text, false),
                      field("seats", plan::TypeKind::Int, true),
                      field("discount", plan::TypeKind::Percent, true),
                      field("joined_at", plan::TypeKind::Time, true)};
    account.fields[0].key = true;
    account.key = 0;
    plan::Entity deal;
    deal.name = "deal";
    deal.collection = "deals";
    deal.parent = 0;
    deal.parent_key_column = "account_id";
    deal.fields = {field("id", plan::TypeKind::Text, false),
                   field("closed_at", plan::TypeKind::Time, true)};
    deal.fields[0].key = true;
    deal.key = 0;
    plan::Schema schema;
    schema.entities = {account, deal};
    return schema;
}

rulebook::Result<LoadedData> load(const Folder& folder) {
    return load_dataset(accounts_and_deals(), {folder.path(), std::nullopt, "America/New_York"});
}

std::string fault_of(const Folder& folder) {
    const auto loaded = load(folder);
    return loaded.has_value() ? "none" : loaded.error().message;
}

TEST(LoadDataset, BringsFilesMapAndSchemaTogether) {
    const Folder folder;
    folder.write("data.toml", R"(
taken_at = "2026-06-30"
[accounts]
file = "export*.csv"
null = ["", "Select"]
[accounts.columns]
id = "Account ID"
discount = { column = "Disc", percent = "whole" }
joined_at = { column = "Joined", format = "%d.%m.%Y" }
)");
    folder.write("export 1.csv", "Account ID,seats,Disc,Joined\na1,3,12.5,31.01.2026\n"
                                 "a2,Select,,\nragged\n");
    run_in_duckdb(fmt::format("COPY (SELECT 'd1' AS id, 'a1' AS account_id, TIMESTAMP "
                              "'2026-02-03 04:05:06' AS closed_at UNION ALL "
                              "SELECT 'd2', 'nobody', NULL) TO '{}/deals.parquet'",
                              folder.path().string()));
    std::vector<std::string> progress;
    const auto loaded =
        load_dataset(accounts_and_deals(), {folder.path(), std::nullopt, "America/New_York"},
                     [&](std::string_view table, std::uint64_t rows) {
                         progress.push_back(fmt::format("{} {}", table, rows));
                     });
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    const auto& dataset = loaded->dataset;
    ASSERT_EQ(dataset.size(0), 2U);
    EXPECT_EQ(dataset.key_text(0, 0), "a1");
    EXPECT_EQ(dataset.value(0, 0, 1).integer(), 3);
    EXPECT_FALSE(dataset.value(0, 1, 1).known());
    EXPECT_EQ(dataset.value(0, 0, 2).integer(), 125'000);               // 12.5%
    EXPECT_EQ(dataset.value(0, 0, 3).integer(), 1'769'835'600'000'000); // midnight in New York
    EXPECT_EQ(dataset.value(1, 0, 1).integer(), 1'770'109'506'000'000); // 04:05:06 there
    EXPECT_EQ(dataset.taken_at(), 1'782'792'000'000'000);
    EXPECT_EQ(dataset.counts()[0].rows.in, 3U);
    EXPECT_EQ(dataset.counts()[0].rows.rejected, 1U);
    EXPECT_EQ(dataset.counts()[1].rows.orphans, 1U);
    ASSERT_EQ(dataset.rejects().size(), 2U);
    EXPECT_EQ(dataset.rejects()[0].code, "data.ragged");
    EXPECT_EQ(dataset.rejects()[0].row, 3U);
    EXPECT_EQ(dataset.rejects()[1].code, "data.orphan");
    EXPECT_THAT(progress, ElementsAre("accounts 2", "deals 2"));
    EXPECT_EQ(loaded->timezone, "America/New_York");
}

TEST(LoadDataset, OnlyTheRootIsNeeded) {
    const Folder folder;
    EXPECT_THAT(fault_of(folder), HasSubstr("has no accounts.csv"));
    folder.write("accounts.csv", "id,Seats\na1,3\n");
    const auto loaded = load(folder);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    EXPECT_THAT(loaded->absent_tables, ElementsAre("deals"));
    ASSERT_EQ(loaded->absent_columns.size(), 3U);
    EXPECT_EQ(loaded->absent_columns[0].table, "accounts");
    EXPECT_EQ(loaded->absent_columns[0].field,
              (AbsentField{"seats", "seats", "Seats", "accounts.csv"}));
}

TEST(LoadDataset, FaultsOfTheMapAreTold) {
    const Folder folder;
    folder.write("accounts.csv", "id\na1\n");
    folder.write("data.toml", "timezone = \"Amerika/New_York\"\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("there is no time zone 'Amerika/New_York'"));
    folder.write("data.toml", "taken_at = \"2026-02-30\"\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("taken_at = \"2026-02-30\" "));
    folder.write("data.toml", "[deal]\nfile = \"x\"\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("there is no table or setting 'deal'"));
    folder.write("data.toml",
                 "[accounts.columns]\njoined_at = { column = \"id\", format = \"%K\" }");
    EXPECT_THAT(fault_of(folder), HasSubstr("[accounts] "));
}

TEST(LoadDataset, RecordsMayHoldTheOthers) {
    const Folder folder;
    folder.write(
        "accounts.ndjson",
        "{\"key\": \"a1\", \"seats\": 3, \"deals\": [{\"id\": \"d1\"}, {\"id\": \"d2\"}]}\n"
        "nonsense\n{\"key\": \"a2\"}\n");
    folder.write("data.toml", "[accounts.columns]\nid = \"key\"\n");
    for (const auto& path : {folder.path(), folder.path() / "accounts.ndjson"}) {
        const auto loaded = load_dataset(accounts_and_deals(), {path, std::nullopt, "UTC"});
        ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
        EXPECT_EQ(loaded->dataset.size(0), 2U);
        EXPECT_EQ(loaded->dataset.size(1), 2U);
        EXPECT_EQ(loaded->dataset.table(1).parent(1), 0U);
        ASSERT_EQ(loaded->dataset.rejects().size(), 1U);
        EXPECT_EQ(loaded->dataset.rejects()[0].row, 2U);
        EXPECT_EQ(loaded->dataset.rejects()[0].code, "data.malformed");
        EXPECT_TRUE(loaded->absent_tables.empty());
    }
    folder.write("accounts.ndjson", "{\"key\": \"a1\"}\n");
    EXPECT_THAT(load(folder)->absent_tables, ElementsAre("deals"));
}

TEST(LoadDataset, WhoseRecordsAreLostIsIncomplete) {
    const Folder folder;
    folder.write("accounts.ndjson", "{\"id\": \"a1\", \"deals\": 5}\n"
                                    "{\"deals\": [{\"id\": \"d1\"}, \"d2\"], \"id\": \"a2\"}\n"
                                    "{\"id\": \"a3\", \"deals\": [{\"id\": \"d3\"}]}\n");
    const auto loaded = load(folder);
    ASSERT_TRUE(loaded.has_value()) << loaded.error().message;
    const auto& accounts = loaded->dataset.table(0);
    EXPECT_TRUE(accounts.incomplete(0));
    EXPECT_TRUE(accounts.incomplete(1));
    EXPECT_FALSE(accounts.incomplete(2));
    EXPECT_EQ(loaded->dataset.counts()[1].rows.rejected, 2U);
}

TEST(LoadDataset, SettingsFitTheTypes) {
    const Folder folder;
    folder.write("accounts.csv", "id\na1\n");
    folder.write("data.toml",
                 "[accounts.columns]\nseats = { column = \"id\", percent = \"whole\" }\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("[accounts.columns] seats: 'percent' is for percents, "
                                            "but this field is of type int"));
    folder.write("data.toml", "timezon = \"UTC\"\n");
    EXPECT_EQ(load(folder).error().help, "did you mean 'timezone'?");
}

} // namespace
} // namespace rulec::input
