// Triggers that are looked for in columns (runtime/scan) give what the definition gives, over
// random rulebooks and histories. RULEBOOK_CASES and RULEBOOK_SEED as in trigger_law_test.cpp.
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

// Of the triggers that are scanned.
Findings expected(const Case& example, const scan::ScanShapes& shapes) {
    const data::Dataset dataset = example.dataset();
    const Answer wanted = answer(example.plan.plan, dataset, 0, example.question);
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

Findings given(const Case& example, const scan::ScanShapes& shapes, Conditions conditions) {
    const data::Dataset dataset = example.dataset();
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
        scan.use(*code, *prepared);
    }
    const auto accounts = static_cast<scan::AccountIndex>(dataset.size(0));
    scan.run(0, accounts, example.question.as_of);
    scan.run(0, accounts, example.question.as_of); // afresh
    Findings findings;
    const scan::AccountFindings& of = scan.of(0);
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
    const std::uint64_t cases_ = number_from("RULEBOOK_CASES", 3000);
    std::map<scan::ScanKind, std::uint64_t> scanned_; // firings
    std::uint64_t becoming_ = 0;

    static scan::ScanShapes shapes_of(const plan::Plan& plan) {
        std::vector<std::uint32_t> triggers;
        for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
            if (plan.rules[rule].kind == plan::RuleKind::Trigger)
                triggers.push_back(rule);
        return std::move(scan::ScanShapes::prepare(plan, triggers).value());
    }

    static bool agree(const Case& example, Conditions conditions) {
        const scan::ScanShapes shapes = shapes_of(example.plan.plan);
        Findings wanted = expected(example, shapes);
        Findings found = given(example, shapes, conditions);
        if (example.since > example.question.as_of) // the account is not there yet
            wanted.pending = found.pending = {};
        return wanted == found;
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
            if (!agree(example, conditions)) {
                const Case small = shrunk(
                    example, [&](const Case& smaller) { return !agree(smaller, conditions); });
                const scan::ScanShapes shapes = shapes_of(small.plan.plan);
                FAIL() << "seed " << seed << "\n"
                       << described(small) << "the definition:\n"
                       << shown(expected(small, shapes)) << "in columns:\n"
                       << shown(given(small, shapes, conditions));
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
        for (const Outcome& each : given(example, shapes, Conditions::Compiled).firings) {
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
        for (const Outcome& each : given(example, shapes, Conditions::Interpreted).firings)
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
