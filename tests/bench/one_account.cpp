// Triggers over a long history of one account: seconds, and memory of the machines.
//
//   one_account FOLDER EVENTS [PART]   makes the data in FOLDER, runs each trigger whose name holds
//   PART (default: all) by itself, and prints a JSON object a line
//
// Where a trigger takes twice the time per event when there are twice the events, it looks at all
// of them again. `mebibytes` is by how much the peak of the resident set exceeds what the process
// held before the run: what the machines remember, firings included, and not the data.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fstream>
#include <string>

#include <fmt/format.h>
#include <malloc.h>

#include "runtime/trigger/account_triggers.hpp"
#include "tools/data/load_dataset.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace data = rulebook::data;
namespace plan = rulebook::plan;

constexpr std::int64_t kForever = INT64_MAX - 1;
constexpr std::int64_t kSeconds = 300; // from event to event

// An event every five minutes; deadlines and windows hold some thousand of them.
constexpr std::string_view kRules = R"(
rulebook one_account { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  since : time origin }
entity event of account as events ordered by at {
  at : time  name : text  user : text?  value : int?  size : number?  due : time?
}
signal a = events where name is "name_0"
signal b = events where name is "name_1"
signal never = events where name is "name_none"
define aged(e: event) = age(e.at) < 7 days
fit halving_fit { owner sales
  points 3 for each of events where name is "name_0" in last 90 days halving every 14 days }
fit losing_fit { owner sales
  points 3 for each of events where name is "name_0" losing 1 every 7 days }

trigger then_within { owner sales  on a then never within 14 days  each time }
trigger different { owner sales  on (a with 9 different user within 7 days) then never within 14 days  each time }
trigger refused { owner sales  on a then b within 14 days  when count(events) < 0  each time }
trigger when_window { owner sales  on a  when count(events where user is event.user in last 7 days) > 1000  each time }
trigger when_window_of_week { owner sales  on a  when sum(events.value where user is event.user in last 1 iso week) > 100000  each time }
trigger when_before { owner sales  on a  when any(events where user is event.user in last 1 day before event.at)  each time }
trigger when_counts_all { owner sales  on a  when count(events where name is "name_0") < 0  each time }
trigger when_last { owner sales  on a  when last(events.value where name is "name_1") > 100  each time }
trigger without { owner sales  on a without b within 7 days  each time }
trigger silence { owner sales  on no a for 30 days  each time }
trigger becomes_count { owner sales  on becomes count(events where name is "name_0" in last 7 days) > 1000  each time }
trigger becomes_distinct { owner sales  on becomes distinct(events.user in last 7 days) > 1000  each time }
trigger becomes_distinct_of_all { owner sales  on becomes distinct(events.user) > 1000  each time }
trigger becomes_min { owner sales  on becomes min(events.value in last 7 days) > 1000  each time }
trigger becomes_max_of_all { owner sales  on becomes max(events.value) > 1000  each time }
trigger becomes_avg { owner sales  on becomes avg(events.value in last 7 days) > 1000  each time }
trigger becomes_number { owner sales  on becomes sum(events.size in last 7 days) > 1000000  each time }
trigger becomes_last { owner sales  on becomes last(events.name where value > 5) is "none"  each time }
trigger becomes_first { owner sales  on becomes first(events.name where value > 5 in last 7 days) is "none"  each time }
trigger becomes_aged { owner sales  on becomes count(events where age(at) < 7 days and name is "name_0") > 1000  each time }
trigger becomes_any { owner sales  on becomes any(events where due < as_of and value > 100) each time }
trigger becomes_every { owner sales  on becomes not every(events where value > 5 have value < 100 in last 7 days)  each time }
trigger becomes_halving { owner sales  on becomes halving_fit.score > 1000000  each time }
trigger becomes_losing { owner sales  on becomes losing_fit.score > 1000000  each time }
trigger becomes_change { owner sales  on becomes change(count(events in last 7 days), 7 days) > 900%  each time }
)";

int fail(const std::string& message) {
    fmt::print(stderr, "one_account: {}\n", message);
    return 1;
}

std::string written(std::int64_t seconds) {
    const auto days = std::chrono::floor<std::chrono::days>(
        std::chrono::sys_seconds{std::chrono::seconds{seconds}});
    const std::chrono::year_month_day date{days};
    const std::int64_t rest =
        seconds - std::chrono::duration_cast<std::chrono::seconds>(days.time_since_epoch()).count();
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                       rest / 3600, rest / 60 % 60, rest % 60);
}

