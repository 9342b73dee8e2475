// Tables of results give by columns what they give by rows: of random rulebooks and records, as
// Parquet files, byte for byte.
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "runtime/engine/run.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"
#include "tools/output/parquet_file.hpp"
#include "tools/output/result_tables.hpp"

namespace rulebook::generator {
namespace {

namespace output = rulec::output;

std::string written(const rulec::input::TypedTable& table) {
    const auto path = std::filesystem::temp_directory_path() /
                      ("rulebook-columns-" + std::to_string(getpid()) + ".parquet");
    const auto done = output::write_parquet(table, path);
    std::ifstream file(path, std::ios::binary);
    std::string bytes =
        done ? std::string(std::istreambuf_iterator<char>(file), {}) : done.error().message;
    std::filesystem::remove(path);
    return bytes;
}

TEST(ResultColumns, AreThoseOfTheRows) {
    std::size_t fits = 0;
    std::size_t decisions = 0;
    for (std::size_t seed = 1; seed <= 150 && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const plan::Plan plan = compiled(random_rulebook(random));
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, 60));
        engine::RunOptions options;
        options.as_of = kLastInstant;
        const engine::Results results = engine::run(plan, dataset, options).value();
        auto accounts = output::result_tables(plan, dataset, results).front();
        ASSERT_TRUE(accounts.write_column);
        const std::string by_columns = written(accounts);
        accounts.write_column = {};
        EXPECT_EQ(by_columns, written(accounts));
        fits += results.fits.size();
        decisions += results.decisions.size();
    }
    EXPECT_GT(fits, 50U);
    EXPECT_GT(decisions, 50U);
}

} // namespace
} // namespace rulebook::generator
