// Internal to this folder (names ANTLR types): words → parse trees, one declaration at a time.
#pragma once

#include <memory>

#include "compiler/syntax/mistakes.hpp"
#include "compiler/syntax/recovery.hpp"
#include "compiler/syntax/token_sequence.hpp"
#include "RulebookParser.h"

namespace rulec::syntax {

// Tries the fast prediction mode first and reads a declaration again, thoroughly, only where that
// fails. Most files never need the second mode; one that does is most likely wrong.
class DeclarationReader {
public:
    // Views the text and the words.
    DeclarationReader(FileId file, std::string_view text, std::vector<Word>& words,
                      Diagnostics& diagnostics);

    // The next declaration, with what recovery left out of it; nullptr at the end of the file.
    // Valid until the next call.
    grammar::RulebookParser::DeclarationContext* next();
    // The words must be one expression; nullptr if they are not, which is reported.
    grammar::RulebookParser::ExpressionContext* lone_expression();

private:
    enum class Mode : std::uint8_t { Fast, Thorough };
    void prepare(std::size_t index, Mode mode);
    bool at_declaration() const;
    grammar::RulebookParser::DeclarationContext* read(std::size_t index);
    grammar::RulebookParser::DeclarationContext*
    finished(std::size_t index, grammar::RulebookParser::DeclarationContext* context);

    std::string_view text_;
    TokenSequence words_;
    Mistakes mistakes_;
    grammar::RulebookParser parser_;
    std::shared_ptr<Recovery> recovery_;
    std::shared_ptr<antlr4::BailErrorStrategy> bail_;
};

} // namespace rulec::syntax
