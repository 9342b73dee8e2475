// Workload A: the fit of 13 clauses, as a rulebook, and as a loop written by hand over the same
// columns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace rulebook::bench {

inline constexpr std::string_view kFit13 = R"(
rulebook workload_a { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
enum plan ordered { free, basic, team, enterprise }
entity account {
  id : text key
  employees : int?  annual_revenue : money?
  industry : enum { design, agency, media, retail, health, finance, energy, public }?
  region : enum { NA, EMEA, APAC, LATAM }?  plan : plan?
  seats : int?  active_projects : int?  invites : int?  decision_makers : int?  days_since_seen : int?
}
fit ideal {
  owner sales
  points 30 when employees in 200 to under 5_000
  points 20 when industry in (design, agency, media)
  points 25 when decision_makers >= 1
  points -25 when region is LATAM
  points 15 when annual_revenue >= $1M
  points 10 when plan >= team
  points 0 to 10 as active_projects goes from 1 to 10
  points 8 when invites >= 10
  points 5 when seats in 4 to 50
  points 7 when seats > 50
  points -10 when days_since_seen > 30
  points -15 when days_since_seen > 90
  points 5 when plan is free and active_projects >= 3
  score 0 to 100
  tier A from 80, B from 60, C from 40, D otherwise
}
)";

inline constexpr int kColumns = 10; // in the order of the fields after `id`

struct Fit13Columns {
    const std::int64_t* values[kColumns];
    const std::uint8_t* known[kColumns]; // 1: known
};

struct Fit13Results {
    std::int64_t* score; // hundredths
    std::int64_t* tier;
    std::uint8_t* out;
    std::uint32_t* unknowns;
    std::uint64_t* hits;
};

// Branch-free, in a file of its own that is compiled for this processor (-O3 -march=native).
void fit13_by_hand(const Fit13Columns& columns, std::int64_t rows, const Fit13Results& results);

std::uint64_t sum_of(const std::int64_t* values, std::size_t count);
std::uint64_t sum_of(const std::uint8_t* values, std::size_t count);

} // namespace rulebook::bench
