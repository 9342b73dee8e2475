#include "tools/data/csv_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

const std::vector<FieldColumn> kIdAndName = {{"id", "id", true}, {"name", "name", true}};

struct Outcome {
    std::vector<std::string> lines;
    std::vector<UnreadableRecord> unreadable;
    std::vector<AbsentField> absent;
    rulebook::Error error;
};

Outcome read_text(std::string_view text, const std::vector<FieldColumn>& fields = kIdAndName) {
    const Folder folder;
    folder.write("t.csv", text);
    Outcome outcome;
    const auto reader = open_csv(folder.path() / "t.csv", "t.csv", fields);
    if (!reader.has_value()) {
        outcome.error = reader.error();
        return outcome;
    }
    outcome.lines = lines_of(**reader);
    outcome.unreadable = (*reader)->unreadable();
    outcome.absent = (*reader)->absent_fields();
    return outcome;
}

TEST(CsvReader, DeliversWantedColumnsInWantedOrder) {
    const Outcome read = read_text("name,other,id\nAnn,x,1\n\"Bo, Jr\",,2\n");
    EXPECT_THAT(read.lines, ElementsAre("t.csv:1 1|Ann", "t.csv:2 2|Bo, Jr"));
    EXPECT_THAT(read.unreadable, IsEmpty());
}

TEST(CsvReader, TakesByteOrderMarkCrLfOtherDelimitersAndNoLastLineEnd) {
    EXPECT_THAT(read_text("\xEF\xBB\xBFid;name\r\n1;Ann\r\n\r\n2;Zoë").lines,
                ElementsAre("t.csv:1 1|Ann", "t.csv:2 2|Zoë"));
}

TEST(CsvReader, CountsARecordOverSeveralLinesOnce) {
    EXPECT_THAT(read_text("id,name\n1,\"a\nb\"\n2,c\n").lines,
                ElementsAre("t.csv:1 1|a\nb", "t.csv:2 2|c"));
}

TEST(CsvReader, EmptyTextIsAValueNotANull) {
    EXPECT_THAT(read_text("id,name\n1,\n2,\"\"\n").lines, ElementsAre("t.csv:1 1|", "t.csv:2 2|"));
}

TEST(CsvReader, HeaderAloneIsAnEmptyTable) {
    const Outcome read = read_text("id,name\n");
    EXPECT_THAT(read.lines, IsEmpty());
    EXPECT_EQ(read.error.code, "");
}

TEST(CsvReader, RaggedLinesAreUnreadableAndTheRestIsRead) {
    const Outcome read = read_text("id,name\n1,Ann\n2\n3,a,b\n4,Bo\n");
    EXPECT_THAT(read.lines, ElementsAre("t.csv:1 1|Ann", "t.csv:4 4|Bo"));
    EXPECT_THAT(read.unreadable,
                ElementsAre(UnreadableRecord{"t.csv", 2, "", "2", "data.ragged",
                                             "1 fields, but the first line names 2 columns"},
                            UnreadableRecord{"t.csv", 3, "", "3,a,b", "data.ragged",
                                             "3 fields, but the first line names 2 columns"}));
}

TEST(CsvReader, AStrayQuoteCostsOneLine) {
    const Outcome read = read_text("id,name\n1,\"never closed\n2,Bo\n3,\"x\"y\n4,Cy\n");
    EXPECT_THAT(read.lines, ElementsAre("t.csv:2 2|Bo", "t.csv:4 4|Cy"));
    ASSERT_THAT(read.unreadable, SizeIs(2));
    EXPECT_EQ(read.unreadable[0].row, 1U);
    EXPECT_EQ(read.unreadable[0].code, "data.quote");
    EXPECT_EQ(read.unreadable[0].value, "1,\"never closed");
    EXPECT_EQ(read.unreadable[1].row, 3U);
}

TEST(CsvReader, OptionalColumnsMayBeAbsent) {
    const Outcome read =
        read_text("id,Name\n1,Ann\n", {{"id", "id", true}, {"name", "name", false}});
    EXPECT_THAT(read.lines, ElementsAre("t.csv:1 1|-"));
    EXPECT_THAT(read.absent, ElementsAre(AbsentField{"name", "name", "Name", "t.csv"}));
}

TEST(CsvReader, NeededColumnsMayNot) {
    const Outcome read = read_text("id,nmae\n1,Ann\n");
    EXPECT_EQ(read.error.code, "data.no_column");
    EXPECT_EQ(read.error.message, "t.csv has no column 'name' for the field 'name'");
    EXPECT_THAT(read.error.help, HasSubstr("did you mean 'nmae'? its columns are: id, nmae"));
}

TEST(CsvReader, TwoColumnsOfOneNameAreAFaultOnlyIfWanted) {
    EXPECT_EQ(read_text("id,name,name\n1,a,b\n").error.code, "data.two_columns");
    EXPECT_THAT(read_text("id,x,x,name\n1,a,b,c\n").lines, ElementsAre("t.csv:1 1|c"));
}

