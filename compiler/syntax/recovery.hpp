// Internal to this folder (names ANTLR types): what happens behind a mistake.
#pragma once

#include "compiler/syntax/mistakes.hpp"
#include "compiler/syntax/token_sequence.hpp"

namespace rulec::syntax {

// Where a word is wrong, the clause around it is given up, and reading goes on with the next clause
// of its block, or behind the block with the next declaration. Nothing is guessed or inserted: a
// clause is read as a whole or not at all, so that one mistake gives one message.
class Recovery final : public antlr4::DefaultErrorStrategy {
public:
    Recovery(TokenSequence& words, Mistakes& mistakes) : words_(words), mistakes_(mistakes) {}

    void recover(antlr4::Parser* parser, std::exception_ptr mistake) override;
    antlr4::Token* recoverInline(antlr4::Parser* parser) override;
    void sync(antlr4::Parser* parser) override;
    void reportError(antlr4::Parser* parser, const antlr4::RecognitionException& mistake) override;

private:
    std::size_t next_clause_here(antlr4::Parser& parser, std::size_t rule, std::size_t from);
    void give_up_last_clause(antlr4::Parser& parser, const antlr4::misc::IntervalSet& expected);
    bool starts_line_with(std::size_t index, const antlr4::misc::IntervalSet& keywords) const;

    bool ends_record() const;

    TokenSequence& words_;
    Mistakes& mistakes_;
    static constexpr std::size_t kNowhere = static_cast<std::size_t>(-1);
    std::size_t record_end_ = kNowhere; // the word before which one was cut off
};

// Whether this word starts a declaration at the margin or, with `anywhere`, at any indentation.
bool starts_declaration(const TokenSequence& words, std::size_t index, std::string_view text,
                        bool anywhere);

// The first word from `index` on that starts a declaration outside of the braces that are opened
// from `from` on; the end of the file if there is none.
std::size_t next_declaration(const TokenSequence& words, std::size_t from, std::size_t index,
                             std::string_view text);

} // namespace rulec::syntax
