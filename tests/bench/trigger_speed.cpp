// Workload C: triggers over made-up accounts with 20 events each, one thread, against scans written
// by hand over the same columns.
//
//   trigger_speed [ACCOUNTS]    prints a JSON object a line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/scan/piece_scan.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "runtime/value/calendar.hpp"
#include "tests/bench/triggers_by_hand.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace bench = rulebook::bench;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

constexpr std::int64_t kDay = rulebook::kMicrosecondsPerDay;
constexpr std::int64_t kMinute = kDay / 1'440;
constexpr std::int64_t kBegin = 1'740'000'000'000'000;
constexpr std::int64_t kForever = INT64_MAX - 1;
constexpr std::size_t kEvents = 20;
constexpr data::RowIndex kPiece = 256; // accounts at a time, as in a batch run

constexpr std::string_view kHead = R"(
rulebook workload_c { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  signed_up_at : time origin  bit : bool }
entity event of account as events ordered by at { at : time  name : text }
)";

constexpr std::string_view kThen =
    "trigger then_within { owner sales  on s0 then s1 within 14 days  each time }\n";
constexpr std::string_view kTimes =
    "trigger three_times { owner sales  on s0 3 times within 7 days  each time }\n";

int fail(const std::string& message) {
    fmt::print(stderr, "trigger_speed: {}\n", message);
    return 1;
}

std::string signals() {
    std::string text;
    for (int i = 0; i < 10; ++i)
        text += fmt::format("signal s{0} = events where name is \"name_{0}\"\n", i);
    return text;
}

// Five sequences, five counts, four waits, three conditions that become true.
std::string many() {
    std::string text;
    for (int i = 0; i < 5; ++i) {
        text += fmt::format(
            "trigger then_{0} {{ owner sales  on s{0} then s{1} within 14 days  each time }}\n", i,
            i + 1);
        text += fmt::format(
            "trigger times_{0} {{ owner sales  on s{0} 3 times within 7 days  each time }}\n", i);
    }
    for (int i = 0; i < 2; ++i) {
        text += fmt::format("trigger without_{0} {{ owner sales  on s{0} without s{1} within 7 "
                            "days  each time }}\n",
                            i, i + 5);
        text += fmt::format("trigger no_{0} {{ owner sales  on no s{0} for 30 days  each time }}\n",
                            i + 6);
    }
    return text;
}

// What conditions ask: events, or nothing but a bit that stands in the account.
enum class Conditions : std::uint8_t { OfEvents, OfBit };

std::string becoming(Conditions conditions) {
    const auto trigger = [&](std::string_view name, std::string_view condition) {
        return fmt::format("trigger {} {{ owner sales  on becomes {}  each time }}\n", name,
                           conditions == Conditions::OfBit ? "bit" : condition);
    };
    return trigger("many_events", "count(events) >= 12") +
           trigger("many_zeros", R"(count(events where name is "name_0") >= 3)") +
           trigger("busy", "count(events in last 7 days) >= 6");
}

// A fit condition and a policy.
std::string judged(Conditions conditions) {
    std::string text = R"(
fit warm { owner sales  points 50 when count(events where name is "name_9") >= 1
  points 30 when count(events) >= 10  tier A from 60, B otherwise }
policy outreach { at most 1 per 14 days }
)";
    for (int i = 0; i < 3; ++i)
        text +=
            fmt::format("trigger warm_{0} {{ owner sales  policy outreach  on s{0} then s{1} "
                        "within 14 days  when {2}  each time }}\n",
                        i + 5, i + 6, conditions == Conditions::OfBit ? "bit" : "warm.tier is A");
    return text;
}

std::string twenty(Conditions conditions) {
    return many() + becoming(conditions) + judged(conditions);
}

