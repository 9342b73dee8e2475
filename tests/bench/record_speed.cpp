// Workload B, one thread: the fit of 13 clauses about one record at a time, typed and from JSON,
// against the same written by hand.
//
//   record_speed    prints a JSON object a line
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "compiler/codegen/compile.hpp"
#include "runtime/single/json_record.hpp"
#include "runtime/single/scorer.hpp"
#include "tests/bench/fit13.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace {

namespace bench = rulebook::bench;
namespace codegen = rulec::codegen;
namespace plan = rulebook::plan;
namespace single = rulebook::single;

constexpr std::size_t kRecords = 20'000;
constexpr const char* kFields[bench::kColumns] = {
    "employees", "annual_revenue",  "industry", "region",          "plan",
    "seats",     "active_projects", "invites",  "decision_makers", "days_since_seen"};
constexpr const char* kIndustries[] = {"design", "agency",  "media",  "retail",
                                       "health", "finance", "energy", "public"};
constexpr const char* kRegions[] = {"NA", "EMEA", "APAC", "LATAM"};
constexpr const char* kPlans[] = {"free", "basic", "team", "enterprise"};

struct Account {
    std::int64_t values[bench::kColumns];
    bool known[bench::kColumns];
    std::string json;
};

std::vector<Account> made_up() {
    std::uint64_t state = 1;
    const auto random = [&](std::uint64_t below) {
        state = state * 6364136223846793005U + 1442695040888963407U;
        return static_cast<std::int64_t>((state >> 33U) % below);
    };
    constexpr std::uint64_t kBelow[bench::kColumns] = {10'000, 300'000'000, 8,  4, 4,
                                                       100,    15,          20, 3, 200};
    std::vector<Account> accounts(kRecords);
    for (std::size_t place = 0; place < accounts.size(); ++place) {
        Account& account = accounts[place];
        account.json = fmt::format("{{\"id\": \"acct_{:08}\"", place);
        for (int i = 0; i < bench::kColumns; ++i) {
            account.values[i] = random(kBelow[i]);
            account.known[i] = i != 1 || random(5) != 0;
            const std::int64_t value = account.values[i];
            if (!account.known[i])
                account.json += fmt::format(", \"{}\": null", kFields[i]);
            else if (i == 1)
                account.json +=
                    fmt::format(", \"{}\": {}.{:02}", kFields[i], value / 100, value % 100);
            else if (i >= 2 && i <= 4)
                account.json += fmt::format(", \"{}\": \"{}\"", kFields[i],
                                            i == 2   ? kIndustries[value]
                                            : i == 3 ? kRegions[value]
                                                     : kPlans[value]);
            else
                account.json += fmt::format(", \"{}\": {}", kFields[i], value);
        }
        account.json += "}";
    }
    return accounts;
}

struct Hand {
    std::int64_t score = 0, tier = 0;
    std::uint8_t out = 0;
    std::uint32_t unknowns = 0;
    std::uint64_t hits = 0;
};

// The loop of the batch over one row.
Hand by_hand(const std::int64_t* values, const std::uint8_t* known) {
    bench::Fit13Columns columns{};
    for (int i = 0; i < bench::kColumns; ++i) {
        columns.values[i] = values + i;
        columns.known[i] = known + i;
    }
    Hand hand;
    bench::fit13_by_hand(columns, 1,
                         {&hand.score, &hand.tier, &hand.out, &hand.unknowns, &hand.hits});
    return hand;
}

std::int64_t number_of(std::string_view text, const auto& names) {
    const auto found = std::ranges::find(names, text);
    return static_cast<std::int64_t>(found - std::begin(names));
}

// simdjson, field by field as they are known to stand.
Hand from_json_by_hand(simdjson::ondemand::parser& parser, std::string& buffer,
                       const std::string& json) {
    buffer.assign(json);
    auto document = parser.iterate(buffer.data(), buffer.size(), buffer.capacity());
    std::int64_t values[bench::kColumns] = {};
    std::uint8_t known[bench::kColumns] = {};
    for (int i = 0; i < bench::kColumns; ++i) {
        auto value = document.find_field(kFields[i]).value();
        if (value.is_null())
            continue;
        known[i] = 1;
        if (i == 1)
            values[i] = static_cast<std::int64_t>(value.get_double().value() * 100 + 0.5);
        else if (i == 2)
            values[i] = number_of(value.get_string().value(), kIndustries);
        else if (i == 3)
            values[i] = number_of(value.get_string().value(), kRegions);
        else if (i == 4)
            values[i] = number_of(value.get_string().value(), kPlans);
        else
            values[i] = value.get_int64().value();
    }
    return by_hand(values, known);
}

