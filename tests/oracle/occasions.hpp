// Where silences, clocks and `becomes` arise. What came of their earlier candidates does not matter
// to them, so all of them are found at once.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "tests/oracle/lengths.hpp"
#include "tests/oracle/oracle.hpp"

namespace rulebook::oracle {

struct Occurrence {
    std::int64_t instant = 0;
    std::int64_t start = 0;
    Occasion occasion = Occasion::Event;
    std::optional<std::size_t> completing{}; // index in History::events()
};

struct Occasions {
    std::vector<Occurrence> occurrences; // up to as_of
    std::optional<std::int64_t> pending; // after it
};

// Nothing for patterns and waits for something that does not come after one. `fired`: the outcomes
// among which a `becomes` that asks what fired looks.
Occasions occasions(History& history, const Lengths& lengths, const plan::On& on,
                    const Question& question, bool continuous, const std::vector<Outcome>& fired);

// What `T fired` asks at an instant: the last firing before it and up to where it looks.
interpret::FiredLookup fired_before(std::int64_t instant, const std::vector<Outcome>& outcomes);

} // namespace rulebook::oracle
