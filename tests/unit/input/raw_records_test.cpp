#include "tools/data/raw_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/input/table_text.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
namespace plan = rulebook::plan;

plan::Entity entity(const char* name, const char* collection, plan::TypeKind key) {
    plan::Entity made;
    made.name = name;
    made.collection = collection;
    plan::Field id;
    id.name = "id";
    id.type = plan::Type::of(key);
    id.key = true;
    made.fields = {id};
    made.key = 0;
    return made;
}

plan::Schema accounts_and_deals(plan::TypeKind key = plan::TypeKind::Text) {
    plan::Schema schema;
    schema.entities = {entity("account", "accounts", key), entity("deal", "deals", key)};
    schema.entities[1].parent = 0;
    schema.entities[1].parent_key_column = "account_id";
    return schema;
}

rulebook::Result<RawRecords> read(const Folder& folder,
                                  const plan::Schema& schema = accounts_and_deals()) {
    return RawRecords::read(schema, {folder.path(), std::nullopt, "UTC"});
}

std::string fault_of(const Folder& folder, const plan::Schema& schema = accounts_and_deals()) {
    const auto raw = read(folder, schema);
    return raw.has_value() ? "none" : raw.error().code + ": " + raw.error().message;
}

// By key, whether an account is read.
std::vector<std::string> read_with(const RawRecords& raw, const std::vector<std::string>& asked) {
    std::vector<bool> accounts(raw.size(), false);
    for (const std::string& key : asked)
        accounts[*raw.account_of(key)] = true;
    raw.complete(accounts);
    std::vector<std::string> keys;
    for (std::uint32_t account = 0; account < raw.size(); ++account)
        if (accounts[account])
            keys.emplace_back(raw.key(account));
    return keys;
}

TEST(RawRecords, AreCountedAndFound) {
    const Folder folder;
    folder.write("accounts.csv", "id\na\nb\nc\n");
    folder.write("deals.csv", "id,account_id\n1,b\n2,a\n3,b\n4,nobody\n5,\n");
    const auto raw = read(folder);
    ASSERT_TRUE(raw.has_value()) << raw.error().message;
    EXPECT_EQ(raw->size(), 4U);
    EXPECT_THAT(raw->records(0), ElementsAre(1, 1, 1, 0));
    EXPECT_THAT(raw->records(1), ElementsAre(1, 2, 0, 1));
    const std::uint32_t b = *raw->account_of("b");
    EXPECT_EQ(raw->place_of(1, b, 1), (RecordPlace{0, 3}));
    EXPECT_EQ(raw->account_at(1, {0, 3}), b);
    EXPECT_EQ(raw->account_at(1, {0, 5}), kNobody);
    EXPECT_EQ(raw->file(1, {0, 3}), "deals.csv");
    EXPECT_EQ(raw->first_place(1, [](auto) { return std::optional<std::uint64_t>(1); }),
              (RecordPlace{0, 3}));
    EXPECT_FALSE(raw->first_place(1, [](auto) { return std::optional<std::uint64_t>(2); }));
}

TEST(RawRecords, ThatShareAKeyAreReadTogether) {
    const Folder folder;
    folder.write("accounts.csv", "id\na\nb\nc\nd\n");
    folder.write("deals.csv", "id,account_id\n1,a\n2,b\n1,c\n3,d\n3,\n");
    const auto raw = read(folder);
    ASSERT_TRUE(raw.has_value()) << raw.error().message;
    EXPECT_THAT(read_with(*raw, {"a"}), ElementsAre("a", "c", "d")) << "3 is also nobody's";
    EXPECT_THAT(read_with(*raw, {"b"}), ElementsAre("b", "d"));
}

TEST(RawRecords, OfEachFileSomeAreRead) {
    const Folder folder;
    folder.write("accounts.csv", "id\na\nb\nc\n");
    folder.write("deals.csv", "id,account_id\n1,b\n2,c\n");
    EXPECT_THAT(read_with(*read(folder), {"a"}), ElementsAre("a", "b"));
    folder.write("deals.csv", "id,account_id\n");
    EXPECT_THAT(read_with(*read(folder), {"a"}), ElementsAre("a"));
}

