// Triggers that are looked for in columns (runtime/scan) give what the definition gives, over
// random rulebooks and histories, for each of several accounts. RULEBOOK_CASES and RULEBOOK_SEED as
// in trigger_law_test.cpp.
#include <algorithm>
#include <cstdlib>
#include <map>

#include <gtest/gtest.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/plan/moving_windows.hpp"
#include "runtime/scan/piece_scan.hpp"
#include "runtime/trigger/account_triggers.hpp"
#include "tests/oracle/random_case.hpp"

namespace rulebook::oracle {
namespace {

std::uint64_t number_from(const char* variable, std::uint64_t otherwise) {
    const char* given = std::getenv(variable);
    return given == nullptr ? otherwise : std::strtoull(given, nullptr, 10);
}

Cause cause_of(trigger::Verdict verdict) {
    switch (verdict) {
#define RB_VERDICT(Name, id, status, words)                                                        \
    case trigger::Verdict::Name:                                                                   \
        return Cause::Name;
#include "runtime/trigger/verdicts.def"
    }
    return Cause::Fired;
}

Occasion occasion_of(trigger::Occasion occasion) {
    return occasion == trigger::Occasion::Event      ? Occasion::Event
           : occasion == trigger::Occasion::Deadline ? Occasion::Deadline
                                                     : Occasion::Edge;
}

// Firings one by one, what is no firing by its number.
struct Findings {
    std::vector<Outcome> firings;
    std::map<std::pair<std::uint32_t, Cause>, std::uint64_t> passed;
    std::vector<Pending> pending;

    friend bool operator==(const Findings&, const Findings&) = default;
};

constexpr data::RowIndex kAccounts = 3;

// To the second account things begin to happen at the instant of the first one's last event, to the
// third a day before the first one.
data::Dataset dataset_of(const Case& example) {
    std::int64_t first = INT64_MAX;
    std::int64_t last = INT64_MIN;
    for (const EventRow& event : example.events) {
        first = std::min(first, event.at);
        last = std::max(last, event.at);
    }
    return example.dataset({example.events.empty() ? 0 : first - last, testing::kDay});
}

// Of the triggers that are scanned.
Findings expected(const Case& example, const data::Dataset& dataset, data::RowIndex account,
                  const scan::ScanShapes& shapes) {
    const Answer wanted = answer(example.plan.plan, dataset, account, example.question);
    const auto is_scanned = [&](std::uint32_t rule) {
        return shapes.triggers().rule(rule) != nullptr;
    };
    Findings findings;
    for (const Outcome& each : wanted.outcomes)
        if (!is_scanned(each.rule) || each.cause == Cause::NotInForce)
            continue; // how often something was not in force is not the language's matter
        else if (is_firing(each.cause))
            findings.firings.push_back(each);
        else
            ++findings.passed[{each.rule, each.cause}];
    for (const Pending& each : wanted.pending)
        if (is_scanned(each.rule))
            findings.pending.push_back(each);
    return findings;
}

// Whether conditions are asked of compiled code, where it can have them.
enum class Conditions : std::uint8_t { Interpreted, Compiled };

Findings findings_of(const scan::AccountFindings& of) {
    Findings findings;
    for (const trigger::Candidate& each : of.firings)
        findings.firings.push_back({each.rule, each.version, each.instant, each.start,
                                    occasion_of(each.occasion), each.completing,
                                    cause_of(each.verdict), each.message});
    for (const auto& [what, times] : of.passed)
        if (what.second != trigger::Verdict::NotInForce)
            findings.passed[{what.first, cause_of(what.second)}] = times;
    for (const trigger::Pending& each : of.pending)
        findings.pending.push_back({each.rule, each.version, each.instant});
    std::ranges::sort(findings.pending);
    return findings;
}

// Of all accounts.
std::vector<Findings> given(const Case& example, const data::Dataset& dataset,
                            const scan::ScanShapes& shapes, Conditions conditions) {
    const auto prepared = interpret::PreparedPlan::prepare(example.plan.plan);
    interpret::Evaluator evaluator(prepared.value(), dataset);
    scan::PieceScan scan(shapes, evaluator);
    std::optional<native::TriggerCode> code;
    if (conditions == Conditions::Compiled) {
        std::vector<std::uint32_t> triggers;
        for (const scan::ScanShape& shape : shapes.scans())
            triggers.push_back(shape.rule->index);
        code =
            rulec::codegen::compile_triggers(example.plan.plan, {example.question.as_of, triggers},
                                             rulec::codegen::Optimization::None)
                .value();
        scan.use(*code, *prepared, example.question.as_of);
    }
    scan.run(0, kAccounts, example.question.as_of);
    scan.run(0, kAccounts, example.question.as_of); // afresh
    std::vector<Findings> findings;
    for (data::RowIndex account = 0; account < kAccounts; ++account)
        findings.push_back(findings_of(scan.of(account)));
    return findings;
}

std::string shown(const Findings& findings) {
    std::string text;
    for (const Outcome& each : findings.firings)
        text += "  rule " + std::to_string(each.rule) + " at " + shown_instant(each.instant) +
                " start " + shown_instant(each.start) +
                (each.completing ? " by " + std::to_string(each.completing->row) : "") + " " +
                std::string(name(each.cause)) + " " + each.message + "\n";
    for (const auto& [what, times] : findings.passed)
        text += "  rule " + std::to_string(what.first) + " " + std::string(name(what.second)) +
                " " + std::to_string(times) + " times\n";
    for (const Pending& each : findings.pending)
        text += "  rule " + std::to_string(each.rule) + " pending " + shown_instant(each.instant) +
                "\n";
    return text;
}

class ScanLaws : public ::testing::Test {
protected:
    const std::uint64_t first_ = number_from("RULEBOOK_SEED", 0);
    const std::uint64_t cases_ = number_from("RULEBOOK_CASES", 2000);
    std::map<scan::ScanKind, std::uint64_t> scanned_; // firings
    std::uint64_t becoming_ = 0;

