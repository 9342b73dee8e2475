// Workload A, one thread: compiled code against a loop written by hand that reads the same columns
// and writes the same results, and against the interpreter.
//
//   fit_speed [ACCOUNTS]    prints a JSON object a line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/batch/chunk.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "tests/bench/fit13.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace bench = rulebook::bench;
namespace codegen = rulec::codegen;
namespace data = rulebook::data;
namespace plan = rulebook::plan;
using rulebook::batch::Chunk;

constexpr std::size_t kInCache = 20'000; // accounts

int fail(const std::string& message) {
    fmt::print(stderr, "fit_speed: {}\n", message);
    return 1;
}

plan::Plan compiled_rules() {
    rulec::tool::RulebookText text;
    text.directory = "fit13";
    text.files = {text.sources.add("fit13.rules", std::string(bench::kFit13))};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(text, diagnostics);
    if (!made.plan) {
        for (const auto* each : diagnostics.sorted())
            fmt::print(stderr, "{} {}\n", each->code(), each->message);
        std::exit(1);
    }
    return *std::move(made.plan);
}

data::Dataset made_up(const plan::Plan& plan, std::uint64_t accounts) {
    data::DatasetBuilder builder(plan.schema, {});
    std::uint64_t state = 1;
    const auto random = [&](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((state >> 33U) % below);
    };
    constexpr std::uint64_t kBelow[bench::kColumns] = {10'000, 300'000'000, 8,  4, 4,
                                                       100,    15,          20, 3, 200};
    data::RecordValues record;
    record.fields.resize(bench::kColumns + 1);
    for (std::uint64_t account = 0; account < accounts; ++account) {
        record.fields[0] = plan::Value::of(fmt::format("acct_{:08}", account));
        for (int i = 0; i < bench::kColumns; ++i)
            record.fields[static_cast<std::size_t>(i) + 1] = plan::Value::of(random(kBelow[i]));
        if (random(5) == 0) // a fifth of the revenues is unknown
            record.fields[2] = plan::Value();
        (void)builder.add("accounts", record);
    }
    return builder.finish();
}

struct Sums {
    std::int64_t score = 0, tier = 0;
    std::uint64_t unknowns = 0, hits = 0;
    friend bool operator==(const Sums&, const Sums&) = default;

    void add(const bench::Fit13Results& results, std::size_t rows) {
        for (std::size_t i = 0; i < rows; ++i) {
            score += results.score[i];
            tier += results.tier[i];
            unknowns += results.unknowns[i];
            hits += results.hits[i] * (i + 1);
        }
    }
};

template <class Work>
double best_seconds(int times, const Work& work) {
    double best = 1e9;
    for (int i = 0; i < times; ++i) {
        const auto started = std::chrono::steady_clock::now();
        work();
        asm volatile("" ::: "memory");
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
        best = std::min(best, took.count());
    }
    return best;
}

// Both go over the rows in pieces of the same size, results in the cache.
class Race {
public:
    Race(Chunk& chunk, const data::Dataset& dataset, const plan::Plan& plan)
        : chunk_(chunk), table_(dataset.table(plan.schema.root)), fit_(chunk.program().fits[0]),
          scores_(Chunk::kManyRows), tiers_(Chunk::kManyRows), outs_(Chunk::kManyRows),
          unknowns_(Chunk::kManyRows), hits_(Chunk::kManyRows), all_known_(Chunk::kManyRows, 1) {}

    bench::Fit13Results ours() const {
        return {const_cast<std::int64_t*>(chunk_.values<std::int64_t>(fit_.score)),
                const_cast<std::int64_t*>(chunk_.values<std::int64_t>(fit_.tier)),
                const_cast<std::uint8_t*>(chunk_.values<std::uint8_t>(fit_.out)),
                const_cast<std::uint32_t*>(chunk_.values<std::uint32_t>(fit_.unknowns)),
                const_cast<std::uint64_t*>(chunk_.values<std::uint64_t>(fit_.hits[0]))};
    }
    bench::Fit13Results theirs() {
        return {scores_.data(), tiers_.data(), outs_.data(), unknowns_.data(), hits_.data()};
    }

