#include "tools/incremental/earlier_file.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <sys/stat.h>
#include <unistd.h>

#include <gtest/gtest.h>

namespace rulec::incremental {
namespace {

namespace fs = std::filesystem;

class EarlierFileTest : public testing::Test {
protected:
    void SetUp() override { fs::create_directories(folder_); }
    void TearDown() override { fs::remove_all(folder_); }
    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }

    const fs::path folder_ =
        fs::temp_directory_path() / ("earlier_file_" + std::to_string(::getpid()));
};

TEST_F(EarlierFileTest, StaysWhatItWasWhateverTakesItsPlace) {
    write("credits.csv", "earlier");
    const auto file = EarlierFile::open(folder_ / "credits.csv");
    ASSERT_TRUE(file) << file.error().message;
    const auto before = file->checksum();
    write("aside", "another run");
    fs::rename(folder_ / "aside", folder_ / "credits.csv");
    EXPECT_EQ(file->content().value(), "earlier");
    EXPECT_EQ(file->checksum().value(), before.value());
    std::ifstream again(file->path(), std::ios::binary);
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(again), {}), "earlier");
}

TEST_F(EarlierFileTest, IsARegularFileOrNone) {
    EXPECT_EQ(EarlierFile::open(folder_ / "nothing").error().code, "file.missing");
    ASSERT_EQ(::mkfifo((folder_ / "pipe").c_str(), 0600), 0);
    EXPECT_EQ(EarlierFile::open(folder_ / "pipe").error().code, "file.unreadable");
    EXPECT_EQ(EarlierFile::open(folder_).error().code, "file.unreadable");
    EXPECT_EQ(EarlierFile::open("/dev/zero").error().code, "file.unreadable");
}

} // namespace
} // namespace rulec::incremental
