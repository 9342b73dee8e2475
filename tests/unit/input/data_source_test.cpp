#include "tools/data/data_source.hpp"

#include <sys/stat.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const WantedTable kUsers = {"users", {{"id", true}, {"name", false}}};

DataMap map_of(std::string_view text) {
    auto map = parse_data_map(text, "data.toml");
    EXPECT_TRUE(map.has_value()) << (map.has_value() ? "" : map.error().message);
    return map.has_value() ? *map : DataMap{};
}

std::vector<std::string> read_users(const Folder& folder, std::string_view map_text = "") {
    auto source = DataSource::open(folder.path(), map_of(map_text));
    EXPECT_TRUE(source.has_value());
    const auto reader = source->read(kUsers);
    if (!reader.has_value()) {
        return {reader.error().code + ": " + reader.error().message, reader.error().help};
    }
    return lines_of(**reader);
}

TEST(DataSource, FindsTheFileOfATable) {
    const Folder folder;
    folder.write("users.csv", "id,name\n1,Ann\n");
    EXPECT_THAT(read_users(folder), ElementsAre("users.csv:1 1|Ann"));
    const auto source = DataSource::open(folder.path(), {});
    EXPECT_TRUE(source->has("users"));
    EXPECT_FALSE(source->has("events"));
}

TEST(DataSource, ReadsTabSeparatedFiles) {
    const Folder folder;
    folder.write("users.tsv", "id\tname\n1\tAnn, B\n");
    EXPECT_THAT(read_users(folder), ElementsAre("users.tsv:1 1|Ann, B"));
}

TEST(DataSource, FollowsTheMap) {
    const Folder folder;
    folder.write("user export 2.csv", "User ID,Name\n3,Cy\n");
    folder.write("user export 1.csv", "Name,User ID\nAnn,1\nBo\n");
    EXPECT_THAT(read_users(folder, "[users]\nfile = \"user export *.csv\"\n[users.columns]\n"
                                   "id = \"User ID\"\nname = \"Name\"\n"),
                ElementsAre("user export 1.csv:1 1|Ann", "user export 2.csv:1 3|Cy"));
}

TEST(DataSource, ListsUnreadableRecordsOfAllFiles) {
    const Folder folder;
    folder.write("a/1.csv", "id\n1\n\"2\n");
    folder.write("a/2.csv", "id,x\n3\n4,5\n");
    auto source = DataSource::open(folder.path(), map_of("[users]\nfile = \"a/?.csv\"\n"));
    const auto reader = source->read(kUsers);
    ASSERT_TRUE(reader.has_value());
    EXPECT_THAT(lines_of(**reader), ElementsAre("a/1.csv:1 1|-", "a/2.csv:2 4|-"));
    ASSERT_THAT((*reader)->unreadable(), SizeIs(2));
    EXPECT_EQ((*reader)->unreadable()[0].source, "a/1.csv");
    EXPECT_EQ((*reader)->unreadable()[1].source, "a/2.csv");
    EXPECT_THAT((*reader)->absent_fields(), SizeIs(2));
}

TEST(DataSource, AFaultOfALaterFileShows) {
    const Folder folder;
    folder.write("1.csv", "id\n1\n");
    folder.write("2.csv", "key\n2\n");
    EXPECT_THAT(read_users(folder, "[users]\nfile = \"?.csv\"\n"),
                ElementsAre("1.csv:1 1|-", "error data.no_column: 2.csv has no column 'id' for the "
                                           "field 'id'"));
}

TEST(DataSource, AFileNameMayLookLikeAPattern) {
    const Folder folder;
    folder.write("report [1].csv", "id\n7\n");
    EXPECT_THAT(read_users(folder, "[users]\nfile = \"report [1].csv\"\n"),
                ElementsAre("report [1].csv:1 7|-"));
}

