// Random patterns, waits, silences, clocks and `becomes` over the signals of a random case.
#pragma once

#include "tests/generator/randomness.hpp"
#include "tests/oracle/on.hpp"
#include "tests/oracle/random_case.hpp"
#include "tests/oracle/random_conditions.hpp"

namespace rulebook::oracle {

// Adds a second ordered collection, `touches`, and six signals: 0 to 3 range over events, 4 and 5
// over touches; one record may be several.
void add_signals(testing::SmallPlan& plan);

class RandomOn {
public:
    RandomOn(generator::Randomness& random, RandomConditions& conditions, const Wanted& wanted)
        : random_(random), conditions_(conditions), wanted_(wanted) {}

    plan::On some();

private:
    plan::Extent extent(bool may_be_bucket);
    plan::CalendarUnit some_unit();
    std::uint32_t some_signal();
    Patterns single();
    Patterns count();
    Patterns pattern(int depth);
    std::vector<std::uint32_t> absent();
    std::vector<Patterns> two_of_a_collection();
    plan::On simple();

    generator::Randomness& random_;
    RandomConditions& conditions_;
    const Wanted wanted_;
};

} // namespace rulebook::oracle