    static scan::ScanShapes shapes_of(const plan::Plan& plan) {
        std::vector<std::uint32_t> triggers;
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
            if (plan.rules[rule].kind == plan::RuleKind::Trigger)
                triggers.push_back(rule);
        return std::move(scan::ScanShapes::prepare(plan, triggers).value());
    }

    // The first account for which they differ.
    struct Difference {
        data::RowIndex account = 0;
        Findings wanted, found;
    };
    static std::optional<Difference> difference(const Case& example, Conditions conditions) {
        const scan::ScanShapes shapes = shapes_of(example.plan.plan);
        const data::Dataset dataset = dataset_of(example);
        std::vector<Findings> all = given(example, dataset, shapes, conditions);
        for (data::RowIndex account = 0; account < kAccounts; ++account) {
            Findings wanted = expected(example, dataset, account, shapes);
            Findings& found = all[account];
            if (example.since > example.question.as_of) // the account is not there yet
                wanted.pending = found.pending = {};
            if (wanted != found)
                return Difference{account, wanted, found};
        }
        return std::nullopt;
    }

    void compare(const Wanted& wanted) {
        compare([&](generator::Randomness& random) { return random_case(random, wanted); },
                Conditions::Interpreted, cases_);
    }
    template <class Make>
    void compare(const Make& make, Conditions conditions, std::uint64_t cases) {
        for (std::uint64_t seed = first_; seed < first_ + cases; ++seed) {
            generator::Randomness random(seed);
            const Case example = make(random);
            if (difference(example, conditions)) {
                const Case small = shrunk(example, [&](const Case& smaller) {
                    return difference(smaller, conditions).has_value();
                });
                const Difference found = *difference(small, conditions);
                FAIL() << "seed " << seed << ", account " << found.account << "\n"
                       << described(small) << "the definition:\n"
                       << shown(found.wanted) << "in columns:\n"
                       << shown(found.found);
            }
            count(example);
            if (conditions == Conditions::Compiled)
                becoming_ += becoming_in(example);
        }
    }

    // Firings of `becomes` whose condition was asked of code.
    static std::uint64_t becoming_in(const Case& example) {
        const scan::ScanShapes shapes = shapes_of(example.plan.plan);
        std::uint64_t firings = 0;
        for (const Findings& of_account :
             given(example, dataset_of(example), shapes, Conditions::Compiled))
            for (const Outcome& each : of_account.firings) {
                const plan::On& on = example.plan.plan.triggers[each.version].on;
                firings += on.kind == plan::On::Kind::Becomes &&
                                   plan::moving_windows(example.plan.plan, on.condition)
                               ? 1
                               : 0;
            }
        return firings;
    }

    void count(const Case& example) {
        const scan::ScanShapes shapes = shapes_of(example.plan.plan);
        const data::Dataset dataset = dataset_of(example);
        for (const Findings& of_account : given(example, dataset, shapes, Conditions::Interpreted))
            for (const Outcome& each : of_account.firings)
                for (const scan::ScanShape& shape : shapes.scans())
                    if (shape.rule->index == each.rule)
                        ++scanned_[shape.kind];
    }

    // Laws that hold of nothing say nothing.
    void expect_every_kind(std::uint64_t per_thousand) {
#define RB_SCAN(Name, on)                                                                          \
    EXPECT_GE(scanned_[scan::ScanKind::Name], per_thousand* cases_ / 1000) << #Name;
#include "runtime/scan/scan_kinds.def"
    }
};

TEST_F(ScanLaws, OfEveryKind) {
    compare({.simple = true});
    expect_every_kind(10);
}

TEST_F(ScanLaws, OfManyEvents) {
    compare({.most_events = 13, .most_triggers = 2, .conditions = false, .simple = true});
    expect_every_kind(10);
}

// What is looked at wherever something changes is asked of the code at more instants.
TEST_F(ScanLaws, OfCompiledConditions) {
    compare([](generator::Randomness& random) { return random_elements_case(random); },
            Conditions::Compiled, cases_ / 10);
    compare([](generator::Randomness& random) { return random_windows_case(random); },
            Conditions::Compiled, cases_ / 4);
    EXPECT_GE(becoming_, cases_ / 10);
    compare([](generator::Randomness& random) { return random_case(random, {.simple = true}); },
            Conditions::Compiled, cases_ / 10);
}

TEST_F(ScanLaws, OfAllThatTriggersWaitFor) {
    compare({});
    compare({.most_events = 13, .most_triggers = 2, .conditions = false, .patterns_only = true});
}

} // namespace
} // namespace rulebook::oracle
