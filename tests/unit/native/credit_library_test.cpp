// What credit rules ask, in files of native code: it is there, by version and instant; programs
// that are not for what they say are refused. That it gives what the interpreter gives is a law of
// tests/property.
#include <functional>

#include <gtest/gtest.h>

#include "runtime/native/load_library.hpp"
#include "runtime/native/validate.hpp"
#include "tests/unit/native/compiled_rules.hpp"
#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {
namespace {

using rulebook::native::CreditCode;
using rulebook::native::Program;
using rulebook::native::ProgramPurpose;
using rulebook::native::ProgramUse;

// What the fit gives changes among the instants at which deals ask for it.
constexpr std::string_view kCreditRules =
    R"(rulebook acme { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  since : time origin  seats : int? }
entity deal of account known from created_at {
  id : text key  created_at : time
  closed_at : time? known from closed_at
  status : enum { open, won } known from closed_at, open before
  amount : money
}
entity touch of account as touches ordered by at {
  at : time  channel : text  weight : int?
}
fit size from 2026-01-01 until 2026-04-01 { owner sales  points 30 when seats >= 2 }
fit size from 2026-04-01 { owner sales  points 30 when seats >= 4 }
credit split {
  owner   sales
  for     deals where status is won and amount > $5
  at      closed_at
  divide  amount
  among   touches where weight >= 1 in 90 days before closed_at
  parties channel
  split   equal
  flag fits when size.score >= 30
}
)";

rulebook::plan::Plan credit_plan() {
    RulebookText text;
    text.files = {text.sources.add("credit.rules", std::string(kCreditRules))};
    Diagnostics diagnostics;
    auto plan = compile_rulebook(text, diagnostics).plan;
    for (const Diagnostic* one : diagnostics.sorted())
        EXPECT_NE(one->severity, Severity::Error) << one->message;
    return std::move(plan).value();
}

class CreditLibrary : public testing::Test {
protected:
    rulebook::native::Library library() const {
        folder_.write("acme.so", native_file(plan_));
        return rulebook::native::load_library(folder_.name() + "/acme.so").value();
    }

    const rulebook::plan::Plan plan_ = credit_plan();
    TemporaryFolder folder_;
};

TEST_F(CreditLibrary, HasCodeForAllInstants) {
    const CreditCode credits = library().credits;
    const auto of = [](const auto& programs, std::int64_t instant) {
        return CreditCode::find(programs, 0, instant);
    };
    EXPECT_EQ(credits.claims.size(), 1U);
    EXPECT_EQ(credits.filters.size(), 1U);
    EXPECT_EQ(credits.parts.size(), 3U); // before the versions of the fit, and one for each
    ASSERT_NE(of(credits.parts, INT64_MIN), nullptr);
    EXPECT_NE(of(credits.parts, INT64_MIN), of(credits.parts, INT64_MAX));
    EXPECT_TRUE(of(credits.parts, INT64_MAX)->program.instants.contains(INT64_MAX));
    EXPECT_EQ(CreditCode::find(credits.claims, 1, INT64_MAX), nullptr);
}

TEST_F(CreditLibrary, ProgramsThatAreForOtherThingsAreRefused) {
    struct Fault {
        const char* name;
        std::function<void(Program&, ProgramPurpose&)> plant;
    };
    const Fault of_any[] = {
        {"about nothing", [](Program& p, ProgramPurpose&) { p.about.reset(); }},
        {"about the root", [](Program& p, ProgramPurpose&) { p.about->entity = 0; }},
        {"about no entity", [](Program& p, ProgramPurpose&) { p.about->entity = 99; }},
        {"in another frame", [](Program& p, ProgramPurpose&) { p.about->level = 3; }},
        {"of no rule", [](Program&, ProgramPurpose& of) { of.subject = 99; }},
        {"for rules", [](Program&, ProgramPurpose& of) { of = {}; }},
        {"for signals", [](Program&, ProgramPurpose& of) { of = {ProgramUse::Signals, 0}; }},
        {"about the others' records",
         [](Program&, ProgramPurpose& of) {
             of.use = of.use == ProgramUse::Filters ? ProgramUse::Parts : ProgramUse::Filters;
         }},
    };
    const CreditCode credits = library().credits;
    const auto check = [&](const CreditCode::OfVersion& sound, ProgramUse use) {
        const ProgramPurpose purpose{use, 0};
        EXPECT_EQ(validate(sound.code.program, plan_, purpose), std::nullopt);
        for (const Fault& fault : of_any) {
            Program program = sound.code.program;
            ProgramPurpose other = purpose;
            fault.plant(program, other);
            EXPECT_NE(validate(program, plan_, other), std::nullopt) << fault.name;
        }
    };
    check(credits.claims.front(), ProgramUse::Claims);
    check(credits.parts.back(), ProgramUse::Parts);
    check(credits.filters.front(), ProgramUse::Filters);
}

} // namespace
} // namespace rulec::tool
