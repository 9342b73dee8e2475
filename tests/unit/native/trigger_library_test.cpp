// What triggers ask, in files of native code: it is there, for all instants, and gives what the
// interpreter gives; programs that are not for what they say are refused.
#include <functional>

#include <gtest/gtest.h>

#include "compiler/codegen/trigger_code.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/native/load_library.hpp"
#include "runtime/native/validate.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tests/generator/records.hpp"
#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {
namespace {

using rulebook::native::Program;
using rulebook::native::ProgramPurpose;
using rulebook::native::ProgramUse;
using rulebook::native::Source;
using rulebook::plan::Plan;

// The version of the fit that a condition reads changes among the records' instants.
constexpr std::string_view kRules =
    R"(rulebook acme { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  since : time origin  seats : int?  email : text? }
entity event of account as events ordered by at { at : time  name : text  value : int? }
fit size from 2026-01-01 until 2026-04-01 { owner sales  points 30 when seats >= 2 }
fit size from 2026-04-01 { owner sales  points 30 when seats >= 4 }
signal much = events where value >= 2 and account.seats >= 1
signal any_event = events
trigger much_of_large { owner sales  on much  when size.score >= 30  each time }
trigger twice {
  owner sales
  on any_event 2 times within 3 days
  when email contains "a" or count(events where value >= 2 in last 1 day) >= 3
  each time
}
trigger busy { owner sales  on becomes count(events where value >= 1 in last 5 days) >= 1  each time }
)";

Plan trigger_plan() {
    RulebookText text;
    text.files = {text.sources.add("triggers.rules", std::string(kRules))};
    Diagnostics diagnostics;
    auto plan = compile_rulebook(text, diagnostics).plan;
    for (const Diagnostic* one : diagnostics.sorted())
        EXPECT_NE(one->severity, Severity::Error) << one->message;
    return std::move(plan).value();
}

rulebook::native::ArrayInfo& array(Program& program, Source source) {
    return *std::ranges::find(program.arrays, source, &rulebook::native::ArrayInfo::source);
}

class TriggerLibrary : public testing::Test {
protected:
    std::uint32_t node(const auto& wanted) const {
        return static_cast<std::uint32_t>(std::ranges::find_if(plan_.nodes, wanted) -
                                          plan_.nodes.begin());
    }
    rulebook::native::Library library() const {
        folder_.write("acme.so", native_file(plan_));
        return rulebook::native::load_library(folder_.name() + "/acme.so").value();
    }
    std::uint32_t rule(std::string_view name) const {
        const auto found = std::ranges::find(plan_.rules, name, &rulebook::plan::Rule::name);
        return static_cast<std::uint32_t>(found - plan_.rules.begin());
    }

    const Plan plan_ = trigger_plan();
    TemporaryFolder folder_;
};

TEST_F(TriggerLibrary, HasCodeForAllInstants) {
    constexpr std::int64_t kNever = INT64_MIN, kForever = INT64_MAX;
    const auto loaded = library();
    EXPECT_EQ(loaded.codes.size(), 3U); // before the versions of the fit, and one for each
    const auto& triggers = loaded.triggers;
    ASSERT_EQ(triggers.conditions.size(), 4U);
    EXPECT_NE(triggers.conditions_of(rule("much_of_large"), kNever),
              triggers.conditions_of(rule("much_of_large"), kForever));
    ASSERT_NE(triggers.conditions_of(rule("twice"), kNever), nullptr);
    EXPECT_EQ(triggers.conditions_of(rule("twice"), kNever),
              triggers.conditions_of(rule("twice"), kForever));
    EXPECT_EQ(triggers.conditions_of(rule("size"), kForever), nullptr);
    ASSERT_EQ(triggers.becomes.size(), 1U);
    EXPECT_NE(triggers.becomes_of(rule("busy")), nullptr);
    const auto* const signals = triggers.signals_of(*plan_.schema.entity_named("event"));
    ASSERT_NE(signals, nullptr);
    EXPECT_EQ(signals->program.values.size(), 1U);
}

TEST_F(TriggerLibrary, GivesWhatTheInterpreterGives) {
    const auto loaded = library();
    rulebook::generator::Randomness random(1);
    const auto dataset = rulebook::generator::dataset_of(
        plan_.schema, rulebook::generator::random_input(random, plan_.schema, 600, {.crowd = 200}));
    for (const std::int64_t days : {0, 20, 60}) {
        rulebook::engine::RunOptions options;
        options.as_of = rulebook::generator::kLastInstant - days * rulebook::generator::kDay;
        const auto interpreted = rulebook::engine::run(plan_, dataset, options);
        std::size_t asked = 0;
        options.native = [&] { return loaded.code_at(*options.as_of); };
        options.trigger_code = [&] {
            ++asked;
            return &loaded.triggers;
        };
        const auto native = rulebook::engine::run(plan_, dataset, options);
        ASSERT_TRUE(interpreted && native);
        EXPECT_TRUE(*interpreted == *native);
        EXPECT_GT(asked, 0U);
        const auto counts_of = [&](std::string_view name) {
            return *std::ranges::find(native->trigger_counts, rule(name),
                                      &rulebook::engine::TriggerCounts::rule);
        };
        EXPECT_GT(counts_of("much_of_large").fired, 0U);
        EXPECT_GT(counts_of("twice").when_false + counts_of("twice").when_unknown, 0U);
        EXPECT_GT(counts_of("busy").fired, 0U);
    }
}

