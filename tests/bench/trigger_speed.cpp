// Workload C: triggers over made-up accounts with 20 events each, against a scan written by hand
// over the same columns. One thread; conditions are interpreted.
//
//   trigger_speed FOLDER ACCOUNTS    makes the data in FOLDER, runs, and prints a JSON object a
//   line
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>

#include "runtime/scan/piece_scan.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;

constexpr std::int64_t kDay = rulebook::kMicrosecondsPerDay;
constexpr std::int64_t kForever = INT64_MAX - 1;
constexpr int kEvents = 20; // per account

constexpr std::string_view kRules = R"(
rulebook workload_c { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key }
entity event of account as events ordered by at { at : time  name : text }
signal a = events where name is "name_0"
signal b = events where name is "name_1"
trigger then_within { owner sales  on a then b within 14 days  each time }
trigger three_times { owner sales  on a 3 times within 7 days  each time }
)";

int fail(const std::string& message) {
    fmt::print(stderr, "trigger_speed: {}\n", message);
    return 1;
}

// Events of ten names, some hours to some days apart.
void make_data(const std::filesystem::path& folder, std::uint64_t accounts) {
    std::ofstream rules(folder / "rules.rules");
    rules << kRules;
    std::ofstream roots(folder / "accounts.csv");
    std::ofstream events(folder / "events.csv");
    roots << "id\n";
    events << "account_id,at,name\n";
    std::uint64_t state = 1;
    const auto random = [&] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return state >> 33U;
    };
    for (std::uint64_t account = 0; account < accounts; ++account) {
        roots << fmt::format("acct_{:08}\n", account);
        std::uint64_t minute = random() % 100'000;
        for (int i = 0; i < kEvents; ++i) {
            minute += random() % 5'000;
            events << fmt::format("acct_{:08},2025-{:02}-{:02}T{:02}:{:02}:00Z,name_{}\n", account,
                                  minute / 40'320 % 12 + 1, minute / 1'440 % 28 + 1,
                                  minute / 60 % 24, minute % 60, random() % 10);
        }
    }
}

struct Measured {
    double seconds = 0;
    std::uint64_t firings = 0;
};

template <class Work>
Measured measured(const Work& work) {
    Measured best{.seconds = 1e9};
    for (int i = 0; i < 3; ++i) {
        const auto started = std::chrono::steady_clock::now();
        asm volatile("" ::: "memory"); // the work is done between the two looks at the clock
        const std::uint64_t firings = work();
        asm volatile("" : : "r"(firings) : "memory");
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
        best = {std::min(best.seconds, took.count()), firings};
    }
    return best;
}

// The plan with nothing but the trigger of that name.
plan::Plan only(plan::Plan plan, std::string_view name) {
    std::erase_if(plan.rules, [&](const plan::Rule& rule) { return rule.name != name; });
    return plan;
}

std::uint64_t run_machines(const plan::Plan& plan, const data::Dataset& dataset) {
    const auto prepared = rulebook::interpret::PreparedPlan::prepare(plan).value();
    const auto shapes = rulebook::trigger::TriggerShapes::prepare(plan).value();
    rulebook::interpret::Evaluator evaluator(prepared, dataset);
    rulebook::trigger::AccountTriggers triggers(shapes, evaluator);
    std::uint64_t firings = 0;
    for (data::RowIndex account = 0; account < dataset.size(0); ++account) {
        triggers.run(account, kForever);
        firings += triggers.candidates().size();
    }
    return firings;
}

// As a batch run does: a piece of the accounts at a time.
std::uint64_t run_columns(const plan::Plan& plan, const data::Dataset& dataset) {
    constexpr data::RowIndex kPiece = 256;
    const auto prepared = rulebook::interpret::PreparedPlan::prepare(plan).value();
    std::vector<std::uint32_t> triggers;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        triggers.push_back(rule);
    const auto shapes = rulebook::scan::ScanShapes::prepare(plan, triggers);
    rulebook::interpret::Evaluator evaluator(prepared, dataset);
    rulebook::scan::PieceScan scan(*shapes, evaluator);
    std::uint64_t firings = 0;
    const auto accounts = static_cast<data::RowIndex>(dataset.size(0));
    for (data::RowIndex first = 0; first < accounts; first += kPiece) {
        scan.run(first, std::min(first + kPiece, accounts), kForever);
        for (const auto& findings : scan.findings())
            firings += findings.found.size();
    }
    return firings;
}

