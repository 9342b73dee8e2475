// How far a pattern got that is not complete, found by asking the machines about its parts.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/explain/pattern_words.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::explain {

// What an explanation says of a pattern over the events: it is complete at `instant`, the match
// with the latest start beginning at `start`; or, without an instant, it never is.
struct Claim {
    Patterns pattern;
    std::optional<std::int64_t> instant{};
    std::int64_t start = 0;
};

struct Progress {
    std::vector<std::string> words; // a line each
    std::vector<Claim> claims;      // that the words rest on
};

// Of a pattern that no match of `events` completes (in their order, none consumed). The triggers
// have run for the account.
Progress progress_of(trigger::AccountTriggers& triggers, const plan::Plan& plan,
                     const Patterns& pattern, std::span<const trigger::SeenEvent> events,
                     std::int64_t as_of);

// When the pattern is complete, and from when the best match then is.
struct Completed {
    std::int64_t instant = 0;
    std::int64_t start = 0;
};
std::vector<Completed> completions(trigger::AccountTriggers& triggers, const Patterns& pattern,
                                   std::span<const trigger::SeenEvent> events);

} // namespace rulebook::explain
