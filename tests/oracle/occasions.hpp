// Where silences, clocks and `becomes` arise: what came of earlier candidates does not matter to
// them, so all of them are found at once.
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

// Nothing for patterns and waits for something that does not come after one.
Occasions occasions(History& history, const Lengths& lengths, const plan::On& on,
                    const Question& question, bool continuous);

} // namespace rulebook::oracle
