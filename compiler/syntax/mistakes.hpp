// Internal to this folder (names ANTLR types): syntax errors in words that a reader of rules
// understands.
#pragma once

#include "compiler/syntax/habits.hpp"
#include "compiler/syntax/token_sequence.hpp"

namespace rulec::syntax {

class Mistakes {
public:
    Mistakes(FileId file, std::string_view text, Diagnostics& diagnostics)
        : file_(file), text_(text), diagnostics_(diagnostics) {}

    std::string_view text() const { return text_; }

    // Something else was expected where the parser stands.
    void report(antlr4::Parser& parser, const TokenSequence& words,
                const antlr4::RecognitionException& mistake);
    // The word here starts no clause of its block; `expected` are those that do.
    void unknown_clause(antlr4::Parser& parser, TokenSequence& words,
                        const antlr4::misc::IntervalSet& expected);
    // The word here starts no declaration.
    void unknown_declaration(antlr4::Parser& parser, TokenSequence& words);

    // A record of a test ends before the word here, and its brace is missing.
    void unclosed_record(antlr4::Parser& parser, const TokenSequence& words);

    // The word at `index` is behind the end of its declaration, on the same line; that began at
    // `start`.
    void unfinished(const TokenSequence& words, std::size_t start, std::size_t index);

private:
    struct Place {
        const Word& found;
        const Word* before; // nullptr at the beginning of the file
    };

    Place place(const TokenSequence& words, std::size_t index) const;
    bool explained_before(const Place& place);
    bool quoted_in_braces(const TokenSequence& words, const Place& place);
    bool missing_brace(const TokenSequence& words, std::size_t start, const Place& place);
    bool reserved_name(const Place& place, const antlr4::misc::IntervalSet& expected);
    bool dangling_operator(const TokenSequence& words, const Place& place);
    bool broken_row(const Place& place, const antlr4::misc::IntervalSet& expected);
    void suggest_keyword(Diagnostic& diagnostic, const Place& place,
                         const antlr4::misc::IntervalSet& expected,
                         const antlr4::dfa::Vocabulary& vocabulary) const;
    HabitPlace habit_place(antlr4::Parser& parser, const TokenSequence& words,
                           const Place& place) const;
    void report_unclosed(const TokenSequence& words, std::size_t opened, std::size_t at);
    void unexpected(antlr4::Parser& parser, const TokenSequence& words, const Place& place,
                    const antlr4::misc::IntervalSet& expected);
    Span span(const Word& word) const { return {file_, word.begin(), word.end()}; }
    std::string_view text_of(const Word& word) const;

    FileId file_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    // Indices of words: where the last mistake was, and the last bracket that is never closed.
    std::size_t last_reported_ = static_cast<std::size_t>(-1);
    std::size_t last_opening_ = static_cast<std::size_t>(-1);
};

} // namespace rulec::syntax
