// What needs DuckDB: Parquet, DuckDB files and queries.
#include <fstream>
#include <iterator>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "tests/unit/input/table_text.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/duckdb_session.hpp"

namespace rulec::input {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

rulebook::Result<std::unique_ptr<TableReader>> open_table(const std::filesystem::path& folder,
                                                          std::string_view map_text,
                                                          const WantedTable& table) {
    const auto map = parse_data_map(map_text, "data.toml");
    EXPECT_TRUE(map.has_value());
    auto source = DataSource::open(folder, *map);
    EXPECT_TRUE(source.has_value());
    return source->read(table); // the reader outlives the source
}

std::vector<std::string> read_table(const std::filesystem::path& folder, std::string_view map_text,
                                    const WantedTable& table) {
    const auto reader = open_table(folder, map_text, table);
    if (!reader.has_value()) {
        return {reader.error().code + ": " + reader.error().message, reader.error().help};
    }
    return lines_of(**reader);
}

std::vector<std::string> read_table(const Folder& folder, std::string_view map_text,
                                    const WantedTable& table) {
    return read_table(folder.path(), map_text, table);
}

std::vector<std::string> query(const Folder& folder, std::string_view sql) {
    return read_table(folder, fmt::format("t = '''{}'''", sql), {"t", {{"x", true}}});
}

void write_parquet(const Folder& folder, const std::string& name, const std::string& select) {
    run_in_duckdb(
        fmt::format("COPY ({}) TO '{}' (FORMAT parquet)", select, (folder.path() / name).string()));
}

TEST(Duckdb, ReadsParquetInItsOwnTypes) {
    const Folder folder;
    write_parquet(
        folder, "deals.parquet",
        "SELECT * FROM (VALUES"
        " (7, 'a', 12.34::DECIMAL(9,2), DATE '1970-01-03', TIMESTAMP '1970-01-01 00:00:01',"
        "  TIMESTAMPTZ '1970-01-01 00:00:02+00', true, 0.5::DOUBLE),"
        " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL))"
        " v(id, name, amount, day, moment, moment_z, won, share)");
    const WantedTable deals = {"deals",
                               {{"share"},
                                {"id"},
                                {"name"},
                                {"amount"},
                                {"day"},
                                {"moment"},
                                {"moment_z"},
                                {"won"},
                                {"missing"}}};
    EXPECT_THAT(read_table(folder, "", deals),
                ElementsAre("deals.parquet:1 0.5|7|a|1234|2|1000000|2000000|true|-",
                            "deals.parquet:2 ~|~|~|~|~|~|~|~|-"));
    const auto reader = open_table(folder.path(), "", deals);
    ASSERT_TRUE(reader.has_value());
    const auto batch = (*reader)->next();
    ASSERT_TRUE(batch.has_value());
    EXPECT_THAT(formats_of(*batch),
                ElementsAre("g", "i", "u", "d:9,2,32", "tdD", "tsu:", "tsu:UTC", "b", "n"));
    EXPECT_THAT((*reader)->absent_fields(), SizeIs(1));
}

TEST(Duckdb, ReadsEveryTypeItDelivers) {
    const Folder folder;
    const auto both = [&](const std::string& type, const std::string& values) {
        return query(folder, fmt::format("select x::{} as x from (values {}) v(x)", type, values));
    };
    EXPECT_THAT(both("TINYINT", "(-7), (NULL)"), ElementsAre("sql:1 -7", "sql:2 ~"));
    EXPECT_THAT(both("SMALLINT", "(-300), (NULL)"), ElementsAre("sql:1 -300", "sql:2 ~"));
    EXPECT_THAT(both("BIGINT", "(NULL), (-5000000000)"),
                ElementsAre("sql:1 ~", "sql:2 -5000000000"));
    EXPECT_THAT(both("UTINYINT", "(255)"), ElementsAre("sql:1 255"));
    EXPECT_THAT(both("USMALLINT", "(65535)"), ElementsAre("sql:1 65535"));
    EXPECT_THAT(both("UINTEGER", "(4294967295)"), ElementsAre("sql:1 4294967295"));
    EXPECT_THAT(both("UBIGINT", "(18446744073709551615)"),
                ElementsAre("sql:1 18446744073709551615"));
    EXPECT_THAT(both("FLOAT", "(0.5), (NULL)"), ElementsAre("sql:1 0.5", "sql:2 ~"));
    EXPECT_THAT(both("BOOLEAN", "(true), (NULL), (false)"),
                ElementsAre("sql:1 true", "sql:2 ~", "sql:3 false"));
    EXPECT_THAT(both("DECIMAL(4,1)", "(-12.5), (NULL), (0.1)"), // 16 bits there, 32 here
                ElementsAre("sql:1 -125", "sql:2 ~", "sql:3 1"));
    EXPECT_THAT(both("DECIMAL(18,2)", "(-12.5)"), ElementsAre("sql:1 -1250"));
    EXPECT_THAT(both("DECIMAL(38,2)", "(12.5)"), ElementsAre("sql:1 1250"));
    EXPECT_THAT(both("TIMESTAMP_S", "('1970-01-01 00:00:05')"), ElementsAre("sql:1 5"));
    EXPECT_THAT(both("TIMESTAMP_MS", "('1970-01-01 00:00:05')"), ElementsAre("sql:1 5000"));
    EXPECT_THAT(both("TIMESTAMP_NS", "('1970-01-01 00:00:05')"), ElementsAre("sql:1 5000000000"));
    EXPECT_THAT(query(folder, "select NULL as x from range(2)"), ElementsAre("sql:1 ~", "sql:2 ~"));
    EXPECT_THAT(query(folder, "select 'the same for all' as x from range(2)"),
                ElementsAre("sql:1 the same for all", "sql:2 the same for all"));
}

// Texts of which few are distinct come as indexes, others do not, and columns go from one to the
// other: short and long ones, some of which begin or end alike, and none.
TEST(Duckdb, ReadsTextsOfEveryMake) {
    const Folder folder;
    const std::size_t rows = 60'000;
    write_parquet(
        folder, "t.parquet",
        fmt::format("SELECT CASE WHEN range % 11 = 3 THEN NULL WHEN range % 7 = 0 THEN '' "
                    "WHEN range < 20000 THEN 'a long beginning ' || (range % 5) || ' end' "
                    "WHEN range < 40000 THEN 'k' || range ELSE 'längstens' || range % 3 "
                    "END AS x, 'key ' || range || ' of very many' AS y FROM range({})",
                    rows));
    const auto lines = read_table(folder, "", {"t", {{"x", true}, {"y", true}}});
    ASSERT_THAT(lines, SizeIs(rows));
    for (std::size_t row = 0; row < rows; ++row) {
        const std::string x = row % 11 == 3  ? "~"
                              : row % 7 == 0 ? ""
                              : row < 20'000 ? fmt::format("a long beginning {} end", row % 5)
                              : row < 40'000 ? fmt::format("k{}", row)
                                             : fmt::format("längstens{}", row % 3);
        ASSERT_EQ(lines[row], fmt::format("t.parquet:{} {}|key {} of very many", row + 1, x, row));
    }
}

// What stands in DuckDB's memory behind a null is any byte. Tables of eight rows, the first of them
// null, the others true or false in all the ways that there are.
TEST(Duckdb, NullsAmongTruthsChangeNoneBesideThem) {
    constexpr unsigned kTables = 128;
    const Folder folder;
    const std::string file = (folder.path() / "t.duckdb").string();
    std::string sql = fmt::format("ATTACH '{}' AS f; USE f;", file);
    for (unsigned table = 0; table < kTables; ++table) {
        sql += fmt::format("CREATE TABLE t{0} (x BOOLEAN); INSERT INTO t{0} VALUES (NULL)", table);
        for (unsigned bit = 0; bit < 7; ++bit)
            sql += (table >> bit & 1U) != 0 ? ", (true)" : ", (false)";
        sql += ";";
    }
    run_in_duckdb(sql);
    auto source = DataSource::open(file, {}, "t");
    ASSERT_TRUE(source.has_value()) << source.error().message;
    for (unsigned table = 0; table < kTables; ++table) {
        const auto reader = source->read({fmt::format("t{}", table), {{"x"}}});
        ASSERT_TRUE(reader.has_value());
        std::vector<std::string> expected{"t.duckdb:1 ~"};
        for (unsigned bit = 0; bit < 7; ++bit)
            expected.push_back(fmt::format("t.duckdb:{} {}", bit + 2, (table >> bit & 1U) != 0));
        EXPECT_EQ(lines_of(**reader), expected);
    }
}

TEST(Duckdb, OtherTypesArriveAsTextOrNotAtAll) {
    const Folder folder;
    EXPECT_THAT(query(folder, "select TIME '10:11:12' as x"), ElementsAre("sql:1 10:11:12"));
    EXPECT_THAT(query(folder, "select 170141183460469231731687303715884105727::HUGEINT as x"),
                ElementsAre("sql:1 170141183460469231731687303715884105727"));
    EXPECT_THAT(query(folder, "select 'b'::ENUM('a', 'b') as x"), ElementsAre("sql:1 b"));
    EXPECT_EQ(query(folder, "select [1, 2] as x")[0],
              "data.kind: [t] sql: column 'x' holds lists, structs or bytes; a field holds one "
              "value");
}

// The file's own names count, however DuckDB tells them apart.
TEST(Duckdb, NamesOfParquetMayDifferInCaseAlone) {
    const Folder folder;
    write_parquet(folder, "t.parquet", "SELECT 1 AS aaa, 2 AS x, 3 AS bbb");
    replace_bytes(folder.path() / "t.parquet", "aaa", "BBB");
    EXPECT_THAT(read_table(folder, "", {"t", {{"bbb", true}, {"BBB", true}, {"x", true}}}),
                ElementsAre("t.parquet:1 3|1|2"));
    replace_bytes(folder.path() / "t.parquet", "BBB", "bbb");
    EXPECT_THAT(read_table(folder, "", {"t", {{"bbb", true}, {"x", true}}})[0],
                HasSubstr("data.two_columns: t.parquet has two columns 'bbb'"));
    EXPECT_THAT(read_table(folder, "", {"t", {{"x", true}}}), ElementsAre("t.parquet:1 2"));
}

TEST(Duckdb, NamesOfAQueryMayDifferInCaseAlone) {
    const Folder folder;
    EXPECT_THAT(query(folder, "select 1 as X, 2 as x, 3 as y"), ElementsAre("sql:1 2"));
}

// DuckDB would make binary fractions of them, and others than they are.
TEST(Duckdb, DecimalsOfMoreDigitsThanItHoldsAreRefused) {
    const Folder folder;
    write_parquet(folder, "t.parquet", "SELECT 1 AS y, {'a': 1} AS s, 12.34::DECIMAL(38,2) AS x");
    // Scale 2, precision 38 in the footer's compact Thrift.
    replace_bytes(folder.path() / "t.parquet", "\x15\x04\x15\x4c", "\x15\x04\x15\x4e");
    const std::string refused =
        "data.kind: {}t.parquet: column 'x' holds decimals of 39 digits; at most 38 digits are "
        "read";
    EXPECT_EQ(read_table(folder, "", {"t", {{"x", true}}})[0],
              fmt::format(fmt::runtime(refused), ""));
    EXPECT_THAT(read_table(folder, "", {"t", {{"y", true}}}), ElementsAre("t.parquet:1 1"));
    for (const char* sql :
         {"select X from 't.parquet'", "select * from read_parquet(['t.parquet']) where y = 1"})
        EXPECT_EQ(query(folder, sql)[0], fmt::format(fmt::runtime(refused), "[t] ")) << sql;
    EXPECT_THAT(query(folder, "select y as \"X\", s.a as a from 't.parquet'")[0],
                HasSubstr("decimals of 39 digits"))
        << "rather once too often";
    EXPECT_THAT(query(folder, "select x from (select 5 as x)"), ElementsAre("sql:1 5"));
    EXPECT_THAT(query(folder, "select x from read_parquet('t' || '.parquet')")[0],
                HasSubstr("read_parquet needs names of files as they stand"));
}

TEST(Duckdb, ReadsManyRowsInOrder) {
    const Folder folder;
    write_parquet(folder, "t.parquet", "SELECT range AS x FROM range(300000)");
    const auto lines = read_table(folder, "", {"t", {{"x", true}}});
    ASSERT_THAT(lines, SizeIs(300'000));
    EXPECT_EQ(lines[123'456], "t.parquet:123457 123456");
}

TEST(Duckdb, ReadsSeveralParquetFiles) {
    const Folder folder;
    write_parquet(folder, "p2.parquet", "SELECT 2 AS x");
    write_parquet(folder, "p1.parquet", "SELECT 'one' AS x");
    EXPECT_THAT(read_table(folder, "[t]\nfile = \"p?.parquet\"", {"t", {{"x", true}}}),
                ElementsAre("p1.parquet:1 one", "p2.parquet:1 2"));
}

TEST(Duckdb, QueriesFindFilesInTheDataFolder) {
    const Folder folder;
    folder.write("a.csv", "k,v\n1,10\n2,20\n");
    folder.write("sub/b.csv", "k,name\n2,Bo\n1,Ann\n");
    EXPECT_THAT(query(folder, "select b.name || a.v as x from read_csv('a.csv') a join "
                              "'sub/*.csv' b using (k) order by k"),
                ElementsAre("sql:1 Ann10", "sql:2 Bo20"));
}

TEST(Duckdb, NothingInTheFoldersNameIsAPattern) {
    const Folder above;
    const auto folder = above.path() / R"(a[1]*b?c)";
    const auto like_it = above.path() / "a1xbyc"; // fits the name as a pattern
    std::filesystem::create_directory(folder);
    std::filesystem::create_directory(like_it);
    write_parquet(above, R"(a[1]*b?c/t.parquet)", "SELECT 1 AS x");
    write_parquet(above, R"(a[1]*b?c/t[1].parquet)", "SELECT 2 AS x");
    write_parquet(above, "a1xbyc/t.parquet", "SELECT 3 AS x");
    const WantedTable table = {"t", {{"x", true}}};
    EXPECT_THAT(read_table(folder, "", table), ElementsAre("t.parquet:1 1"));
    EXPECT_THAT(read_table(folder, "[t]\nfile = 't[[]1].parquet'", table),
                ElementsAre("t[1].parquet:1 2"));
    EXPECT_THAT(read_table(folder, R"(t = "select * from 't.parquet'")", table),
                ElementsAre("sql:1 1"));
    EXPECT_THAT(read_table(folder, R"(t = "select * from '*.parquet' order by x")", table),
                ElementsAre("sql:1 1", "sql:2 2"));
    const std::string other = fmt::format("t = \"select * from '{}/t.parquet'\"", like_it.string());
    EXPECT_THAT(read_table(folder, other, table)[0], HasSubstr("data.query"));
}

TEST(Duckdb, QueriesReachNothingElse) {
    const Folder folder;
    const Folder other;
    other.write("secret.csv", "x\n1\n");
    folder.write("t.csv", "x\n1\n");
    const std::string outside = (other.path() / "secret.csv").string();
    const std::string up = fmt::format("../{}/secret.csv", other.path().filename().string());
    for (const std::string& sql :
         {fmt::format("select * from read_csv('{}')", outside),
          fmt::format("select * from read_csv('{}')", up),
          std::string("select content as x from read_text('/etc/hostname')"),
          std::string("select file as x from glob('/*')"),
          std::string("select * from read_csv('http://127.0.0.1:9/x.csv')")}) {
        const auto lines = query(folder, sql);
        EXPECT_THAT(lines[0], HasSubstr("data.query")) << sql;
        EXPECT_EQ(lines[1], "a query may read the files of the data folder only") << sql;
    }
}

TEST(Duckdb, QueriesOnlyRead) {
    const Folder folder;
    const std::string into = (folder.path() / "out.csv").string();
    for (const std::string& sql :
         {fmt::format("copy (select 1) to '{}'", into), std::string("create table t (x int)"),
          fmt::format("attach '{}'", into), std::string("set threads = 4"),
          std::string("install httpfs"), std::string("select 1 as x; select 2 as x"),
          fmt::format("export database '{}'", into), std::string("pragma version"),
          fmt::format("select 1 as x; export database '{}'", into)}) {
        EXPECT_THAT(query(folder, sql)[0], HasSubstr("must be one SELECT")) << sql;
    }
    EXPECT_FALSE(std::filesystem::exists(into));
    EXPECT_THAT(query(folder, "from (values (1)) v(x);\n"), ElementsAre("sql:1 1"));
}

TEST(Duckdb, FaultsAreTold) {
    const Folder folder;
    EXPECT_THAT(query(folder, "selec 1")[0], HasSubstr("data.query: [t] sql: Parser Error"));
    EXPECT_THAT(query(folder, "-- nothing")[0], HasSubstr("data.query"));
    EXPECT_THAT(query(folder, "select 1 as y")[0], HasSubstr("sql has no column 'x'"));
    EXPECT_THAT(query(folder, "select * from read_csv('no.csv')")[0], HasSubstr("no.csv"));
    EXPECT_THAT(query(folder, "select error('stop') as x")[0], HasSubstr("stop"));
    folder.write("t.parquet", "this is not Parquet");
    EXPECT_THAT(read_table(folder, "", {"t", {{"x", true}}})[0],
                HasSubstr("data.query: t.parquet: "));
}

TEST(Duckdb, QueriesThatNeverEndAreEnded) {
    const Folder folder;
    auto session = open_duckdb({.folder = folder.path()});
    ASSERT_TRUE(session.has_value()) << session.error().message;
    for (const char* sql :
         {"select count(*) as x from range(10000000000) a, range(10000000000) b",
          "select a.range as x from range(10000000000) a where sin(a.range) = 2"}) {
        DuckdbQuery query;
        query.sql = sql;
        query.source = "sql";
        query.selected = {{"x", 0}};
        query.most_seconds = 1;
        const auto reader = (*session)->read(std::move(query));
        const auto fault = reader.has_value() ? (*reader)->next().error() : reader.error();
        EXPECT_EQ(fault.code, "data.limits") << fault.message;
    }
}

TEST(Duckdb, TellsWhatChangesFromRunToRun) {
    const Folder folder;
    auto session = open_duckdb({.folder = folder.path()});
    ASSERT_TRUE(session.has_value());
    const auto changing = [&](const char* sql) { return (*session)->changing_parts(sql); };
    EXPECT_THAT(changing("select random() as x, now() as y"), ElementsAre("random()", "now()"));
    EXPECT_THAT(changing("select current_timestamp as x, current_date"),
                ElementsAre("current_timestamp", "current_date"));
    EXPECT_THAT(changing("select * from range(9) using sample 3"), ElementsAre("using sample"));
    EXPECT_THAT(changing("select 'random()' as x, max(range) from range(3)"), ElementsAre());
}

TEST(Duckdb, ReadsTablesAndViewsOfAFile) {
    const Folder folder;
    const std::string file = (folder.path() / "crm.duckdb").string();
    run_in_duckdb(fmt::format(
        "ATTACH '{}' AS f; USE f; CREATE TABLE users AS SELECT range AS id, TIMESTAMPTZ "
        "'2026-01-01 00:00:00+00' AS at FROM range(3); CREATE VIEW deals AS SELECT id * 2 AS id "
        "FROM users",
        file));
    auto source = DataSource::open(file, {}, "users");
    ASSERT_TRUE(source.has_value()) << source.error().message;
    EXPECT_TRUE(source->has("users"));
    EXPECT_FALSE(source->has("events"));
    const auto users = source->read({"users", {{"id"}, {"at"}}});
    const auto deals = source->read({"deals", {{"id"}}});
    ASSERT_TRUE(users.has_value() && deals.has_value());
    EXPECT_THAT(lines_of(**users),
                ElementsAre("crm.duckdb:1 0|1767225600000000", "crm.duckdb:2 1|1767225600000000",
                            "crm.duckdb:3 2|1767225600000000"));
    EXPECT_THAT(lines_of(**deals),
                ElementsAre("crm.duckdb:1 0", "crm.duckdb:2 2", "crm.duckdb:3 4"));
    EXPECT_EQ(source->read({"events", {}}).error().message,
              "crm.duckdb has no table or view 'events'");
    folder.write("no.duckdb", "nonsense, long enough to have a header of the kind that it needs");
    EXPECT_EQ(DataSource::open(folder.path() / "no.duckdb", {}).error().code, "data.duckdb");
}

} // namespace
} // namespace rulec::input
