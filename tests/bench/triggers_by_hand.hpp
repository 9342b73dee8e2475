// Patterns over events, written by hand over the same columns.
#pragma once

#include <cstddef>
#include <cstdint>

namespace rulebook::bench {

struct TriggerEvents {
    const std::int64_t* at;    // ascending within an account, all known
    const std::uint32_t* name; // codes, all known
};

struct TriggerFirings {
    std::uint32_t* account;
    std::uint32_t* event; // that completed it
    std::int64_t* instant;
    std::int64_t* start;
};

// Of the accounts [first, last), whose events are first_event[account] to first_event[account + 1].
struct TriggerAccounts {
    const std::uint32_t* first_event;
    std::uint32_t first;
    std::uint32_t last;
};

// `a then b within`, each time: a match uses up the events until its end. The number of firings.
std::size_t then_by_hand(const TriggerEvents& events, const TriggerAccounts& accounts,
                         std::uint32_t a, std::uint32_t b, std::int64_t within,
                         const TriggerFirings& firings);

// `a 3 times within`, likewise.
std::size_t three_times_by_hand(const TriggerEvents& events, const TriggerAccounts& accounts,
                                std::uint32_t a, std::int64_t within,
                                const TriggerFirings& firings);

} // namespace rulebook::bench
