#include "tools/data/sql_paths.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace rulec::input {
namespace {

std::string in_d(std::string_view sql) {
    return with_absolute_paths(sql, "/d");
}

TEST(SqlPaths, ArgumentsOfFileFunctionsBecomeAbsolute) {
    EXPECT_EQ(in_d("select * from read_csv('a.csv')"), "select * from read_csv('/d/a.csv')");
    EXPECT_EQ(in_d("from READ_PARQUET ( /* x */ 's/*.pq', union_by_name = true)"),
              "from READ_PARQUET ( /* x */ '/d/s/*.pq', union_by_name = true)");
    EXPECT_EQ(in_d("from read_csv(['a', 'b'], nullstr=['x','y'])"),
              "from read_csv(['/d/a', '/d/b'], nullstr=['x','y'])");
}

TEST(SqlPaths, SoDoFilesThatStandForTables) {
    EXPECT_EQ(in_d("select 1 from 'a.csv' x join 'b.parquet'"),
              "select 1 from '/d/a.csv' x join '/d/b.parquet'");
}

TEST(SqlPaths, OtherTextsStay) {
    for (const std::string_view sql : {
             "select 'a.csv', \"read_csv('x')\" -- read_csv('y.csv')\n",
             "select x is distinct from 'Lost', extract(year from '2020-01-01')",
             "from read_csv('/abs/a.csv')",
             "from read_csv('https://host/a.csv')",
             "select concat('read_csv(', 'x.csv')",
             "select 'it''s read_csv(', 'x.csv'",
             "from read_csv('",
             "from read_csv('')",
         }) {
        EXPECT_EQ(in_d(sql), sql);
    }
}

TEST(SqlPaths, AFolderMayHoldAQuote) {
    EXPECT_EQ(with_absolute_paths("from 'a.csv'", "/it's"), "from '/it''s/a.csv'");
}

TEST(SqlPaths, NothingInTheFoldersNameIsAPattern) {
    EXPECT_EQ(with_absolute_paths("from '*.csv'", "/a*[1]?"), "from '/a[*][[]1][?]/*.csv'");
}

TEST(SqlPaths, FindsParquetFiles) {
    using ::testing::ElementsAre;
    const auto files = [](std::string_view sql) {
        return parquet_files_in(sql).value_or(std::vector<std::string>{"computed"});
    };
    EXPECT_THAT(files("from read_parquet(['a', /* x */ 'b*'] , union_by_name = true) join "
                      "'c.parquet' join 'd.csv'"),
                ElementsAre("a", "b*", "c.parquet"));
    EXPECT_THAT(files("select * from parquet_scan('it''s.pq'), read_csv('x.csv')"),
                ElementsAre("it's.pq"));
    EXPECT_THAT(files("select 'a.parquet' -- from 'b.parquet'"), ElementsAre());
    for (const char* sql :
         {"from read_parquet('a' || '.pq')", "from read_parquet(['a', 'b' || '.pq'])",
          "from read_parquet(lower('A.pq'))", "from read_parquet((select 'a'))",
          "from read_parquet ( x )", "from read_parquet('a'::text)", "from read_parquet(['a', x])"})
        EXPECT_THAT(files(sql), ElementsAre("computed")) << sql;
}

} // namespace
} // namespace rulec::input