TEST(CsvReader, SaysWhatIsNotCsv) {
    EXPECT_EQ(read_text("").error.message, "t.csv is empty");
    EXPECT_EQ(read_text("\n\r\n").error.message, "t.csv is empty");
    EXPECT_EQ(read_text("PAR1xxxx").error.help, "name it .parquet");
    EXPECT_THAT(read_text("PK\x03\x04zip").error.message, HasSubstr("spreadsheet"));
    EXPECT_THAT(read_text(std::string("\xFF\xFEi\0d\0", 6)).error.message, HasSubstr("UTF-16"));
    EXPECT_EQ(read_text("n\xE4me,id\n").error.message, "t.csv is not text in UTF-8");
    EXPECT_EQ(read_text("\"id,name\n").error.message, "t.csv has no sound first line");
    EXPECT_EQ(read_text("id,nmae\n").error.code, "data.no_column");
}

TEST(CsvReader, FoldersAndMissingFilesAreUnreadable) {
    const Folder folder;
    const auto as_folder = open_csv(folder.path(), "x", kIdAndName);
    ASSERT_FALSE(as_folder.has_value());
    EXPECT_THAT(as_folder.error().message, HasSubstr("is a folder, not a file"));
    const auto missing = open_csv(folder.path() / "no.csv", "no.csv", kIdAndName);
    ASSERT_FALSE(missing.has_value());
    EXPECT_EQ(missing.error().code, "data.unreadable");
}

TEST(CsvReader, ReadsFilesLongerThanItsWindow) {
    std::string text = "id,name\n";
    constexpr int kRows = 60'000;
    for (int i = 1; i <= kRows; ++i) {
        text += std::to_string(i) + ",\"" + std::string(static_cast<std::size_t>(i % 90), 'x') +
                (i % 7 == 0 ? "\"\"\r\n" : "") + "\"\r\n";
    }
    const Outcome read = read_text(text);
    ASSERT_THAT(read.lines, SizeIs(kRows));
    EXPECT_EQ(read.lines[48], "t.csv:49 49|" + std::string(49, 'x') + "\"\r\n");
    EXPECT_EQ(read.lines.back(), "t.csv:60000 60000|" + std::string(60'000 % 90, 'x'));
}

TEST(CsvReader, ALineBeyondAllMeasureIsUnreadable) {
    const std::string long_line = "1," + std::string(kMostCsvBytes, 'x') + "\n";
    const Outcome read = read_text("id,name\n" + long_line + "2,Bo\n");
    EXPECT_THAT(read.lines, ElementsAre("t.csv:2 2|Bo"));
    ASSERT_THAT(read.unreadable, SizeIs(1));
    EXPECT_EQ(read.unreadable[0].code, "data.too_long");
    EXPECT_EQ(read.unreadable[0].reason, "longer than 16 MiB");
    EXPECT_LT(read.unreadable[0].value.size(), 300U);
}

TEST(CsvReader, TheLimitIsExact) {
    const std::size_t name = kMostCsvBytes - std::string("1,\n").size();
    for (const std::size_t more : {0U, 1U}) {
        const std::string line = "1," + std::string(name + more, 'x') + "\n";
        const Outcome read = read_text("id,name\n" + line + "2,Bo\n");
        EXPECT_THAT(read.lines, SizeIs(2 - more));
        EXPECT_THAT(read.unreadable, SizeIs(more));
    }
}

// Its text has lines that would pass for records.
TEST(CsvReader, AQuotedFieldBeyondTheLimitRefusesTheFile) {
    std::string field;
    while (field.size() <= kMostCsvBytes)
        field += "7,seven\n";
    const Outcome read = read_text("id,name\n1,a\n2,\"" + field + "\"\n3,c\n");
    EXPECT_THAT(read.unreadable, IsEmpty());
    ASSERT_THAT(read.lines, SizeIs(1));
    EXPECT_EQ(read.lines[0], "error data.too_long: t.csv, row 2: a quote opens and the record does "
                             "not end within 16 MiB, so where the next one begins cannot be known; "
                             "the row begins: 2,\"7,seven");
}

TEST(CsvReader, AStrayQuoteThatNothingClosesWithinTheLimitRefusesTheFile) {
    std::string text = "id,name\n1,\"never closed\n";
    while (text.size() <= 2 * kMostCsvBytes)
        text += "7,seven\n";
    const Outcome read = read_text(text);
    ASSERT_THAT(read.lines, SizeIs(1));
    EXPECT_THAT(read.lines[0], HasSubstr("t.csv, row 1: a quote opens"));
}

TEST(CsvReader, AFileFullOfStrayQuotesEnds) {
    std::string text = "id,name\n";
    for (int i = 0; i < 400'000; ++i) {
        text += "1,\"x" + std::string(30, 'y') + "\n2,\"\"\"\n";
    }
    const Outcome read = read_text(text);
    ASSERT_FALSE(read.lines.empty() && read.unreadable.empty());
}

TEST(CsvReader, BatchesMayBeTakenApart) {
    const Folder folder;
    folder.write("t.csv", "id\na text that is long enough to lie on the heap\n");
    const auto reader = open_csv(folder.path() / "t.csv", "t.csv", {{"id", "id", true}});
    ASSERT_TRUE(reader.has_value());
    rulebook::data::OwnedArray child;
    {
        auto batch = (*reader)->next();
        ASSERT_TRUE(batch.has_value());
        *child.fill() = *batch->array->children[0];
        batch->array->children[0]->release = nullptr;
    }
    ASSERT_EQ(child->length, 1);
    EXPECT_EQ(std::string_view(static_cast<const char*>(child->buffers[2]), 6), "a text");
}

} // namespace
} // namespace rulec::input