TEST_F(TriggerLibrary, ProgramsThatAreForOtherThingsAreRefused) {
    struct Fault {
        const char* name;
        std::function<void(Program&, ProgramPurpose&)> plant;
    };
    const Fault of_signals[] = {
        {"about nothing", [](Program& p, ProgramPurpose&) { p.about.reset(); }},
        {"about the root", [](Program& p, ProgramPurpose&) { p.about->entity = 0; }},
        {"about no entity", [](Program& p, ProgramPurpose&) { p.about->entity = 99; }},
        {"in another frame", [](Program& p, ProgramPurpose&) { p.about->level = 2; }},
        {"of the root", [](Program&, ProgramPurpose& of) { of.subject = 0; }},
        {"of no collection", [](Program&, ProgramPurpose& of) { of.subject = 99; }},
        {"for rules", [](Program&, ProgramPurpose& of) { of = {}; }},
        {"elements of what rows are",
         [](Program& p, ProgramPurpose&) {
             p.arrays.push_back({Source::Begins, rulebook::native::Cell::Count, p.about->entity});
         }},
        {"a value of the account",
         [](Program& p, ProgramPurpose&) {
             p.values[0].array = static_cast<std::uint32_t>(
                 std::ranges::find(p.arrays, 0U, &rulebook::native::ArrayInfo::entity) -
                 p.arrays.begin());
         }},
    };
    const Fault of_conditions[] = {
        {"about events", [](Program& p, ProgramPurpose&) { p.about = {1, 1}; }},
        {"of no rule", [](Program&, ProgramPurpose& of) { of.subject = 99; }},
        {"of a fit", [this](Program&, ProgramPurpose& of) { of.subject = rule("size"); }},
        {"for rules of one", [](Program&, ProgramPurpose& of) { of.use = ProgramUse::Rules; }},
        {"for signals", [](Program&, ProgramPurpose& of) { of = {ProgramUse::Signals, 1}; }},
        {"a condition that is a number",
         [this](Program& p, ProgramPurpose&) {
             for (std::uint32_t id = 0; id < plan_.nodes.size(); ++id)
                 if (plan_.nodes[id].op == rulebook::plan::Op::FitScore)
                     p.values[0] = {id, p.fits[0].score};
         }},
    };
    const Fault of_becomes[] = {
        {"of another trigger",
         [this](Program&, ProgramPurpose& of) { of.subject = rule("twice"); }},
        {"of no rule", [](Program&, ProgramPurpose& of) { of.subject = 99; }},
        {"without its condition", [](Program& p, ProgramPurpose&) { p.values.clear(); }},
        {"for signals", [](Program&, ProgramPurpose& of) { of.use = ProgramUse::Signals; }},
        {"elements of the root once",
         [](Program& p, ProgramPurpose&) { array(p, Source::OnceBegins).entity = 0; }},
        {"totals of the root",
         [](Program& p, ProgramPurpose&) { array(p, Source::Running).entity = 0; }},
        {"places that are no numbers",
         [](Program& p, ProgramPurpose&) {
             array(p, Source::Seen).cell = rulebook::native::Cell::Real;
         }},
        {"a window of no node",
         [](Program& p, ProgramPurpose&) { array(p, Source::Entered).node = 99'999; }},
        {"a window of a field",
         [this](Program& p, ProgramPurpose&) {
             array(p, Source::Entered).node = node([](const rulebook::plan::Node& each) {
                 return each.op == rulebook::plan::Op::Field;
             });
         }},
    };
    const auto loaded = library();
    const auto check = [&](std::span<const Fault> faults, const Program& sound,
                           const ProgramPurpose& purpose) {
        EXPECT_EQ(validate(sound, plan_, purpose), std::nullopt);
        for (const Fault& fault : faults) {
            Program program = sound;
            ProgramPurpose other = purpose;
            fault.plant(program, other);
            EXPECT_FALSE(program == sound && other == purpose) << fault.name;
            EXPECT_NE(validate(program, plan_, other), std::nullopt) << fault.name;
        }
    };
    const auto events = *plan_.schema.entity_named("event");
    check(of_signals, loaded.triggers.signals_of(events)->program, {ProgramUse::Signals, events});
    check(of_becomes, loaded.triggers.becomes_of(rule("busy"))->program,
          {ProgramUse::Becomes, rule("busy")});
    check(of_conditions, loaded.triggers.conditions_of(rule("much_of_large"), INT64_MAX)->program,
          {ProgramUse::Conditions, rule("much_of_large")});
}

} // namespace
} // namespace rulec::tool
