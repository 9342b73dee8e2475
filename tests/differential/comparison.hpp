// Native code against the interpreter: every value to the last bit, what is known of it, and what
// fits and decisions make of it.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "runtime/native/code.hpp"
#include "tests/differential/oracle.hpp"

namespace rulebook::differential {

struct Difference {
    Question question;
    plan::NodeId node = plan::kNoNode; // whose value differs, or
    std::optional<std::uint32_t> rule; // whose result does
    std::string way;                   // how the code was asked
    std::string what;                  // "score of fit", "AddExact `a + b`"
    std::string expected, found;
};

// Asks the code in every way: rows side by side, the same once more after others, any rows at any
// instants, those account by account in order of time, and rows one by one. All questions are about
// instants of the program. `together`: at one instant, of rows that follow each other from the
// first on.
std::optional<Difference> difference(const native::Code& code, Oracle& oracle,
                                     std::span<const Question> together,
                                     std::span<const Question> strewn);

} // namespace rulebook::differential
