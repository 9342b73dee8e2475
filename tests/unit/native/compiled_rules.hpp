// Rules for the tests of native code, and what they are compiled to.
#pragma once

#include <string>

#include <gtest/gtest.h>

#include "tools/rulec/code_request.hpp"
#include "tools/rulec/compile_rulebook.hpp"
#include "tools/rulec/native_library.hpp"

namespace rulec::tool {

// The fit has two versions. A collection, texts and a table are asked about, too.
inline std::string native_rules(const std::string& name) {
    return "rulebook " + name + R"( { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account {
  id : text key  signed_up_at : time origin  seats : int?  email : text?  plan : enum { free, paid }
}
entity event of account as events ordered by at { at : time  name : text }
fit size from 2026-01-01 until 2026-06-01 {
  owner sales
  points 30 when seats >= 10
  score 0 to 100
  tier A from 30, B otherwise
}
fit size from 2026-06-01 {
  owner sales
  points 30 when seats >= 20
  points 10 when email starts with "boss" and plan is paid
  points 1 when count(events in last 2 calendar months) >= 100
  points 1 when distinct(events.name) >= 100
  points 5 for each of events where name is "login" at most 20 points
  score 0 to 100
  tier A from 30, B otherwise
}
decide call -> bool { owner sales  choose true when size.tier is A  choose false otherwise }
table rate -> (discount: percent) {
  owner sales  hit first
  | seats    | plan || discount |
  | 1 to 10  | free || 0%       |
  | 11 to 99 | paid || 5%       |
  | otherwise       || 1%       |
}
)";
}

inline rulebook::plan::Plan native_plan(const std::string& name = "acme") {
    RulebookText text;
    text.files = {text.sources.add("native.rules", native_rules(name))};
    Diagnostics diagnostics;
    auto plan = compile_rulebook(text, diagnostics).plan;
    for (const Diagnostic* one : diagnostics.sorted())
        EXPECT_NE(one->severity, Severity::Error) << one->message;
    return std::move(plan).value();
}

inline std::string native_file(const rulebook::plan::Plan& plan) {
    auto bytes = native_library(plan, ahead_request(plan, {}), {});
    EXPECT_TRUE(bytes) << bytes.error().message;
    return bytes.value_or("");
}

} // namespace rulec::tool