plan::Plan compiled(const std::string& rules) {
    rulec::tool::RulebookText text;
    text.directory = "workload_c";
    text.files = {text.sources.add("rules.rules", std::string(kHead) + signals() + rules)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(text, diagnostics);
    if (!made.plan) {
        for (const auto* each : diagnostics.sorted())
            fmt::print(stderr, "{} {}\n", each->code(), each->message);
        std::exit(1);
    }
    return *std::move(made.plan);
}

// Events of ten names, up to some days apart.
data::Dataset made_up(const plan::Plan& plan, std::uint64_t accounts) {
    data::DatasetBuilder builder(plan.schema, {});
    std::uint64_t state = 1;
    const auto random = [&](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((state >> 33U) % below);
    };
    std::vector<plan::Value> names;
    for (int i = 0; i < 10; ++i)
        names.push_back(plan::Value::of(fmt::format("name_{}", i)));
    for (std::uint64_t account = 0; account < accounts; ++account) {
        std::int64_t at = kBegin + random(100'000) * kMinute;
        data::RecordValues record;
        record.fields = {plan::Value::of(fmt::format("acct_{:08}", account)), plan::Value::of(at),
                         plan::Value::of(account % 4 != 0)};
        (void)builder.add("accounts", record);
        data::RecordValues event;
        event.parent_key = record.fields[0];
        for (std::size_t i = 0; i < kEvents; ++i) {
            at += random(5'000) * kMinute;
            event.fields = {plan::Value::of(at), names[static_cast<std::size_t>(random(10))]};
            (void)builder.add("events", event);
        }
    }
    return builder.finish();
}

double seconds_of(const auto& work) {
    const auto started = std::chrono::steady_clock::now();
    asm volatile("" ::: "memory"); // the work is done between the two looks at the clock
    work();
    asm volatile("" ::: "memory");
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - started).count();
}

// The triggers of a rulebook over the columns of the data.
class Columns {
public:
    Columns(plan::Plan plan, const data::Dataset& dataset)
        : plan_(std::move(plan)), dataset_(dataset),
          expressions_(*rulebook::interpret::PreparedPlan::prepare(plan_)),
          shapes_(*rulebook::scan::ScanShapes::prepare(plan_, triggers())),
          evaluator_(expressions_, dataset), scan_(shapes_, evaluator_),
          code_(*rulec::codegen::compile_triggers(plan_, {kBegin, triggers()},
                                                  rulec::codegen::Optimization::Full)) {
        scan_.use(code_, expressions_, kForever);
    }

    // How many fired, judged or not.
    std::size_t run() {
        std::size_t firings = 0;
        const auto accounts = static_cast<data::RowIndex>(dataset_.size(0));
        for (data::RowIndex first = 0; first < accounts; first += kPiece) {
            const data::RowIndex last = std::min(first + kPiece, accounts);
            scan_.run(first, last, kForever);
            for (const auto& findings : scan_.findings())
                firings += findings.found.size();
        }
        return firings;
    }

    const rulebook::scan::PieceScan& scan() const { return scan_; }
    std::size_t scanned() const { return shapes_.scans().size(); }

private:
    std::vector<std::uint32_t> triggers() const {
        std::vector<std::uint32_t> rules;
        for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule)
            if (plan_.rules[rule].kind == plan::RuleKind::Trigger)
                rules.push_back(rule);
        return rules;
    }

    const plan::Plan plan_;
    const data::Dataset& dataset_;
    rulebook::interpret::PreparedPlan expressions_;
    rulebook::scan::ScanShapes shapes_;
    rulebook::interpret::Evaluator evaluator_;
    rulebook::scan::PieceScan scan_;
    rulebook::native::TriggerCode code_;
};

// Both by turns, the best of each: the machine's load moves.
struct Best {
    double ours = 1e9, peer = 1e9;
};
Best best_of(const auto& ours, const auto& peer) {
    Best best;
    for (int i = 0; i < 7; ++i) {
        best.ours = std::min(best.ours, seconds_of(ours));
        best.peer = std::min(best.peer, seconds_of(peer));
    }
    return best;
}

} // namespace

int main(int count, char** words) {
    const std::uint64_t accounts = count > 1 ? std::strtoull(words[1], nullptr, 10) : 200'000;
    const data::Dataset dataset = made_up(compiled(std::string(kThen)), accounts);
    const data::Table& table = dataset.table(1);
    const auto events = static_cast<double>(table.size());
    const bench::TriggerEvents columns{table.column(0).integers().data(),
                                       table.column(1).codes().data()};
    const auto code = [&](const char* name) { return *table.column(1).dictionary().find(name); };
    std::vector<std::uint32_t> firing_account(table.size() + 1), firing_event(table.size() + 1);
    std::vector<std::int64_t> firing_instant(table.size() + 1), firing_start(table.size() + 1);
    const bench::TriggerFirings firings{firing_account.data(), firing_event.data(),
                                        firing_instant.data(), firing_start.data()};
    std::size_t ours_found = 0;
    std::size_t hand_found = 0;
    // By pieces, too: what it writes stays in the cache.
    const auto by_hand = [&](const auto& scan) {
        hand_found = 0;
        for (std::uint32_t first = 0; first < accounts; first += kPiece)
            hand_found += scan(bench::TriggerAccounts{
                table.first_children().data(), first,
                std::min(first + kPiece, static_cast<std::uint32_t>(accounts))});
    };
    const auto print = [&](std::string_view name, const Best& best) {
        fmt::print("{{\"name\": \"{}\", \"unit\": \"M events/s\", \"ours\": {:.0f}, \"hand\": "
                   "{:.0f}, \"ratio\": {:.2f}, \"goal\": 0.5}}\n",
                   name, events / best.ours / 1e6, events / best.peer / 1e6, best.peer / best.ours);
        if (ours_found != hand_found)
            std::exit(
                fail(fmt::format("{}: {} firings, by hand {}", name, ours_found, hand_found)));
    };
    Columns then(compiled(std::string(kThen)), dataset);
    const Best of_then =
        best_of([&] { ours_found = then.run(); },
                [&] {
                    by_hand([&](const bench::TriggerAccounts& some) {
                        return bench::then_by_hand(columns, some, code("name_0"), code("name_1"),
                                                   14 * kDay, firings);
                    });
                });
    print("trigger.then", of_then);
    Columns times(compiled(std::string(kTimes)), dataset);
    print("trigger.times", best_of([&] { ours_found = times.run(); },
                                   [&] {
                                       by_hand([&](const bench::TriggerAccounts& some) {
                                           return bench::three_times_by_hand(
                                               columns, some, code("name_0"), 7 * kDay, firings);
                                       });
                                   }));
    const auto times_one = [&](Conditions conditions) {
        Columns many(compiled(twenty(conditions)), dataset);
        const Best best = best_of([&] { many.run(); }, [&] { then.run(); });
        return best.ours / best.peer;
    };
    const double apart = times_one(Conditions::OfBit);
    const double with_conditions = times_one(Conditions::OfEvents);
    const auto print_times = [](std::string_view name, double times) {
        fmt::print("{{\"name\": \"{}\", \"unit\": \"times the cost of one\", \"ours\": {:.2f}}}\n",
                   name, times);
    };
    print_times("trigger.twenty", apart);
    print_times("trigger.conditions", with_conditions - apart);
    return 0;
}
