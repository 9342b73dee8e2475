// Rows of a file that was written before, between rows that are new.
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <unistd.h>

#include <gtest/gtest.h>

#include "tools/output/table_file.hpp"

namespace rulec::output {
namespace {

namespace fs = std::filesystem;

class WrittenRowsTest : public testing::TestWithParam<FileFormat> {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }

    // One column of these texts.
    static input::TypedTable table_of(const std::vector<std::string>& texts) {
        return {"things",
                {{"thing"}, {"same, \"again\""}},
                texts.size(),
                [&texts](std::size_t row, input::RowSink& sink) {
                    sink.text(texts[row]);
                    sink.text(texts[row]);
                }};
    }

    std::string written(const std::vector<std::string>& texts) {
        const auto done = write_table(table_of(texts), GetParam(), folder_ / "whole");
        EXPECT_TRUE(done);
        return read(folder_ / "whole");
    }

    // How many bytes their rows are.
    std::uint64_t bytes_of(const std::vector<std::string>& texts) {
        return written(texts).size() - written({}).size();
    }

    static std::string read(const fs::path& path) {
        std::ifstream file(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    fs::path folder_ = fs::temp_directory_path() / ("written_rows_" + std::to_string(::getpid()));
};

// Quotes, line ends in cells, and rows that are longer than what is read at once.
const std::vector<std::string> kEarlier = {
    "plain",  "two\nlines", "a \"quoted\n\" word", "", "\"", "\\\"", std::string(3'000'000, '"'),
    "x\r\ny", "last,"};
const std::vector<std::string> kNew = {"new\n1", "new \"2\"", "new 3"};

TEST_P(WrittenRowsTest, StandBetweenNewOnesAsTheyWere) {
    const fs::path earlier = folder_ / "earlier";
    std::ofstream(earlier, std::ios::binary) << written(kEarlier);
    Splice splice;
    splice.earlier = earlier;
    splice.steps = {
        {1, bytes_of({kEarlier[0]}), bytes_of({kEarlier[1], kEarlier[2]})},
        {2, bytes_of({kEarlier[3]}), 0},
        {0, bytes_of({kEarlier[4]}), bytes_of({kEarlier[5], kEarlier[6], kEarlier[7]})}};
    std::string watched;
    std::vector<std::uint64_t> rows;
    const auto done = write_spliced(table_of(kNew), splice, GetParam(), folder_ / "spliced",
                                    {[&](std::string_view bytes) { watched += bytes; },
                                     [&](std::uint64_t bytes) { rows.push_back(bytes); }});
    ASSERT_TRUE(done) << done.error().message;
    EXPECT_EQ(watched, read(folder_ / "spliced"));
    EXPECT_EQ(rows, (std::vector{bytes_of({kNew[0]}), bytes_of({kNew[1]}), bytes_of({kNew[2]})}));
    EXPECT_EQ(read(folder_ / "spliced"), written({kNew[0], kEarlier[1], kEarlier[2], kNew[1],
                                                  kNew[2], kEarlier[5], kEarlier[6], kEarlier[7]}));
}

TEST_P(WrittenRowsTest, MissingOnesAreTold) {
    const fs::path earlier = folder_ / "earlier";
    std::ofstream(earlier, std::ios::binary) << written({"one", "two"});
    Splice splice;
    splice.earlier = earlier;
    splice.steps = {{0, 0, bytes_of({"one", "two"}) + 1}};
    EXPECT_EQ(write_spliced(table_of({}), splice, GetParam(), folder_ / "spliced").error().code,
              "output.unreadable");
    splice.earlier = folder_ / "nothing";
    EXPECT_EQ(write_spliced(table_of({}), splice, GetParam(), folder_ / "spliced").error().code,
              "output.unreadable");
}

INSTANTIATE_TEST_SUITE_P(Formats, WrittenRowsTest,
                         testing::Values(FileFormat::Csv, FileFormat::Ndjson),
                         [](const auto& info) { return std::string(spelling(info.param)); });

} // namespace
} // namespace rulec::output
