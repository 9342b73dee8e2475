// The kinds of companies that sample data is made of, and how they differ. In the data a segment is
// told by revenue and seats, where both are known.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace rulebook::sample {

struct Range {
    std::int64_t least = 0;
    std::int64_t most = 0;
};

// Chances are in so many of a thousand.
struct Segment {
    std::string_view name;
    std::int64_t weight; // how common it is
    Range revenue;       // dollars a year
    Range employees;
    Range seats;
    std::array<std::int64_t, 4> plans; // weights of free, basic, team, enterprise
    std::int64_t decision_maker;       // the rest in so many of a thousand
    std::int64_t private_mail;
    std::int64_t advanced;
    std::int64_t connects;     // an integration
    std::int64_t rep_steps_in; // once both are connected
    std::int64_t buys_alone;
    std::int64_t buys_with_rep; // once both are connected; see conversion.hpp for the other steps
    std::int64_t named;         // on the lists of accounts that reps own before they ever called
    std::int64_t organisation;  // works together as the enterprise does that scenario 15 describes
    Range amount;               // dollars a deal
};

inline constexpr std::array kSegments{
    // Individuals and small shops: the product sells itself.
    Segment{.name = "solo",
            .weight = 420,
            .revenue = {20'000, 700'000},
            .employees = {1, 9},
            .seats = {1, 3},
            .plans = {700, 280, 20, 0},
            .decision_maker = 60,
            .private_mail = 450,
            .advanced = 50,
            .connects = 150,
            .rep_steps_in = 50,
            .buys_alone = 180,
            .buys_with_rep = 190,
            .named = 0,
            .organisation = 0,
            .amount = {200, 1'500}},
    // Small budget, but a team: on neither list of the playbook.
    Segment{.name = "small_team",
            .weight = 180,
            .revenue = {150'000, 950'000},
            .employees = {5, 40},
            .seats = {4, 15},
            .plans = {450, 400, 150, 0},
            .decision_maker = 150,
            .private_mail = 120,
            .advanced = 200,
            .connects = 350,
            .rep_steps_in = 300,
            .buys_alone = 100,
            .buys_with_rep = 160,
            .named = 20,
            .organisation = 0,
            .amount = {600, 4'000}},
    // Growing companies: here a rep pays.
    Segment{.name = "growing",
            .weight = 260,
            .revenue = {1'000'000, 11'900'000},
            .employees = {20, 400},
            .seats = {3, 60},
            .plans = {300, 300, 350, 50},
            .decision_maker = 420,
            .private_mail = 40,
            .advanced = 450,
            .connects = 550,
            .rep_steps_in = 650,
            .buys_alone = 50,
            .buys_with_rep = 300,
            .named = 150,
            .organisation = 50,
            .amount = {2'000, 25'000}},
    // Large ones buy with a rep or not at all.
    Segment{.name = "large",
            .weight = 140,
            .revenue = {12'000'000, 900'000'000},
            .employees = {200, 20'000},
            .seats = {10, 400},
            .plans = {200, 150, 400, 250},
            .decision_maker = 600,
            .private_mail = 10,
            .advanced = 650,
            .connects = 600,
            .rep_steps_in = 750,
            .buys_alone = 20,
            .buys_with_rep = 350,
            .named = 400,
            .organisation = 300,
            .amount = {12'000, 250'000}},
};

} // namespace rulebook::sample