void make_data(const std::filesystem::path& folder, std::uint64_t count) {
    constexpr std::int64_t kFirst = 1'600'000'000;
    std::ofstream(folder / "rules.rules") << kRules;
    std::ofstream(folder / "accounts.csv") << "id,since\none," << written(kFirst) << "\n";
    std::ofstream events(folder / "events.csv");
    events << "account_id,at,name,user,value,size,due\n";
    std::uint64_t state = 1;
    const auto random = [&] {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return state >> 33U;
    };
    for (std::uint64_t i = 0; i < count; ++i) {
        const std::int64_t at = kFirst + static_cast<std::int64_t>(i) * kSeconds;
        events << fmt::format("one,{},name_{},user_{},{},{}.{},{}\n", written(at), random() % 10,
                              random() % 500, random() % 20, random() % 9, random() % 10,
                              written(at + static_cast<std::int64_t>(random() % 600'000)));
    }
}

// Of the process, in mebibytes.
double status(std::string_view field) {
    std::ifstream file("/proc/self/status");
    for (std::string line; std::getline(file, line);)
        if (line.starts_with(field))
            return std::strtod(line.c_str() + field.size() + 1, nullptr) / 1024;
    return 0;
}

plan::Plan only(plan::Plan plan, std::string_view name) {
    std::erase_if(plan.rules, [&](const plan::Rule& rule) {
        return rule.kind == plan::RuleKind::Trigger && rule.name != name;
    });
    return plan;
}

void measure(const plan::Plan& plan, const data::Dataset& dataset, std::string_view name,
             double events) {
    malloc_trim(0);
    std::ofstream("/proc/self/clear_refs") << 5; // the peak begins anew
    const double before = status("VmRSS:");
    const auto prepared = rulebook::interpret::PreparedPlan::prepare(plan).value();
    const auto shapes = rulebook::trigger::TriggerShapes::prepare(plan).value();
    rulebook::interpret::Evaluator evaluator(prepared, dataset);
    rulebook::trigger::AccountTriggers triggers(shapes, evaluator);
    const auto started = std::chrono::steady_clock::now();
    triggers.run(0, dataset.latest().value_or(kForever), nullptr,
                 rulebook::trigger::AccountTriggers::Keep::Firings);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    fmt::print(
        R"({{"name": "{}", "events": {}, "seconds": {:.3f}, "microseconds_per_event": {:.3f}, )"
        R"("instants": {}, "firings": {}, "mebibytes": {:.1f}}})"
        "\n",
        name, events, took.count(), took.count() * 1e6 / events, triggers.instants_handled(),
        triggers.candidates().size(), std::max(0.0, status("VmHWM:") - before));
    std::fflush(stdout);
}

int run(int count, char** words) {
    if (count != 3 && count != 4)
        return fail("two or three words are expected: FOLDER EVENTS [PART]");
    const std::filesystem::path folder = words[1];
    const std::string_view part = count == 4 ? words[3] : "";
    make_data(folder, std::strtoull(words[2], nullptr, 10));
    rulec::Diagnostics diagnostics;
    const auto text = rulec::tool::load_rulebook(folder.string(), diagnostics);
    if (!text)
        return fail("the rules cannot be read");
    const auto made = rulec::tool::compile_rulebook(*text, diagnostics);
    if (!made.plan) {
        for (const rulec::Diagnostic* each : diagnostics.sorted())
            fmt::print(stderr, "{}\n", each->message);
        return fail("the rules do not compile");
    }
    const auto loaded =
        rulec::input::load_dataset(made.plan->schema, {folder, std::nullopt, "UTC"});
    if (!loaded)
        return fail(loaded.error().message);
    const data::Dataset& dataset = loaded->dataset;
    const auto event = made.plan->schema.entity_named("event").value();
    for (const plan::Rule& rule : made.plan->rules)
        if (rule.kind == plan::RuleKind::Trigger && rule.name.find(part) != std::string::npos)
            measure(only(*made.plan, rule.name), dataset, rule.name,
                    static_cast<double>(dataset.size(event)));
    return 0;
}

} // namespace

int main(int count, char** words) {
    try {
        return run(count, words);
    } catch (const std::exception& failure) {
        std::fputs(failure.what(), stderr);
        return 1;
    }
}
