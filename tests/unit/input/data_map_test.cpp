#include "tools/data/data_map.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(DataMap, ReadsAllSettings) {
    const auto map = parse_data_map(R"toml(
taken_at = "2026-06-30"
timezone = "America/New_York"
ignore = ["notes.txt", "old.csv"]
deals = "select * from read_csv('deals.csv')"
[users]
file = "user export *.csv"
null = ["", "n/a", "Select"]
[users.columns]
id        = "User ID"
joined_at = { column = "Joined", format = "%d-%m-%Y %H:%M" }
discount  = { column = "Disc", percent = "whole" }
share     = { percent = "fraction" }
closed_at = { column = "Close Date", date = "end" }
spend     = { column = "Spend", round = true }
)toml",
                                    "data.toml");
    ASSERT_TRUE(map.has_value()) << map.error().message;
    EXPECT_EQ(map->taken_at, "2026-06-30");
    EXPECT_EQ(map->timezone, "America/New_York");
    EXPECT_THAT(map->ignore, ElementsAre("notes.txt", "old.csv"));
    ASSERT_NE(map->find("deals"), nullptr);
    EXPECT_EQ(map->find("deals")->sql, "select * from read_csv('deals.csv')");
    EXPECT_THAT(map->find("deals")->nulls, IsEmpty());
    const TableMap* users = map->find("users");
    ASSERT_NE(users, nullptr);
    EXPECT_EQ(users->file, "user export *.csv");
    EXPECT_THAT(users->nulls, ElementsAre("", "n/a", "Select"));
    EXPECT_EQ(users->find("id")->column, "User ID");
    EXPECT_EQ(users->find("joined_at")->format, "%d-%m-%Y %H:%M");
    EXPECT_EQ(users->find("discount")->percent, PercentScale::Whole);
    EXPECT_EQ(users->find("share")->column, "share");
    EXPECT_EQ(users->find("share")->percent, PercentScale::Fraction);
    EXPECT_EQ(users->find("closed_at")->date, DateStandsFor::End);
    EXPECT_TRUE(users->find("spend")->round);
    EXPECT_EQ(users->find("nothing"), nullptr);
    EXPECT_EQ(map->find("nothing"), nullptr);
}

TEST(DataMap, TakesADateWithoutQuotes) {
    EXPECT_EQ(parse_data_map("taken_at = 2026-06-30\n", "m")->taken_at, "2026-06-30");
    EXPECT_EQ(parse_data_map("taken_at = 2026-06-30T10:00:00Z\n", "m")->taken_at,
              "2026-06-30T10:00:00Z");
}

std::string fault_of(std::string_view text) {
    const auto map = parse_data_map(text, "data.toml");
    return map.has_value() ? "none" : map.error().message + " / " + map.error().help;
}

TEST(DataMap, NamesPlaceAndFixOfEachFault) {
    EXPECT_THAT(fault_of("[users\nfile = 1"), HasSubstr("data.toml:1:"));
    EXPECT_EQ(fault_of("[users]\nfiel = \"x\"\n"),
              "data.toml:2:1: [users] has no setting 'fiel' / did you mean 'file'?");
    EXPECT_EQ(fault_of("[users.columns]\na = { colum = \"x\" }\n"),
              "data.toml:2:7: column 'a' has no setting 'colum' / did you mean 'column'?");
    EXPECT_EQ(fault_of("[users]\nfile = 7\n"), "data.toml:2:8: 'file' takes a text in quotes / ");
    EXPECT_EQ(fault_of("users = \"\"\n"), "data.toml:1:9: 'users' is empty / ");
    EXPECT_EQ(fault_of("users = 7\n"), "data.toml:1:9: 'users' takes a table of settings or a "
                                       "query / write [users] and its settings below");
    EXPECT_THAT(fault_of("[users.columns]\na = { percent = \"hundred\" }\n"),
                HasSubstr("'percent' takes \"whole\" or \"fraction\""));
    EXPECT_THAT(fault_of("[users.columns]\na = { date = 3 }\n"),
                HasSubstr("'date' takes \"start\" or \"end\""));
    EXPECT_THAT(fault_of("[users.columns]\na = { round = \"yes\" }\n"),
                HasSubstr("'round' takes true or false"));
    EXPECT_THAT(fault_of("[users]\nfile = \"a\"\nsql = \"b\"\n"),
                HasSubstr("has both 'file' and 'sql'"));
    EXPECT_THAT(fault_of("[users]\ncolumns = 1\n"), HasSubstr("takes field = \"column\" lines"));
}

TEST(DataMap, AKeyWithoutEndIsRefused) {
    for (const std::string end : {"]", " = 1"}) {
        std::string text = "taken_at = \"2026-06-30\"\n";
        text += end == "]" ? "[a" : "a";
        for (int part = 0; part < 50'000; ++part)
            text += ".a";
        const auto map = parse_data_map(text + end, "data.toml");
        ASSERT_FALSE(map);
        EXPECT_EQ(map.error().message, "data.toml:2: a key has more than 1000 parts");
    }
}

TEST(DataMap, IsLookedForInTheDataFolder) {
    const Folder folder;
    const auto none = load_data_map(folder.path(), std::nullopt);
    ASSERT_TRUE(none.has_value());
    EXPECT_EQ(none->source, "");
    folder.write("data.toml", "timezone = \"UTC\"\n");
    EXPECT_EQ(load_data_map(folder.path(), std::nullopt)->timezone, "UTC");
    folder.write("other.toml", "timezone = \"Asia/Tokyo\"\n");
    EXPECT_EQ(load_data_map(folder.path(), folder.path() / "other.toml")->timezone, "Asia/Tokyo");
    EXPECT_THAT(load_data_map(folder.path(), folder.path() / "no.toml").error().message,
                HasSubstr("there is no file"));
    EXPECT_THAT(load_data_map(folder.path(), folder.path()).error().message,
                HasSubstr("is not a file"));
}

} // namespace
} // namespace rulec::input
