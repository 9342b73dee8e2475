#include "tools/data/ndjson_reader.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/data_source.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

struct Read {
    std::vector<std::string> lines;
    std::vector<std::string> faults; // "row field: reason"
    bool found = false;
    std::vector<std::string> parents{};  // of the faults
    std::vector<std::string> misspelt{}; // "row name: nearest"
};

Read read(std::string_view text, std::vector<FieldColumn> fields, const NestedPlace& place = {},
          std::size_t most = kMostNdjsonBytes) {
    const Folder folder;
    folder.write("t.ndjson", text);
    auto reader = open_ndjson(folder.path() / "t.ndjson", "t", std::move(fields), place, most);
    if (!reader.has_value())
        return {{reader.error().code + ": " + reader.error().message}, {}};
    Read result;
    result.lines = lines_of(**reader);
    for (const auto& record : (*reader)->unreadable()) {
        result.faults.push_back(std::to_string(record.row) + " " + record.field + record.code +
                                ": " + record.reason);
        result.parents.push_back(record.parent);
    }
    for (const auto& array : (*reader)->misspelt_arrays())
        result.misspelt.push_back(std::to_string(array.row) + " " + array.name + ": " +
                                  array.nearest);
    result.found = (*reader)->found();
    return result;
}

const std::vector<FieldColumn> kXY = {{"x", "x"}, {"y", "y"}};

TEST(Ndjson, ValuesArriveAsTheyStand) {
    const auto result = read("\xEF\xBB\xBF{\"x\": \"a\\\"\\u00e9\", \"y\": 1.50}\n\n  \r\n"
                             "{\"y\": null, \"other\": [1]}\r\n"
                             "{\"x\": true, \"y\": 123456789012345678901234567890}\n"
                             "{\"x\": {\"a\": [1, 2]}, \"y\": -1E-7}",
                             kXY);
    EXPECT_THAT(result.lines, ElementsAre("t:1 a\"\u00e9|1.50", "t:2 |",
                                          "t:3 true|123456789012345678901234567890",
                                          "t:4 {\"a\": [1, 2]}|-1E-7"));
    EXPECT_THAT(result.faults, IsEmpty());
}

TEST(Ndjson, ALineThatIsNoObjectIsRejectedAlone) {
    const auto result = read("{\"x\": 1}\n\nnonsense\n{\"x\": 2} 3\n{\"x\": nul}\n{\"x\": 01}\n[]\n"
                             "{\"x\": \"\xFF\"}\n{\"x\": \"a}\n{\"x\": 1, \"x\": 2}\n"
                             "{\"x\": \"a\\u0000\"}\n{\"z\": \"\\q\"}\n{\"x\": 3}\n{\"x\": 4",
                             kXY);
    EXPECT_THAT(result.lines, ElementsAre("t:1 1|", std::string("t:10 a\0|", 8), "t:12 3|"))
        << "what a text holds is judged by who reads the cells";
    ASSERT_EQ(result.faults.size(), 10U);
    EXPECT_EQ(result.faults[0], "2 data.malformed: line 3: not a JSON object");
    EXPECT_THAT(result.faults[1], HasSubstr("3 data.malformed: line 4: "));
    EXPECT_EQ(result.faults[5], "7 data.malformed: line 8: not text in UTF-8");
    EXPECT_EQ(result.faults[7], "9 data.malformed: line 10: the object has `x` twice");
    EXPECT_THAT(result.faults[9], HasSubstr("13 data.malformed: line 14: "));
}

TEST(Ndjson, ACollectionThatStandsTwiceIsNotHalfRead) {
    const char* text = "{\"id\": 1, \"deals\": [{\"x\": \"d1\"}], \"deals\": []}\n"
                       "{\"id\": 2, \"deals\": [], \"deals\": [{\"x\": \"d2\"}]}\n"
                       "{\"id\": 3, \"deals\": null, \"deals\": [{\"x\": \"d3\"}]}\n";
    const auto deals = read(text, {{"x", "x"}, {"id", "account"}}, {{"deals"}, "id", 1});
    EXPECT_THAT(deals.lines, ElementsAre("t:3 d3|3"));
    EXPECT_THAT(deals.faults,
                ElementsAre("1 data.malformed: line 1: the object has `deals` twice",
                            "2 data.malformed: line 2: the object has `deals` twice"));
}

TEST(Ndjson, ReadsWhatStandsBelow) {
    const char* text =
        "{\"id\": 1, \"deals\": [{\"x\": \"d1\", \"lines\": [{\"y\": 1}, {\"y\": 2}]},"
        " {\"lines\": [{\"y\": 3}], \"x\": \"d2\"}]}\n"
        "{\"id\": 2, \"deals\": null}\n{\"id\": 3}\n{\"id\": 4, \"deals\": [}\n"
        "{\"deals\": [{\"x\": \"d3\"}, 7], \"id\": 5}\n{\"id\": 6, \"deals\": {}}\n";
    const auto deals = read(text, {{"x", "x"}, {"id", "account"}}, {{"deals"}, "id", 1});
    EXPECT_THAT(deals.lines, ElementsAre("t:1 d1|1", "t:1 d2|1", "t:5 d3|5"));
    EXPECT_THAT(
        deals.faults,
        ElementsAre("5 data.malformed: line 5: `deals` holds something that is no JSON object",
                    "6 data.malformed: line 6: `deals` is no array"));
    EXPECT_THAT(deals.parents, ElementsAre("5", "6")) << "the key may stand behind the array";
    const auto lines = read(text, {{"y", "y"}, {"x", "deal"}}, {{"deals", "lines"}, "x", 1});
    EXPECT_THAT(lines.lines, ElementsAre("t:1 1|d1", "t:1 2|d1", "t:1 3|d2"));
    EXPECT_THAT(lines.faults, IsEmpty()) << "deals that are none are told of deals";
    EXPECT_TRUE(lines.found);
    EXPECT_FALSE(read(text, {{"y", "y"}}, {{"users"}, "id", {}}).found);
}

