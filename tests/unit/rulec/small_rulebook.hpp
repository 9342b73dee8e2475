// A rulebook that fits into a test: two files, two teams, a list, a fit, a trigger and tests.
#pragma once

#include "tests/unit/rulec/temporary_folder.hpp"

namespace rulec::tool {

inline void write_small_rulebook(const TemporaryFolder& folder) {
    folder.write("records.rules", R"(rulebook acme {
  version "3"  timezone "UTC"  currency USD  about account
}
team marketing { name "Marketing"  reviewers "@acme/marketing" }
team sales     { name "Sales"      reviewers "@acme/sales", "@acme/ops" }
entity account {
  id           : text key
  signed_up_at : time origin
  seats        : int? in 0 to 1_000
  email        : text?
}
entity event of account as events ordered by at { at : time  name : text }
)");
    folder.write("lists.rules", "list free_mail from \"lists/free_mail.csv\"\n"
                                "define large = seats >= 10\n");
    folder.write("lists/free_mail.csv", "domain\ngmail.com\n");
    folder.write("fits/fit.rules", R"(fit design_icp {
  owner marketing
  out when domain(email) in free_mail because "private address"
  points 30 when large because "many seats"
  score 0 to 100
  tier A from 30, B otherwise
}
)");
    folder.write("triggers.rules", R"(signal hand_raise = events where name is "demo.requested"
trigger demo {
  owner sales
  on    hand_raise
  cooldown 7 days
  say   "Asked for a demo"
}
)");
}

inline void write_small_tests(const TemporaryFolder& folder) {
    folder.write("tests.rules", R"(test "a large account is tier A" {
  account { signed_up_at 2026-03-01  seats 14  events [ { at +1 day  name "demo.requested" } ] }
  as_of +30 days
  expect design_icp.tier is A
  expect demo fires at +1 day
}
)");
}

inline void write_failing_test(const TemporaryFolder& folder) {
    folder.write("failing.rules", R"(test "a small account is tier A" {
  account { signed_up_at 2026-03-01  seats 3 }
  as_of +30 days
  expect design_icp.tier is A
}
)");
}

} // namespace rulec::tool
