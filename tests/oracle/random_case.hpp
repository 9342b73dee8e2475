// A random rulebook of triggers and a random history of one account, small enough for brute force.
//
// Instants and lengths are multiples of an hour, from a small pool, so that events meet at one
// instant and deadlines meet events; histories lie around a change of clocks.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/generator/randomness.hpp"
#include "tests/oracle/oracle.hpp"
#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::oracle {

// A record of `events`, or of a second ordered collection `touches`.
struct EventRow {
    bool touch = false;
    std::int64_t at = 0;
    std::optional<std::int64_t> sequence;
    std::string name;
    std::optional<std::int64_t> value;
    std::optional<std::int64_t> due; // of events

    friend auto operator<=>(const EventRow&, const EventRow&) = default;
};

struct DealRow {
    std::int64_t created_at = 0;
    std::optional<std::int64_t> closed_at;
    std::int64_t status = 0;
};

// Of the account's history.
struct VersionRow {
    std::int64_t known_from = 0;
    std::optional<std::string> zone; // account.email: what a calendar's zone is read from
    std::int64_t plan = 0;
};

struct Case {
    testing::SmallPlan plan;
    Question question;

    // The account.
    std::optional<std::int64_t> since; // its origin
    std::optional<bool> active;
    std::optional<std::int64_t> renews_at;
    std::vector<VersionRow> versions;
    std::vector<EventRow> events;
    std::vector<DealRow> deals;

    // In the order of the rows as they are listed. Root 0 is the account; root 1 another one, to
    // which the same happens a day earlier.
    data::Dataset dataset() const { return dataset({testing::kDay}); }
    // The same with an account more for each of these: everything happens so much earlier to it.
    data::Dataset dataset(const std::vector<std::int64_t>& earlier) const;
};

// What the generator is to make.
struct Wanted {
    std::size_t most_events = 11;
    std::size_t most_triggers = 4;
    bool conditions = true; // and policies, versions, rhythms
    bool patterns_only = false;
    // Patterns, waits and silences of one or two signals, within lengths of time; in half of the
    // cases no sequence orders records of an instant.
    bool simple = false;
};

Case random_case(generator::Randomness& random, const Wanted& wanted);

// One trigger on a `becomes` that reads points which fade with the age of events; nothing else
// happens to the account.
Case random_fading_case(generator::Randomness& random);

// One trigger on a `becomes` that asks about elements of collections.
Case random_elements_case(generator::Randomness& random);

// One trigger on a `becomes` that asks about events in windows that move along with time.
Case random_windows_case(generator::Randomness& random);

// As people can read it.
std::string described(const Case& example);

std::string shown_instant(std::int64_t instant);

// A smaller case for which `fails` holds too.
template <class Fails>
Case shrunk(Case example, Fails fails);

// All cases that are a little smaller.
std::vector<Case> smaller(const Case& example);

template <class Fails>
Case shrunk(Case example, Fails fails) {
    for (bool again = true; again;) {
        again = false;
        for (Case& candidate : smaller(example))
            if (fails(candidate)) {
                example = std::move(candidate);
                again = true;
                break;
            }
    }
    return example;
}

} // namespace rulebook::oracle