TEST(Ndjson, ArraysNamedNearlyAsOthersAreTold) {
    const NestedPlace root{{}, "id", {}, {"users", "deals"}};
    const auto result = read("{\"x\": 1, \"uzers\": [], \"tags\": [{}]}\n"
                             "{\"x\": 2, \"uzers\": [{\"id\": 1}], \"user\": [\"a\"]}\n"
                             "{\"x\": 3, \"uzers\": [{\"id\": 2}], \"users\": [{\"id\": 3}]}\n",
                             kXY, root);
    EXPECT_THAT(result.misspelt, ElementsAre("2 uzers: users"));
}

TEST(Ndjson, ALineBeyondTheLimitIsRejectedAlone) {
    constexpr std::size_t kMost = std::size_t{1} << 20U;
    const std::string long_line = "{\"x\": \"" + std::string(3 * kMost, 'z') + "\"}\n";
    const std::string text = "{\"x\": 1}\n" + long_line + "{\"x\": 2}\n" + long_line;
    const auto result = read(text, kXY, {}, kMost);
    EXPECT_THAT(result.lines, ElementsAre("t:1 1|", "t:3 2|"));
    EXPECT_THAT(result.faults, ElementsAre("2 data.too_long: line 2: longer than 1 MiB",
                                           "4 data.too_long: line 4: longer than 1 MiB"));
    EXPECT_THAT(read(text, kXY, {{"deals"}, "x", {}}, kMost).faults, IsEmpty());
}

TEST(Ndjson, AnArrayInTheFirstLineIsNotAlwaysTheWholeFile) {
    const auto result = read("[1,2]\n{\"x\": 1}\n", kXY);
    EXPECT_THAT(result.lines, ElementsAre("t:2 1|"));
    EXPECT_THAT(result.faults, ElementsAre("1 data.malformed: line 1: not a JSON object"));
    for (const char* whole : {"[{\"x\": 1}]", "[{\"x\": 1}]\n\n", "[{\"x\": 1},\n{\"x\": 2}]\n"})
        EXPECT_EQ(read(whole, kXY).lines[0], "data.not_ndjson: t is one JSON array") << whole;
}

TEST(Ndjson, OtherFilesAreTold) {
    EXPECT_EQ(read(" [\n{\"x\": 1}]", kXY).lines[0], "data.not_ndjson: t is one JSON array");
    EXPECT_EQ(read("\xFF\xFE{", kXY).lines[0], "data.not_ndjson: t is encoded in UTF-16");
    EXPECT_THAT(read("", kXY).lines, IsEmpty());
}

TEST(Ndjson, LongLinesAndManyRows) {
    std::string text;
    for (int i = 0; i < 50'000; ++i)
        text += "{\"x\": " + std::to_string(i) + ", \"y\": \"" + std::string(50, 'y') + "\"}\n";
    text += "{\"x\": \"" + std::string(5'000'000, 'z') + "\"}\n";
    const auto result = read(text, kXY);
    ASSERT_EQ(result.lines.size(), 50'001U);
    EXPECT_EQ(result.lines[49'999].substr(0, 15), "t:50000 49999|y");
    EXPECT_EQ(result.lines[50'000].size(), std::string("t:50001 |").size() + 5'000'000);
}

void write_packed(const Folder& folder, const std::string& name, std::string_view text) {
    gzFile file = gzopen((folder.path() / name).c_str(), "wb");
    gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    gzclose(file);
}

TEST(Packed, FilesAreUnpackedOnTheWay) {
    const Folder folder;
    std::string csv = "id\n";
    for (int i = 0; i < 300'000; ++i)
        csv += std::to_string(i) + "\n";
    write_packed(folder, "users.csv.gz", csv);
    write_packed(folder, "events.ndjson.gz", "{\"id\": 1}\n");
    auto source = DataSource::open(folder.path(), {});
    const auto users = source->read({"users", {{"id", true}}});
    ASSERT_TRUE(users.has_value()) << users.error().message;
    const auto lines = lines_of(**users);
    ASSERT_EQ(lines.size(), 300'000U);
    EXPECT_EQ(lines.back(), "users.csv.gz:300000 299999");
    const auto events = source->read({"events", {{"id", true}}});
    EXPECT_THAT(lines_of(**events), ElementsAre("events.ndjson.gz:1 1"));
}

TEST(Packed, DamageIsTold) {
    const Folder folder;
    write_packed(folder, "users.csv.gz", "id\n" + std::string(100'000, '1') + "\n");
    std::filesystem::resize_file(folder.path() / "users.csv.gz", 60);
    auto source = DataSource::open(folder.path(), {});
    EXPECT_THAT(source->read({"users", {{"id", true}}}).error().message,
                HasSubstr("is damaged: it ends too early"));
}

} // namespace
} // namespace rulec::input
