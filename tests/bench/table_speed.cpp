// Decision tables in a batch, one thread: what a record costs with 10,000 rows against 40.
//
//   table_speed [--quick]    prints a JSON object a line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/batch/chunk.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "tests/bench/made_up_table.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace bench = rulebook::bench;
namespace codegen = rulec::codegen;
namespace data = rulebook::data;
namespace plan = rulebook::plan;
using rulebook::batch::Chunk;

constexpr std::size_t kFew = 40;
constexpr std::size_t kMany = 10'000;
constexpr std::uint32_t kNoRow = 0xffffffff;

struct Asked {
    std::int64_t employees = 0, revenue = 0;
    std::size_t industry = 0, country = 0;
};

std::vector<Asked> made_up(std::size_t records) {
    bench::Random random(2);
    std::vector<Asked> asked(records);
    for (Asked& each : asked) {
        each.employees = random.below(bench::kEmployees);
        each.revenue = random.below(bench::kRevenue);
        each.industry = static_cast<std::size_t>(random.below(bench::kIndustries));
        each.country = static_cast<std::size_t>(random.below(bench::kCountries));
    }
    return asked;
}

// Row by row: the yardstick of what is found.
std::uint32_t first_match(const std::vector<bench::MadeUpRow>& rows, const Asked& asked) {
    const auto found = std::ranges::find_if(rows, [&](const bench::MadeUpRow& row) {
        return asked.employees >= row.employees[0] && asked.employees <= row.employees[1] &&
               asked.revenue >= row.revenue[0] && asked.revenue <= row.revenue[1] &&
               row.industries[asked.industry] && row.countries[asked.country];
    });
    return found == rows.end() ? kNoRow : static_cast<std::uint32_t>(found - rows.begin());
}

plan::Plan compiled(const std::string& rules) {
    rulec::tool::RulebookText text;
    text.directory = "tables";
    text.files = {text.sources.add("tables.rules", rules)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(text, diagnostics);
    if (!made.plan) {
        for (const auto* each : diagnostics.sorted())
            fmt::print(stderr, "{} {}\n", each->code(), each->message);
        std::exit(1);
    }
    return *std::move(made.plan);
}

data::Dataset dataset_of(const plan::Plan& plan, const std::vector<Asked>& asked) {
    data::DatasetBuilder builder(plan.schema, {});
    data::RecordValues record;
    for (std::size_t i = 0; i < asked.size(); ++i) {
        // Records are sorted by their keys.
        record.fields = {plan::Value::of(fmt::format("a{:08}", i)),
                         plan::Value::of(asked[i].employees), plan::Value::of(asked[i].revenue),
                         plan::Value::of(static_cast<std::int64_t>(asked[i].industry)),
                         plan::Value::of(fmt::format("c{}", asked[i].country))};
        (void)builder.add("accounts", record);
    }
    return builder.finish();
}

// A table, compiled, with the records that it is asked about.
class Searched {
public:
    Searched(const std::vector<bench::MadeUpRow>& rows, const std::vector<Asked>& asked)
        : plan_(compiled(rulebook_of(rows))), dataset_(dataset_of(plan_, asked)),
          prepared_(*rulebook::interpret::PreparedPlan::prepare(plan_)),
          code_(*codegen::compile(plan_, {.instant = 0, .rules = {0}, .values = {}},
                                  codegen::Optimization::Full)),
          chunk_(code_, prepared_, dataset_), found_(asked.size(), kNoRow) {}

    const std::vector<std::uint32_t>& run() {
        for (std::size_t first = 0; first < found_.size(); first += Chunk::kManyRows) {
            const std::size_t some = std::min(Chunk::kManyRows, found_.size() - first);
            chunk_.evaluate(static_cast<data::RowIndex>(first), some, 0);
            for (std::size_t row = 0; row < some; ++row) {
                rows_.clear();
                chunk_.find_rows(0, row, 1, rows_);
                found_[first + row] = rows_.empty() ? kNoRow : rows_.front();
            }
        }
        return found_;
    }

private:
    plan::Plan plan_;
    data::Dataset dataset_;
    rulebook::interpret::PreparedPlan prepared_;
    rulebook::native::Code code_;
    Chunk chunk_;
    std::vector<std::uint32_t> found_, rows_;
};

bool right(Searched& searched, const std::vector<bench::MadeUpRow>& rows,
           const std::vector<Asked>& asked) {
    constexpr std::size_t kLookedAt = 5'000;
    const std::vector<std::uint32_t>& found = searched.run();
    for (std::size_t i = 0; i < std::min(kLookedAt, asked.size()); ++i)
        if (found[i] != first_match(rows, asked[i])) {
            fmt::print(stderr, "table_speed: record {}: row {}, row by row {}\n", i, found[i],
                       first_match(rows, asked[i]));
            return false;
        }
    return true;
}

double nanoseconds_of(Searched& searched) {
    const auto started = std::chrono::steady_clock::now();
    const std::size_t records = searched.run().size();
    asm volatile("" ::: "memory");
    const std::chrono::duration<double, std::nano> took =
        std::chrono::steady_clock::now() - started;
    return took.count() / static_cast<double>(records);
}

int measure(std::string_view name, const auto& rows_of, double goal, std::size_t records) {
    const std::vector<Asked> asked = made_up(records);
    const std::vector<bench::MadeUpRow> few_rows = rows_of(kFew);
    const std::vector<bench::MadeUpRow> many_rows = rows_of(kMany);
    Searched few(few_rows, asked);
    Searched many(many_rows, asked);
    if (!right(few, few_rows, asked) || !right(many, many_rows, asked))
        return 1;
    double best_few = 1e9;
    double best_many = 1e9;
    for (int i = 0; i < 5; ++i) { // by turns: the machine's load moves
        best_few = std::min(best_few, nanoseconds_of(few));
        best_many = std::min(best_many, nanoseconds_of(many));
    }
    const auto unmatched = [&](Searched& searched) {
        return static_cast<double>(std::ranges::count(searched.run(), kNoRow)) /
               static_cast<double>(records);
    };
    fmt::print("{{\"name\": \"{}\", \"unit\": \"x as long as with 40 rows\", \"ours\": {:.2f}, "
               "\"goal\": {}, \"ns_with_40\": {:.0f}, \"ns_with_10000\": {:.0f}, "
               "\"unmatched_with_40\": {:.2f}, \"unmatched_with_10000\": {:.2f}}}\n",
               name, best_many / best_few, goal, best_few, best_many, unmatched(few),
               unmatched(many));
    return 0;
}

} // namespace

int main(int count, char** words) {
    const bool quick = count > 1 && std::string_view(words[1]) == "--quick";
    const std::size_t records = quick ? 50'000 : 500'000;
    if (measure("table.disjoint", bench::disjoint_rows, 2, records) != 0)
        return 1;
    return measure("table.random", bench::random_rows, 8, records);
}