// What the columns of the events hold.
struct EventColumns {
    std::span<const data::RowIndex> first;
    std::span<const std::int64_t> at;
    std::span<const data::TextCode> name;
    data::TextCode a;
    data::TextCode b;
};

std::uint64_t then_by_hand(const EventColumns& events) {
    std::uint64_t firings = 0;
    for (std::size_t account = 0; account + 1 < events.first.size(); ++account) {
        std::int64_t latest = INT64_MIN / 2; // A, ended before this instant
        std::int64_t now = INT64_MIN / 2;
        std::int64_t instant = INT64_MIN / 2;
        for (std::size_t i = events.first[account]; i < events.first[account + 1]; ++i) {
            latest = events.at[i] != instant ? now : latest;
            instant = events.at[i];
            const bool fires = events.name[i] == events.b && instant - latest <= 14 * kDay;
            firings += fires ? 1 : 0;
            now = fires ? INT64_MIN / 2 : events.name[i] == events.a ? instant : now;
            latest = fires ? INT64_MIN / 2 : latest;
        }
    }
    return firings;
}

std::uint64_t times_by_hand(const EventColumns& events) {
    std::uint64_t firings = 0;
    for (std::size_t account = 0; account + 1 < events.first.size(); ++account) {
        std::int64_t last = INT64_MIN / 2;
        std::int64_t before = INT64_MIN / 2;
        for (std::size_t i = events.first[account]; i < events.first[account + 1]; ++i) {
            if (events.name[i] != events.a)
                continue;
            const bool fires = events.at[i] - before <= 7 * kDay;
            firings += fires ? 1 : 0;
            before = fires ? INT64_MIN / 2 : last;
            last = fires ? INT64_MIN / 2 : events.at[i];
        }
    }
    return firings;
}

void print(std::string_view name, double events, const Measured& ours, const Measured& hand,
           double limit) {
    fmt::print(
        R"({{"name": "{}", "unit": "M events/s", "ours": {}, "limit": {}, "better": "more", )"
        R"("peer": {}, "peer_name": "hand"}})"
        "\n",
        name, events / ours.seconds / 1e6, limit, events / hand.seconds / 1e6);
    if (ours.firings != hand.firings)
        fmt::print(stderr, "{}: {} firings, by hand {}\n", name, ours.firings, hand.firings);
}

} // namespace

int main(int count, char** words) {
    if (count != 3)
        return fail("two words are expected: FOLDER ACCOUNTS");
    const std::filesystem::path folder = words[1];
    make_data(folder, std::strtoull(words[2], nullptr, 10));
    rulec::Diagnostics diagnostics;
    const auto text = rulec::tool::load_rulebook(folder.string(), diagnostics);
    if (!text)
        return fail("the rules cannot be read");
    const auto made = rulec::tool::compile_rulebook(*text, diagnostics);
    if (!made.plan)
        return fail("the rules do not compile");
    const plan::Plan& whole = *made.plan;
    const auto loaded = rulec::input::load_dataset(whole.schema, {folder, std::nullopt, "UTC"});
    if (!loaded)
        return fail(loaded.error().message);
    const data::Dataset& dataset = loaded->dataset;
    const auto event = whole.schema.entity_named("event").value();
    const data::Table& table = dataset.table(event);
    const auto& names = table.column(1);
    const EventColumns columns{table.first_children(), table.column(0).integers(), names.codes(),
                               names.dictionary().find("name_0").value(),
                               names.dictionary().find("name_1").value()};
    const auto events = static_cast<double>(table.size());
    const plan::Plan then_within = only(whole, "then_within");
    const plan::Plan three_times = only(whole, "three_times");
    print("trigger.then", events, measured([&] { return run_columns(then_within, dataset); }),
          measured([&] { return then_by_hand(columns); }), 196);
    print("trigger.times", events, measured([&] { return run_columns(three_times, dataset); }),
          measured([&] { return times_by_hand(columns); }), 313);
    print("trigger.then (interpreter)", events,
          measured([&] { return run_machines(then_within, dataset); }),
          measured([&] { return then_by_hand(columns); }), 5);
    print("trigger.times (interpreter)", events,
          measured([&] { return run_machines(three_times, dataset); }),
          measured([&] { return times_by_hand(columns); }), 5);
    return 0;
}
