// What no format may read otherwise than another: the same records, from every kind of source.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/load_dataset.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
namespace plan = rulebook::plan;

// entity account { id: text key, note: text?, joined_at: time? }
plan::Schema accounts() {
    const auto field = [](const char* name, plan::TypeKind kind, bool optional) {
        plan::Field made;
        made.name = name;
        made.type = plan::Type::of(kind);
        made.optional = optional;
        return made;
    };
    plan::Entity account;
    account.name = "account";
    account.collection = "accounts";
    account.fields = {field("id", plan::TypeKind::Text, false),
                      field("note", plan::TypeKind::Text, true),
                      field("joined_at", plan::TypeKind::Time, true)};
    account.fields[0].key = true;
    account.key = 0;
    plan::Schema schema;
    schema.entities = {account};
    return schema;
}

// The accounts, the values that cannot be used, and the rejects; without the names of sources.
std::vector<std::string> told(const Folder& folder) {
    const auto loaded = load_dataset(accounts(), {folder.path(), std::nullopt, "UTC"});
    if (!loaded.has_value()) {
        return {loaded.error().code + ": " + loaded.error().message};
    }
    const auto& dataset = loaded->dataset;
    std::vector<std::string> lines;
    for (rulebook::data::RowIndex row = 0; row < dataset.size(0); ++row) {
        lines.push_back(fmt::format("{} {} {}", dataset.key_text(0, row),
                                    dataset.value(0, row, 1).known() ? "note" : "-",
                                    dataset.value(0, row, 2).known() ? "time" : "-"));
    }
    for (const auto& unknown : dataset.counts()[0].unknowns) {
        lines.push_back(fmt::format("{} of {}: {}, {} in row {}", unknown.rows, unknown.field,
                                    words(unknown.cause), unknown.example, unknown.row));
    }
    for (std::size_t i = 0; i < dataset.rejects().size(); ++i) {
        const auto reject = dataset.rejects()[i];
        lines.push_back(fmt::format("row {} {}: {} {}: {}", reject.row, reject.column, reject.value,
                                    reject.code, reject.reason));
    }
    return lines;
}

const auto kAsExpected =
    ElementsAre("a1 - time", "a2 note -", "a3 note time",
                "1 of note: its value in the data could not be read, x\uFFFDy in row 1",
                "1 of joined_at: its value in the data could not be read, "
                "2026-01-02T03:04:05.0000001 in row 2",
                "row 4 id: a\uFFFD data.encoding: `id` holds the character NUL");

constexpr const char* kSelect =
    "SELECT * FROM (VALUES"
    " ('a1', 'x' || chr(0) || 'y', TIMESTAMP_NS '2026-01-02 03:04:05'),"
    " ('a2', 'x', TIMESTAMP_NS '2026-01-02 03:04:05.0000001'),"
    " ('a3', 'x', TIMESTAMP_NS '2026-01-02 03:04:05.000001'),"
    " ('a' || chr(0), 'x', TIMESTAMP_NS '2026-01-02 03:04:05')) v(id, note, joined_at)";

TEST(SameRule, NulAndTooFineTimesInCsv) {
    const Folder folder;
    std::string text = "id,note,joined_at\na1,x?y,2026-01-02T03:04:05\n"
                       "a2,x,2026-01-02T03:04:05.0000001\na3,x,2026-01-02T03:04:05.000001\n"
                       "a?,x,2026-01-02T03:04:05\n";
    std::ranges::replace(text, '?', '\0');
    folder.write("accounts.csv", text);
    EXPECT_THAT(told(folder), kAsExpected);
}

TEST(SameRule, NulAndTooFineTimesInNdjson) {
    const Folder folder;
    folder.write("accounts.ndjson",
                 R"({"id": "a1", "note": "x\u0000y", "joined_at": "2026-01-02T03:04:05"}
{"id": "a2", "note": "x", "joined_at": "2026-01-02T03:04:05.0000001"}
{"id": "a3", "note": "x", "joined_at": "2026-01-02T03:04:05.000001"}
{"id": "a\u0000", "note": "x", "joined_at": "2026-01-02T03:04:05"}
)");
    EXPECT_THAT(told(folder), kAsExpected);
}

TEST(SameRule, NulAndTooFineTimesInParquet) {
    const Folder folder;
    run_in_duckdb(fmt::format("COPY ({}) TO '{}/accounts.parquet' (FORMAT parquet)", kSelect,
                              folder.path().string()));
    EXPECT_THAT(told(folder), kAsExpected);
}

TEST(SameRule, NulAndTooFineTimesInSql) {
    const Folder folder;
    folder.write("data.toml", fmt::format("accounts = '''{}'''\n", kSelect));
    EXPECT_THAT(told(folder), kAsExpected);
}

TEST(SameRule, BytesThatAreNoTextMakeAnOptionalValueMissing) {
    const Folder folder;
    folder.write("accounts.csv", "id,note\na1,\xFF\na2,b\n\xFF,c\n");
    EXPECT_THAT(told(folder),
                ElementsAre("a1 - -", "a2 note -",
                            "1 of note: its value in the data could not be read, \uFFFD in row 1",
                            "2 of joined_at: missing in the data,  in row 1",
                            "row 3 id: \uFFFD data.encoding: `id` is not valid UTF-8"));
}

} // namespace
} // namespace rulec::input