    template <class Then>
    void run_ours(std::size_t begin, std::size_t end, const Then& then) {
        for (std::size_t first = begin; first < end; first += Chunk::kManyRows) {
            const std::size_t rows = std::min(Chunk::kManyRows, end - first);
            chunk_.evaluate(static_cast<data::RowIndex>(first), rows, 0);
            then(ours(), rows);
        }
    }
    template <class Then>
    void run_theirs(std::size_t begin, std::size_t end, const Then& then) {
        for (std::size_t first = begin; first < end; first += Chunk::kManyRows) {
            const std::size_t rows = std::min(Chunk::kManyRows, end - first);
            bench::fit13_by_hand(columns_from(first), static_cast<std::int64_t>(rows), theirs());
            then(theirs(), rows);
        }
    }

    // Reads what both read, and does nothing else: what the memory gives at most.
    std::uint64_t read_only(std::size_t accounts) const {
        std::uint64_t all = 0;
        for (std::uint32_t i = 0; i < bench::kColumns; ++i) {
            const data::Column& column = table_.column(i + 1);
            all += bench::sum_of(column.integers().data(), accounts);
            if (!column.all_known())
                all += bench::sum_of(column.known().data(), accounts);
        }
        return all;
    }
    double bytes_of_an_account() const {
        double bytes = 0;
        for (std::uint32_t i = 0; i < bench::kColumns; ++i)
            bytes += table_.column(i + 1).all_known() ? 8 : 9;
        return bytes;
    }

private:
    bench::Fit13Columns columns_from(std::size_t first) const {
        bench::Fit13Columns columns{};
        for (std::uint32_t i = 0; i < bench::kColumns; ++i) {
            const data::Column& column = table_.column(i + 1);
            columns.values[i] = column.integers().data() + first;
            columns.known[i] =
                column.all_known() ? all_known_.data() : column.known().data() + first;
        }
        return columns;
    }

    Chunk& chunk_;
    const data::Table& table_;
    rulebook::native::FitArrays fit_;
    std::vector<std::int64_t> scores_, tiers_;
    std::vector<std::uint8_t> outs_;
    std::vector<std::uint32_t> unknowns_;
    std::vector<std::uint64_t> hits_;
    std::vector<std::uint8_t> all_known_;
};

const auto kNothing = [](const auto&, std::size_t) {};

struct Best {
    double ours = 1e9, hand = 1e9, read = 1e9;
};

void report(const std::string& name, std::size_t accounts, const Best& best,
            const std::string& more) {
    const auto millions = [&](double seconds) {
        return static_cast<double>(accounts) / seconds / 1e6;
    };
    fmt::print(
        "{{\"name\": \"{}\", \"unit\": \"M records/s\", \"ours\": {:.0f}, \"hand\": {:.0f}{}}}\n",
        name, millions(best.ours), millions(best.hand), more);
}

// Where the columns lie in memory: how near the loop by hand comes to reading them only.
std::string of_bandwidth(const Race& race, std::size_t accounts, const Best& best) {
    const double gigabytes = race.bytes_of_an_account() * static_cast<double>(accounts) / 1e9;
    return fmt::format(", \"note\": \"by hand {:.0f} GB/s, {:.0f}% of a loop that only reads\"",
                       gigabytes / best.hand, 100 * best.read / best.hand);
}

bool same(Race& race, std::size_t accounts) {
    Sums ours;
    Sums hand;
    race.run_ours(0, accounts,
                  [&](const auto& results, std::size_t rows) { ours.add(results, rows); });
    race.run_theirs(0, accounts,
                    [&](const auto& results, std::size_t rows) { hand.add(results, rows); });
    if (ours == hand)
        return true;
    fail(fmt::format("the results differ: score {} {}, tier {} {}, unknowns {} {}, hits {} {}",
                     ours.score, hand.score, ours.tier, hand.tier, ours.unknowns, hand.unknowns,
                     ours.hits, hand.hits));
    return false;
}

