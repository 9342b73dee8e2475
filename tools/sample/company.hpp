// A made-up company that uses a product for growing companies: how it signed up, who joined, what
// it did, who talked to it, and what it bought.
//
// The truth behind the numbers, which rules should find again (conversion.hpp): small companies buy
// alone; a rep multiplies the chance of a deal where a company has connected its CRM and its
// mailbox, and hardly elsewhere; companies with four users and little revenue stand between both.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tools/sample/conversion.hpp"

namespace rulebook::sample {

// When the data is taken. Everything happened before; times are microseconds since 1970 UTC.
inline constexpr std::int64_t kTakenAt = 1'782'864'000'000'000; // 2026-07-01T00:00:00Z
inline constexpr std::int64_t kDay = 86'400'000'000;

struct User {
    std::string id;
    std::string title; // empty: missing
    std::int64_t joined_at = 0;
};

struct Event {
    std::int64_t at = 0;
    std::string name;
    std::string user;
};

struct Touch {
    std::int64_t at = 0;
    std::string channel;
    std::string motion;
    std::string campaign;                // empty: missing
    std::optional<std::int64_t> minutes; // of calls and meetings
};

struct Deal {
    std::int64_t created_at = 0;
    std::optional<std::int64_t> closed_at;
    std::string status; // open, won, lost
    std::int64_t cents = 0;
};

struct PlanVersion {
    std::int64_t known_from = 0;
    std::string plan;
};

// What the data do not tell and whoever made it up knows.
struct Truth {
    std::size_t segment = 0; // in kSegments
    std::size_t region = 0;  // in kRegions
    Step step = Step::SignedUp;
    std::int64_t reached_at = 0;        // the step; from then on it makes up its mind
    bool assisted = false;              // by a rep
    std::int64_t chance_to_connect = 0; // in so many of a million
    std::int64_t chance_to_buy = 0;
    bool buys = false;
    bool buys_alone_too = false; // the same dice, without the rep
};

struct Company {
    std::string id;
    std::int64_t signed_up_at = 0;
    std::string email;
    std::optional<std::int64_t> annual_revenue_cents;
    std::optional<std::int64_t> employees;
    std::string industry; // empty: missing
    std::string region;
    std::string plan;
    std::optional<std::int64_t> seats;
    std::int64_t active_projects = 0;
    std::optional<bool> advanced_usage;
    std::optional<bool> do_not_contact;
    std::optional<std::int64_t> owned_by_sales_since; // a rep's name is on it; none: nobody's
    std::vector<User> users;                          // by time
    std::vector<Event> events;                        // by time
    std::vector<Touch> touches;                       // by time
    std::vector<Deal> deals;                          // by time
    std::vector<PlanVersion> history;                 // by time; the last one is `plan`
    Truth truth;
};

// The same for equal arguments, everywhere, however many companies are made. Their ids, in the
// order of the numbers, are in the order of text: numbers are below 10'000'000.
Company make_company(std::uint64_t seed, std::uint64_t number);

} // namespace rulebook::sample
