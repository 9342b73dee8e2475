// Laws of time, over random rulebooks and records.
//
// No future: results as of an instant do not change when everything is taken away that became
// visible or known later. What fired up to an instant is what a later run says of that time.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>

#include <unistd.h>

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/plan/serialize.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tools/output/result_tables.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {
namespace {

std::size_t cases() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 300 : static_cast<std::size_t>(std::atoi(wanted));
}

// The plan of a rulebook of one file; fails the test where the text is not sound.
std::optional<plan::Plan> plan_of(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(rulebook, diagnostics);
    for (const rulec::Diagnostic* one : diagnostics.sorted())
        if (one->severity == rulec::Severity::Error)
            ADD_FAILURE() << rulec::render_text(*one, rulebook.sources, rulec::Colour::Never);
    return std::move(made.plan);
}

// Result files by name; without causes, which may tell "not yet known" from "missing".
std::map<std::string, std::string> files_of(const plan::Plan& plan, const data::Dataset& dataset,
                                            std::int64_t as_of, engine::Results& results) {
    engine::RunOptions options;
    options.as_of = as_of;
    auto run = engine::run(plan, dataset, options);
    if (!run) {
        ADD_FAILURE() << run.error().message;
        return {};
    }
    results = std::move(*run);
    for (auto& deal : results.uncredited)
        deal.cause.clear();
    std::map<std::string, std::string> files;
    const auto path = std::filesystem::temp_directory_path() /
                      ("rulebook-no-future-" + std::to_string(::getpid()));
    for (const auto& table : rulec::output::result_tables(plan, dataset, results)) {
        EXPECT_TRUE(rulec::output::write_table(table, rulec::output::FileFormat::Csv, path));
        std::ifstream file(path, std::ios::binary);
        files[table.name + ".csv"] = std::string(std::istreambuf_iterator<char>(file), {});
    }
    std::filesystem::remove(path);
    return files;
}

std::set<std::string> lines_of(const std::string& text) {
    std::set<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);)
        lines.insert(line);
    return lines;
}

// Of what there is to see, so that no law holds of nothing.
struct Seen {
    std::size_t fired = 0, suppressed = 0, credited = 0, uncredited = 0, known = 0, unknown = 0;
    std::size_t hits = 0, clauses = 0, not_yet = 0, there = 0, before_origin = 0;

    void add(const engine::Results& results) {
        for (const auto& firing : results.firings)
            ++(firing.status == trigger::Status::Fired ? fired : suppressed);
        credited += results.credits.size();
        uncredited += results.uncredited.size();
        not_yet += results.not_yet;
        there += results.accounts.size();
        for (const auto& counts : results.trigger_counts)
            before_origin += counts.before_origin;
        for (const auto& decision : results.decisions)
            for (const auto& value : decision.value)
                ++(value.known() ? known : unknown);
        for (const auto& fit : results.fits)
            for (std::size_t account = 0; account < results.accounts.size(); ++account)
                for (std::size_t clause = 0; clause < fit.clauses; ++clause) {
                    ++clauses;
                    hits += fit.hit(account, clause) ? 1 : 0;
                }
    }
};

TEST(NoFuture, ResultsDoNotDependOnWhatBecameKnownLater) {
    Seen seen;
    for (std::size_t seed = 1; seed <= cases() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const std::string text = random_rulebook(random);
        const auto plan = plan_of(text);
        ASSERT_TRUE(plan.has_value()) << text;
        const auto records = random_input(random, plan->schema, 8);
        const std::int64_t instant = kFirstInstant + random.between(20, 69 * 4) * kDay / 4;
        const data::Dataset whole = dataset_of(plan->schema, records);
        const data::Dataset past =
            dataset_of(plan->schema, known_at(plan->schema, records, instant));
        ASSERT_EQ(whole.rejects().size(), 0U) << whole.rejects()[0].reason;
        engine::Results results;
        const auto from_whole = files_of(*plan, whole, instant, results);
        seen.add(results);
        const auto fired = results.firings;
        const auto from_past = files_of(*plan, past, instant, results);
        for (const auto& [name, content] : from_whole)
            EXPECT_EQ(content, from_past.at(name)) << name << "\n" << text;
        const auto later = files_of(*plan, whole, kLastInstant, results);
        for (const std::string& line : lines_of(from_whole.at("firings.csv")))
            EXPECT_TRUE(lines_of(later.at("firings.csv")).contains(line)) << line << "\n" << text;
        std::erase_if(results.firings,
                      [&](const engine::Firing& each) { return each.instant > instant; });
        EXPECT_EQ(results.firings, fired) << "nothing else is said later of that time\n" << text;
    }
    std::cout << "fired " << seen.fired << ", suppressed " << seen.suppressed << ", credited "
              << seen.credited << ", uncredited " << seen.uncredited << ", decisions known "
              << seen.known << ", unknown " << seen.unknown << ", hits " << seen.hits << " of "
              << seen.clauses << ", not yet there " << seen.not_yet << ", before the origin "
              << seen.before_origin << '\n';
    EXPECT_EQ(seen.not_yet + seen.there, 8 * cases());
    EXPECT_GT(seen.not_yet, cases());
    EXPECT_GT(seen.before_origin, cases());
    EXPECT_GT(seen.fired, cases());
    EXPECT_GT(seen.suppressed, cases() / 4);
    EXPECT_GT(seen.credited, cases() / 2);
    EXPECT_GT(seen.uncredited, 0U);
    EXPECT_GT(seen.known, cases());
    EXPECT_GT(seen.unknown, cases() / 10);
    EXPECT_GT(seen.hits * 20, seen.clauses) << "fewer than one clause in 20";
}

TEST(Plan, SurvivesBeingWrittenAndRead) {
    for (std::size_t seed = 1; seed <= cases() / 4; ++seed) {
        Randomness random(seed);
        const auto plan = plan_of(random_rulebook(random));
        ASSERT_TRUE(plan.has_value());
        const auto read = plan::deserialize(plan::serialize(*plan), "memory");
        ASSERT_TRUE(read.has_value()) << read.error().message;
        EXPECT_EQ(*read, *plan);
    }
}

TEST(Run, OfRandomRulebooksDoesNotDependOnTheOrderOfTheInput) {
    for (std::size_t seed = 1; seed <= cases() / 4 && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const auto plan = plan_of(random_rulebook(random));
        ASSERT_TRUE(plan.has_value());
        auto records = random_input(random, plan->schema, 8);
        engine::Results results;
        const auto first =
            files_of(*plan, dataset_of(plan->schema, records), kLastInstant, results);
        random.shuffle(records);
        EXPECT_EQ(first, files_of(*plan, dataset_of(plan->schema, records), kLastInstant, results));
    }
}

} // namespace
} // namespace rulebook::generator