int race(Race& race, const std::string& name, std::size_t accounts, int times, bool in_memory) {
    if (!same(race, accounts))
        return 1;
    Best best;
    std::uint64_t read = 0;
    for (int i = 0; i < 5; ++i) { // by turns: the machine's load moves
        best.ours =
            std::min(best.ours, best_seconds(times, [&] { race.run_ours(0, accounts, kNothing); }));
        best.hand = std::min(best.hand,
                             best_seconds(times, [&] { race.run_theirs(0, accounts, kNothing); }));
        if (in_memory)
            best.read =
                std::min(best.read, best_seconds(times, [&] { read += race.read_only(accounts); }));
    }
    asm volatile("" ::"r"(read));
    report(name, accounts, best, in_memory ? of_bandwidth(race, accounts, best) : "");
    return 0;
}

// How many times as fast two threads are, each with half of the accounts, again and again.
double gain_of_two(const auto& one, const auto& other, std::size_t accounts) {
    constexpr int kAgain = 500; // starting a thread takes as long as some rounds
    const auto rounds = [](const auto& run, std::size_t first, std::size_t last) {
        for (int i = 0; i < kAgain; ++i)
            run(first, last);
    };
    double alone = 1e9;
    double together = 1e9;
    for (int i = 0; i < 9; ++i) {
        alone = std::min(alone, best_seconds(1, [&] { rounds(one, 0, accounts); }));
        together = std::min(together, best_seconds(1, [&] {
                                std::thread thread([&] { rounds(other, accounts / 2, accounts); });
                                rounds(one, 0, accounts / 2);
                                thread.join();
                            }));
    }
    return alone / together;
}

void race_threads(Race& one, Race& other, std::size_t accounts) {
    const auto ours = [](Race& race) {
        return [&](std::size_t first, std::size_t last) { race.run_ours(first, last, kNothing); };
    };
    const auto hand = [](Race& race) {
        return [&](std::size_t first, std::size_t last) { race.run_theirs(first, last, kNothing); };
    };
    fmt::print("{{\"name\": \"fit13.threads\", \"unit\": \"x one thread, with two\", \"ours\": "
               "{:.2f}, \"hand\": {:.2f}}}\n",
               gain_of_two(ours(one), ours(other), accounts),
               gain_of_two(hand(one), hand(other), accounts));
}

} // namespace

int main(int count, char** arguments) {
    const std::size_t accounts =
        count > 1 ? static_cast<std::size_t>(std::strtoull(arguments[1], nullptr, 10)) : 2'000'000;
    const plan::Plan plan = compiled_rules();
    const auto started = std::chrono::steady_clock::now();
    const auto code = codegen::compile(plan, {.instant = 0, .rules = {0}, .values = {}},
                                       codegen::Optimization::Full);
    if (!code)
        return fail(code.error().message);
    const std::chrono::duration<double, std::milli> compiled =
        std::chrono::steady_clock::now() - started;
    fmt::print("{{\"name\": \"fit13.compile\", \"unit\": \"ms\", \"ours\": {:.1f}}}\n",
               compiled.count());
    const auto prepared = rulebook::interpret::PreparedPlan::prepare(plan);
    const data::Dataset dataset = made_up(plan, accounts);
    Chunk chunk(*code, *prepared, dataset);
    Race both(chunk, dataset, plan);
    const std::size_t few = std::min(kInCache, accounts);
    if (race(both, "fit13.memory", accounts, 3, true) != 0 ||
        race(both, "fit13.cache", few, 100, false) != 0)
        return 1;
    Chunk another(*code, *prepared, dataset);
    Race other(another, dataset, plan);
    race_threads(both, other, few);
    return 0;
}
