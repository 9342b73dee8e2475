// Rules from text, for the tests of this folder.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "runtime/single/rulebook.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::testing {

inline plan::Plan compiled_rules(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "test";
    rulebook.files = {rulebook.sources.add("test.rules", text)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(rulebook, diagnostics);
    for (const auto* each : diagnostics.sorted())
        EXPECT_NE(each->info->severity, rulec::Severity::Error) << each->message;
    return made.plan.value();
}

inline constexpr std::int64_t kNow = 1'790'000'000'000'000; // in 2026

inline const std::string kSmallRules = R"(
rulebook small { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
enum plan ordered { free, team, enterprise }
entity account {
  id : text key  employees : int? in 0 to 1_000  revenue : money?  plan : plan?  trial_ends : time?  active : bool?
  ratio : number?
}
entity user of account as users known from joined_at { id : text key  joined_at : time  title : text? }
fit size {
  owner sales
  points 30 when employees >= 200
  points 20 when revenue >= $1_000.50
  points 10 when plan >= team
  points 5 when trial_ends > 2026-01-01T00:00:00Z
  points 4 when active
  points 3 when ratio > 0.5
  points 1 for each of users where title like "VP *"
  score 0 to 100
}
)";

} // namespace rulebook::testing
