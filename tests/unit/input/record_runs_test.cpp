// Records as bytes, against what the CSV reader makes of the same files.
#include "tools/data/record_runs.hpp"

#include <random>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/csv_reader.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::vector<FieldColumn> kFields = {{"id", "id", true}, {"of", "of", true}};

struct Found {
    rulebook::Result<RecordRuns> runs;
    KeyNumbers accounts;
    std::vector<ByteSum> sums;
};

Found runs_of(const Folder& folder, std::string_view text) {
    folder.write("t.csv", text);
    Found found{{}, {}, {}};
    found.runs =
        RecordRunsReader({"of"}, KeyColumn{"id"})
            .read(folder.path() / "t.csv", "t.csv", text.size(), 1, found.accounts, found.sums);
    return found;
}

std::vector<FileSlice> slices_of(const RecordRuns& runs, const std::vector<bool>& chosen) {
    std::vector<FileSlice> slices = {{.offset = 0, .bytes = runs.head.size()}};
    for (std::size_t i = 0; i < runs.runs.size(); ++i) {
        const RecordRun& run = runs.runs[i];
        if (chosen[i])
            slices.push_back({run.offset, run.bytes, run.first_row, run.records});
    }
    return slices;
}

// Rows, then the records that cannot be read.
std::vector<std::string> read(const Folder& folder, const std::vector<FileSlice>* slices) {
    auto reader = slices == nullptr ? open_csv(folder.path() / "t.csv", "t.csv", kFields)
                                    : open_csv(folder.path() / "t.csv", "t.csv", kFields, *slices);
    if (!reader.has_value())
        return {reader.error().message};
    auto lines = lines_of(**reader);
    for (const UnreadableRecord& record : (*reader)->unreadable())
        lines.push_back("t.csv:" + std::to_string(record.row) + " " + record.code + record.value);
    return lines;
}

std::uint64_t row_of(const std::string& line) {
    return std::stoull(line.substr(line.find(':') + 1));
}

std::string shown(const Found& found) {
    std::string text;
    for (const RecordRun& run : found.runs->runs)
        text += std::to_string(run.first_row) + "+" + std::to_string(run.records) + "=" +
                (run.account == kNobody ? "nobody" : std::string(found.accounts.key(run.account))) +
                " ";
    return text;
}

TEST(RecordRuns, AreOfOneAccountEach) {
    const Folder folder;
    EXPECT_EQ(shown(runs_of(folder, "id,of\n1,a\n2,\"a\"\n\n3,b\n4,\n5\n6,a,more\n7,a")),
              "1+2=a 3+1=b 4+2=nobody 6+2=a ");
    EXPECT_EQ(shown(runs_of(folder, "\xEF\xBB\xBF\n\nof;id\r\na;\"x\r\ny\"\r\n\r\na;2\r\n")),
              "1+2=a ");
    EXPECT_EQ(shown(runs_of(folder, "id,of\r1,a\r2,b\r")), "1+1=a 2+1=b ");
    EXPECT_EQ(shown(runs_of(folder, "id,of\n")), "");
}

TEST(RecordRuns, WhereReadingIsNeededItSaysSo) {
    const Folder folder;
    for (const auto& [text, why] : {std::pair("", "is empty"),
                                    {"id,of\n1,\"a\n", "has broken quotes"},
                                    {"id,of\n1,\"a\"b\n", "has broken quotes"},
                                    {"id\n1\n", "has not one column `of`"},
                                    {"id,of,of\n1,2,3\n", "has not one column `of`"},
                                    {"\x1F\x8Bxx", "is packed"}}) {
        const auto found = runs_of(folder, text);
        ASSERT_FALSE(found.runs.has_value()) << text;
        EXPECT_EQ(found.runs.error().code, "data.not_raw");
        EXPECT_THAT(found.runs.error().message, HasSubstr(why));
    }
}

TEST(RecordRuns, SumsAreOfTheAccountsBytes) {
    const Folder folder;
    const auto sums = [&](std::string_view text) { return runs_of(folder, text).sums; };
    const auto before = sums("id,of\n1,a\n2,a\n3,b\n");
    EXPECT_EQ(before, sums("id,of\n1,a\n2,a\n3,b\n"));
    const auto changed = sums("id,of\n1,a\n3,a\n3,b\n");
    EXPECT_NE(before[0], changed[0]);
    EXPECT_EQ(before[1], changed[1]);
    EXPECT_NE(before[0], sums("id,of\n2,a\n1,a\n3,b\n")[0]) << "in another order";
    EXPECT_EQ(before[1], sums("id,of\n9,x\n3,b\n")[1]);
}

// More than a window of the file, and runs that lie over its ends.
TEST(RecordRuns, SumsDoNotDependOnWhatStandsBefore) {
    const Folder folder;
    std::string rows;
    for (int row = 0; row < 300'000; ++row)
        rows += std::to_string(row) + ",a" + std::to_string(row / 1000) + "\n";
    const auto before = runs_of(folder, "id,of\n0,a0\n" + rows);
    const auto after =
        runs_of(folder, "id,of\n0,a0 and something that was not there before\n" + rows);
    ASSERT_EQ(before.sums.size(), 300U);
    ASSERT_EQ(after.sums.size(), 301U);
    for (std::uint32_t account = 1; account < 300; ++account) {
        const auto same = after.accounts.find(before.accounts.key(account));
        ASSERT_TRUE(same);
        EXPECT_EQ(before.sums[account], after.sums[*same]) << account;
    }
}

TEST(RecordRuns, ReadOneByOneTheyAreTheFile) {
    std::mt19937 random(11); // NOLINT(cert-msc51-cpp): the same each time
    const Folder folder;
    std::size_t settled = 0;
    for (int round = 0; round < 3'000; ++round) {
        std::string text = "id,of\n";
        const std::size_t length = random() % 40;
        for (std::size_t i = 0; i < length; ++i)
            text += "aab,,,\n\n\r \""[random() % 11];
        const auto found = runs_of(folder, text);
        if (!found.runs.has_value()) {
            EXPECT_EQ(found.runs.error().code, "data.not_raw");
            continue;
        }
        ++settled;
        const auto whole = read(folder, nullptr);
        std::vector<bool> chosen(found.runs->runs.size(), true);
        const auto all = slices_of(*found.runs, chosen);
        ASSERT_EQ(read(folder, &all), whole) << text;
        for (std::size_t i = 0; i < chosen.size(); ++i)
            chosen[i] = random() % 2 == 0;
        const auto some = slices_of(*found.runs, chosen);
        std::vector<std::string> expected;
        for (const std::string& line : whole)
            for (std::size_t i = 1; i < some.size(); ++i)
                if (row_of(line) >= some[i].first_row &&
                    row_of(line) < some[i].first_row + some[i].records)
                    expected.push_back(line);
        ASSERT_EQ(read(folder, &some), expected) << text;
    }
    EXPECT_GT(settled, 1'000U);
}

TEST(KeyNumbers, AreThoseOfEqualKeys) {
    KeyNumbers keys;
    EXPECT_FALSE(keys.find("k7"));
    for (int round = 0; round < 2; ++round)
        for (std::uint32_t number = 0; number < 5'000; ++number)
            ASSERT_EQ(keys.number_of("k" + std::to_string(number)), number);
    EXPECT_EQ(keys.size(), 5'000U);
    EXPECT_EQ(keys.find("k7"), 7U);
    EXPECT_EQ(keys.key(4'999), "k4999");
    EXPECT_FALSE(keys.find("k"));
}

} // namespace
} // namespace rulec::input
