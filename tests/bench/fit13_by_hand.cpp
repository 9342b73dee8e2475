#include "tests/bench/fit13.hpp"

#include <algorithm>

namespace rulebook::bench {

void fit13_by_hand(const Fit13Columns& columns, std::int64_t rows, const Fit13Results& results) {
    const std::int64_t* __restrict const employees = columns.values[0];
    const std::int64_t* __restrict const revenue = columns.values[1];
    const std::int64_t* __restrict const industry = columns.values[2];
    const std::int64_t* __restrict const region = columns.values[3];
    const std::int64_t* __restrict const plan = columns.values[4];
    const std::int64_t* __restrict const seats = columns.values[5];
    const std::int64_t* __restrict const projects = columns.values[6];
    const std::int64_t* __restrict const invites = columns.values[7];
    const std::int64_t* __restrict const makers = columns.values[8];
    const std::int64_t* __restrict const seen = columns.values[9];
    const std::uint8_t* __restrict const known_employees = columns.known[0];
    const std::uint8_t* __restrict const known_revenue = columns.known[1];
    const std::uint8_t* __restrict const known_industry = columns.known[2];
    const std::uint8_t* __restrict const known_region = columns.known[3];
    const std::uint8_t* __restrict const known_plan = columns.known[4];
    const std::uint8_t* __restrict const known_seats = columns.known[5];
    const std::uint8_t* __restrict const known_projects = columns.known[6];
    const std::uint8_t* __restrict const known_invites = columns.known[7];
    const std::uint8_t* __restrict const known_makers = columns.known[8];
    const std::uint8_t* __restrict const known_seen = columns.known[9];
    std::int64_t* __restrict const scores = results.score;
    std::int64_t* __restrict const tiers = results.tier;
    std::uint8_t* __restrict const outs = results.out;
    std::uint32_t* __restrict const unknowns = results.unknowns;
    std::uint64_t* __restrict const hits = results.hits;
#pragma clang loop vectorize(assume_safety)
    for (std::int64_t i = 0; i < rows; ++i) {
        std::int64_t total = 0;
        std::uint64_t bits = 0;
        std::int64_t unknown = 0;
        const auto clause = [&](int place, std::int64_t points, bool known, bool truth) {
            const bool hit = known & truth;
            total += hit ? points : 0;
            bits |= hit ? std::uint64_t{1} << place : 0;
            unknown += known ? 0 : 1;
        };
        clause(0, 3000, known_employees[i] != 0, (employees[i] >= 200) & (employees[i] < 5000));
        clause(1, 2000, known_industry[i] != 0, (industry[i] >= 0) & (industry[i] <= 2));
        clause(2, 2500, known_makers[i] != 0, makers[i] >= 1);
        clause(3, -2500, known_region[i] != 0, region[i] == 3);
        clause(4, 1500, known_revenue[i] != 0, revenue[i] >= 100'000'000);
        clause(5, 1000, known_plan[i] != 0, plan[i] >= 2);
        const std::int64_t way =
            std::min<std::int64_t>(std::max<std::int64_t>(projects[i], 1), 10) - 1;
        // No tie: 1000 × way / 9 never lies half way between two integers.
        const auto ramp = static_cast<std::int64_t>(static_cast<double>(way) * 1000.0 / 9.0 + 0.5);
        clause(6, ramp, known_projects[i] != 0, true);
        clause(7, 800, known_invites[i] != 0, invites[i] >= 10);
        clause(8, 500, known_seats[i] != 0, (seats[i] >= 4) & (seats[i] <= 50));
        clause(9, 700, known_seats[i] != 0, seats[i] > 50);
        clause(10, -1000, known_seen[i] != 0, seen[i] > 30);
        clause(11, -1500, known_seen[i] != 0, seen[i] > 90);
        const bool is_free = plan[i] == 0;
        const bool busy = projects[i] >= 3;
        const bool both = (known_plan[i] != 0) & (known_projects[i] != 0);
        const bool no = ((known_plan[i] != 0) & !is_free) | ((known_projects[i] != 0) & !busy);
        clause(12, 500, both | no, is_free & busy);
        const std::int64_t score = std::max<std::int64_t>(std::min<std::int64_t>(total, 10000), 0);
        scores[i] = score;
        tiers[i] = score >= 8000 ? 4 : score >= 6000 ? 3 : score >= 4000 ? 2 : 1;
        outs[i] = 0;
        unknowns[i] = static_cast<std::uint32_t>(unknown);
        hits[i] = bits;
    }
}

std::uint64_t sum_of(const std::int64_t* values, std::size_t count) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += static_cast<std::uint64_t>(values[i]);
    return sum;
}

std::uint64_t sum_of(const std::uint8_t* values, std::size_t count) {
    std::uint64_t sum = 0;
    for (std::size_t i = 0; i < count; ++i)
        sum += values[i];
    return sum;
}

} // namespace rulebook::bench