TEST(RawRecords, WholeNumbersAreTheSameKeyHoweverWritten) {
    const Folder folder;
    folder.write("accounts.csv", "id\n7\n");
    folder.write("deals.csv", "id,account_id\n1,007\n2,7\n3,\"7\"\n4,seven\n");
    const auto raw = read(folder, accounts_and_deals(plan::TypeKind::Int));
    ASSERT_TRUE(raw.has_value()) << raw.error().message;
    EXPECT_EQ(raw->size(), 1U);
    EXPECT_THAT(raw->records(1), ElementsAre(3));
}

TEST(RawRecords, CircumstancesAreAllButTheRecordsAndWhenTheyWereTaken) {
    const Folder folder;
    folder.write("accounts.csv", "id,more\na,1\n");
    folder.write("deals.csv", "id,account_id\n1,a\n");
    folder.write("data.toml", "taken_at = \"2026-01-01\"\n");
    const std::string before = read(folder)->circumstances();
    folder.write("data.toml", "taken_at = \"2026-01-02\"\n");
    folder.write("accounts.csv", "id,more\na,1\nb,2\n");
    EXPECT_EQ(read(folder)->circumstances(), before);
    for (const auto& [file, text] : {std::pair("accounts.csv", "more,id\n1,a\n"),
                                     {"accounts.csv", "id;more\na;1\n"},
                                     {"data.toml", "timezone = \"Europe/Berlin\"\n"},
                                     {"data.toml", "[deals]\nnull = [\"x\"]\n"}}) {
        folder.write(file, text);
        const std::string after = read(folder)->circumstances();
        EXPECT_NE(after, before) << text;
        folder.write("accounts.csv", "id,more\na,1\n");
        folder.write("data.toml", "");
        EXPECT_EQ(read(folder)->circumstances(), before);
    }
    std::filesystem::remove(folder.path() / "deals.csv");
    EXPECT_NE(read(folder)->circumstances(), before);
}

TEST(RawRecords, WhereTheyCannotBeGivenToAccountsItSaysSo) {
    const Folder folder;
    folder.write("accounts.csv", "id\na\n");
    folder.write("deals.ndjson", "{\"id\": \"1\", \"account_id\": \"a\"}\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("data.not_raw: deals is read from other files"));
    std::filesystem::remove(folder.path() / "deals.ndjson");
    EXPECT_EQ(fault_of(folder), "none");
    folder.write("deals 1.csv", "id,account_id\n1,a\n");
    folder.write("deals 2.csv", "account_id,id\na,2\n");
    folder.write("data.toml", "[deals]\nfile = \"deals*.csv\"\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("data.not_raw: the files of deals have different"));
    folder.write("data.toml", "[deals]\nsql = \"SELECT 1 AS id, 'a' AS account_id\"\n");
    EXPECT_THAT(fault_of(folder), HasSubstr("data.not_raw: deals is read from a query"));
    plan::Schema lines = accounts_and_deals();
    lines.entities.push_back(entity("line", "lines", plan::TypeKind::Text));
    lines.entities[2].parent = 1;
    lines.entities[2].parent_key_column = "deal_id";
    folder.write("data.toml", "[deals]\nfile = \"deals 1.csv\"\n");
    EXPECT_EQ(fault_of(folder, lines), "none") << "they are not there";
    folder.write("lines.csv", "id,deal_id\n1,1\n");
    EXPECT_THAT(fault_of(folder, lines), HasSubstr("data.not_raw: lines does not say whose"));
    EXPECT_THAT(fault_of(folder, accounts_and_deals(plan::TypeKind::Money)),
                HasSubstr("neither text nor whole numbers"));
}

TEST(RawRecords, KnowWhetherFilesWereChanged) {
    const Folder folder;
    folder.write("accounts.csv", "id\na\n");
    const auto raw = read(folder);
    ASSERT_TRUE(raw.has_value()) << raw.error().message;
    EXPECT_TRUE(raw->still_there());
    folder.write("data.toml", "taken_at = \"2026-01-01\"\n");
    EXPECT_FALSE(raw->still_there());
    std::filesystem::remove(folder.path() / "data.toml");
    EXPECT_TRUE(raw->still_there());
    folder.write("accounts.csv", "id\nabc\n");
    EXPECT_FALSE(raw->still_there());
    std::filesystem::remove(folder.path() / "accounts.csv");
    EXPECT_FALSE(raw->still_there());
}

} // namespace
} // namespace rulec::input
