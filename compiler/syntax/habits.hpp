// Internal to this folder (names ANTLR types): what people write who know other notations, or plain
// English, and what to write instead.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/token_sequence.hpp"

namespace rulec::syntax {

// Where a word does not fit.
struct HabitPlace {
    static constexpr std::size_t kNoRule = static_cast<std::size_t>(-1);

    FileId file;
    std::string_view text;
    const TokenSequence& words;
    std::size_t index = 0;      // of the word
    std::size_t rule = kNoRule; // of the grammar, in which the parser stands
};

// Adds help, and a fix where it is certain what was meant; false, and nothing added, where the word
// is no habit. `expected` is empty where anything could have followed.
bool explain_habit(Diagnostic& diagnostic, const HabitPlace& place,
                   const antlr4::misc::IntervalSet& expected);

} // namespace rulec::syntax