TEST(DataSource, NothingInTheFoldersNameIsAPattern) {
    const Folder above;
    const auto folder = above.path() / R"(a[1]*b?\c)";
    std::filesystem::create_directory(folder);
    above.write(R"(a[1]*b?\c/users 1.csv)", "id\n7\n");
    auto source = DataSource::open(folder, map_of("[users]\nfile = \"users *.csv\"\n"));
    ASSERT_TRUE(source.has_value());
    const auto reader = source->read(kUsers);
    ASSERT_TRUE(reader.has_value()) << reader.error().message;
    EXPECT_THAT(lines_of(**reader), ElementsAre("users 1.csv:1 7|-"));
}

TEST(DataSource, SaysWhatIsMissing) {
    const Folder folder;
    folder.write("people.csv", "id\n1\n");
    EXPECT_THAT(read_users(folder),
                ElementsAre(HasSubstr("has no users.csv, .tsv, .parquet or .ndjson"),
                            HasSubstr("it has people.csv; data.toml can say: [users] file")));
    EXPECT_THAT(read_users(folder, "[users]\nfile = \"user*.csv\"\n"),
                ElementsAre(HasSubstr("data.no_file: nothing in"), "it has people.csv"));
    EXPECT_THAT(read_users(folder, "[users]\nfile = \"../x.csv\"\n")[0],
                HasSubstr("data.map: file = \"../x.csv\" leaves the data folder"));
    EXPECT_THAT(
        read_users(folder, "[users]\nfile = \"people.csv\"\n[users.columns]\nname = \"N\"\n")[0],
        HasSubstr("people.csv has no column 'N' for the field 'name'"));
}

TEST(DataSource, SaysWhatIsAmbiguousOrUnknown) {
    const Folder folder;
    folder.write("users.csv", "id\n1\n");
    folder.write("users.tsv", "id\n1\n");
    folder.write("users.xlsx", "id\n1\n");
    EXPECT_EQ(read_users(folder)[0],
              "data.ambiguous: users could be read from users.csv or users.tsv");
    EXPECT_EQ(read_users(folder, "[users]\nfile = \"users.xlsx\"\n")[0],
              "data.kind: users.xlsx is of no kind that can be read");
}

TEST(DataSource, TheFolderMustBeOne) {
    const Folder folder;
    folder.write("x", "");
    EXPECT_THAT(DataSource::open(folder.path() / "x", {}).error().message,
                HasSubstr("x is a file, but neither NDJSON nor DuckDB"));
    ASSERT_EQ(::mkfifo((folder.path() / "pipe").c_str(), 0600), 0);
    EXPECT_THAT(DataSource::open(folder.path() / "pipe", {}).error().message,
                HasSubstr("pipe is a pipe, not a folder"));
    EXPECT_EQ(DataSource::open("/dev/null", {}).error().message,
              "/dev/null is a device, not a folder");
    EXPECT_THAT(DataSource::open(folder.path() / "y", {}).error().message,
                HasSubstr("is not there"));
}

TEST(DataSource, AFileMayBeAFolder) {
    const Folder folder;
    folder.write("users.csv/a.csv", "id\n1\n");
    EXPECT_THAT(read_users(folder)[0], HasSubstr("users.csv is a folder, not a file"));
}

TEST(CheckDataMap, KnowsTablesAndFields) {
    const std::vector<WantedTable> tables = {kUsers, {"events", {}}};
    EXPECT_TRUE(check_data_map(map_of("[users.columns]\nid = \"X\"\n"), tables).has_value());
    const auto table = check_data_map(map_of("[user]\n"), tables);
    EXPECT_EQ(table.error().message, "data.toml: there is no table or setting 'user'");
    EXPECT_EQ(table.error().help, "did you mean 'users'?");
    const auto field = check_data_map(map_of("[users.columns]\nnam = \"X\"\n"), tables);
    EXPECT_EQ(field.error().message, "data.toml: users have no field 'nam'");
    EXPECT_EQ(field.error().help, "did you mean 'name'?");
}

} // namespace
} // namespace rulec::input