class Timer {
public:
    // Nanoseconds of each call, over all accounts.
    template <class Work>
    void time(const std::vector<Account>& accounts, const Work& work) {
        using Clock = std::chrono::steady_clock;
        constexpr std::size_t kAtOnce = 16; // a look at the clock takes as long as half a record
        for (std::size_t i = 0; i + kAtOnce <= accounts.size(); i += kAtOnce) {
            const auto start = Clock::now();
            for (std::size_t k = 0; k < kAtOnce; ++k)
                work(accounts[i + k]);
            const std::chrono::duration<double, std::nano> took = Clock::now() - start;
            nanoseconds_.push_back(took.count() / kAtOnce);
        }
    }
    double percentile(double part) {
        std::ranges::sort(nanoseconds_);
        return nanoseconds_[static_cast<std::size_t>(part *
                                                     static_cast<double>(nanoseconds_.size() - 1))];
    }

private:
    std::vector<double> nanoseconds_;
};

void report(const std::string& name, Timer& ours, Timer& hand, double goal) {
    fmt::print(
        "{{\"name\": \"{}\", \"unit\": \"ns at the median\", \"ours\": {:.0f}, \"p99\": {:.0f}, "
        "\"hand\": {:.0f}, \"goal\": {:.0f}}}\n",
        name, ours.percentile(0.5), ours.percentile(0.99), hand.percentile(0.5), goal);
}

} // namespace

int main() {
    rulec::tool::RulebookText text;
    text.directory = "fit13";
    text.files = {text.sources.add("fit13.rules", std::string(bench::kFit13))};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(text, diagnostics);
    auto code = codegen::compile(*made.plan, {.instant = 0, .rules = {0}, .values = {}},
                                 codegen::Optimization::Full);
    const auto rulebook = single::Rulebook::make(*std::move(made.plan), *std::move(code));
    single::Scorer scorer(*rulebook);
    single::JsonRecords json((*rulebook)->plan());
    plan::FieldIndex fields[bench::kColumns];
    for (int i = 0; i < bench::kColumns; ++i)
        fields[i] = *(*rulebook)->field(kFields[i]);
    const std::vector<Account> accounts = made_up();
    simdjson::ondemand::parser parser;
    std::string buffer;
    buffer.reserve(4'096);

    std::int64_t sum = 0;
    const auto typed = [&](const Account& account) {
        single::Record& record = scorer.record();
        record.clear();
        for (int i = 0; i < bench::kColumns; ++i)
            if (account.known[i])
                record.set_integer(fields[i], account.values[i]);
        scorer.evaluate(0);
        const auto answer = scorer.fit(0);
        sum += answer->score + static_cast<std::int64_t>(answer->hits[0]);
    };
    const auto typed_by_hand = [&](const Account& account) {
        std::uint8_t known[bench::kColumns];
        std::copy(std::begin(account.known), std::end(account.known), known);
        const Hand hand = by_hand(account.values, known);
        sum -= hand.score + static_cast<std::int64_t>(hand.hits);
    };
    const auto from_json = [&](const Account& account) {
        (void)json.read(account.json, scorer.record());
        scorer.evaluate(0);
        const auto answer = scorer.fit(0);
        sum += answer->score + static_cast<std::int64_t>(answer->hits[0]);
    };
    const auto json_by_hand = [&](const Account& account) {
        const Hand hand = from_json_by_hand(parser, buffer, account.json);
        sum -= hand.score + static_cast<std::int64_t>(hand.hits);
    };
    Timer timers[4];
    for (int turn = 0; turn < 5; ++turn) {
        timers[0].time(accounts, typed);
        timers[1].time(accounts, typed_by_hand);
        if (sum != 0)
            return fmt::print(stderr, "record_speed: typed results differ\n"), 1;
        timers[2].time(accounts, from_json);
        timers[3].time(accounts, json_by_hand);
        if (sum != 0)
            return fmt::print(stderr, "record_speed: results from JSON differ\n"), 1;
    }
    report("record.typed", timers[0], timers[1], 60);
    report("record.json", timers[2], timers[3], 650);
    return 0;
}
