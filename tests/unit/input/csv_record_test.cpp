#include "tools/data/csv_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rulec::input {
namespace {

using testing::ElementsAre;

std::vector<std::string> fields_of(std::string_view text, char delimiter = ',') {
    std::vector<CsvField> fields;
    std::vector<std::string> texts;
    if (split_csv_record(text, delimiter, true, fields).outcome == CsvOutcome::Record) {
        for (const CsvField& field : fields) {
            std::string scratch;
            texts.emplace_back(field.text(scratch));
        }
    }
    return texts;
}

CsvStep step_of(std::string_view text, bool at_end) {
    std::vector<CsvField> fields;
    return split_csv_record(text, ',', at_end, fields);
}

TEST(CsvRecord, SplitsFields) {
    EXPECT_THAT(fields_of("a,b,c\nd,e,f\n"), ElementsAre("a", "b", "c"));
    EXPECT_THAT(fields_of("a,,"), ElementsAre("a", "", ""));
    EXPECT_THAT(fields_of(",\n"), ElementsAre("", ""));
    EXPECT_THAT(fields_of("a;b,c", ';'), ElementsAre("a", "b,c"));
}

// Fields are searched 16 bytes at a step; each place in a step, and behind the last whole one.
TEST(CsvRecord, SplitsFieldsOfAnyLength) {
    for (std::size_t before = 0; before < 40; ++before)
        for (std::size_t length = 0; length < 40; ++length)
            for (const char* end : {"\n", "\r\n", "\r", ""}) {
                const std::string first(before, 'x');
                const std::string second(length, '\xC3');
                const std::string text = first + "," + second + "," + end;
                EXPECT_THAT(fields_of(text + "next,line\n").size(), *end == '\0' ? 4U : 3U);
                EXPECT_THAT(fields_of(text), ElementsAre(first, second, ""));
            }
}

TEST(CsvRecord, UndoesQuotes) {
    EXPECT_THAT(fields_of("\"a,b\",\"c\"\"d\"\"\",\"\"\n"), ElementsAre("a,b", "c\"d\"", ""));
    EXPECT_THAT(fields_of("\"two\r\nlines\",x\r\n"), ElementsAre("two\r\nlines", "x"));
    EXPECT_THAT(fields_of("a\"b,c\n"), ElementsAre("a\"b", "c"));
}

TEST(CsvRecord, KnowsEveryLineEnd) {
    EXPECT_EQ(step_of("a,b\nc", true).length, 4U);
    EXPECT_EQ(step_of("a,b\r\nc", true).length, 5U);
    EXPECT_EQ(step_of("a,b\rc", true).length, 4U);
    EXPECT_EQ(step_of("a,b\r", true).length, 4U);
    EXPECT_EQ(step_of("a,b", true).length, 3U);
    EXPECT_EQ(step_of("\r\na", true).outcome, CsvOutcome::Blank);
    EXPECT_EQ(step_of("\r\na", true).length, 2U);
}

// Whatever part of a file the reader has, it never takes half of a record for a whole one.
TEST(CsvRecord, AsksForMoreAtEveryPrefix) {
    const std::string_view record = "a,\"b\"\"c\",\"d\r\ne\",f\r\n";
    for (std::size_t length = 1; length < record.size(); ++length) {
        EXPECT_EQ(step_of(record.substr(0, length), false).outcome, CsvOutcome::NeedMore) << length;
    }
    EXPECT_EQ(step_of(record, false).outcome, CsvOutcome::Record);
    EXPECT_EQ(step_of(record, false).length, record.size());
}

TEST(CsvRecord, TellsBrokenQuotes) {
    EXPECT_EQ(step_of("a,\"b\nc,d\n", true).outcome, CsvOutcome::UnclosedQuote);
    EXPECT_EQ(step_of("a,\"b\"x,d\n", true).outcome, CsvOutcome::TextAfterQuote);
    EXPECT_EQ(step_of("a,\"b\nc,d\n", true).length, 0U);
}

TEST(CsvRecord, FindsTheDelimiter) {
    EXPECT_EQ(csv_delimiter_of("a,b;c,d\n;;;;"), ',');
    EXPECT_EQ(csv_delimiter_of("a;b;c,d"), ';');
    EXPECT_EQ(csv_delimiter_of("a\tb"), '\t');
    EXPECT_EQ(csv_delimiter_of("a|b|\"c,,,,\""), '|');
    EXPECT_EQ(csv_delimiter_of("alone"), ',');
}

} // namespace
} // namespace rulec::input
