// Internal to this folder (names ANTLR types): text → words.
#pragma once

#include <vector>

#include <antlr4-runtime.h>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/token.hpp"

namespace rulec::syntax {

// A token as the parser sees it.
class Word final : public antlr4::Token {
public:
    Word(std::uint32_t type, std::uint32_t begin, std::uint32_t end, std::uint32_t line,
         std::uint32_t piece, bool first_on_line)
        : type_(type), begin_(begin), end_(end), line_(line), piece_(piece),
          first_on_line_(first_on_line) {}

    std::uint32_t begin() const { return begin_; }
    std::uint32_t end() const { return end_; }
    std::uint32_t line() const { return line_; }
    std::uint32_t piece() const { return piece_; } // index into the lossless list
    bool first_on_line() const { return first_on_line_; }
    void become(std::size_t type) { type_ = static_cast<std::uint32_t>(type); }
    void place_at(std::size_t index) { index_ = static_cast<std::uint32_t>(index); }

    size_t getType() const override { return type_ == kEnd ? EOF : type_; }
    size_t getLine() const override { return line_; }
    size_t getCharPositionInLine() const override { return 0; }
    size_t getChannel() const override { return DEFAULT_CHANNEL; }
    size_t getTokenIndex() const override { return index_; }
    size_t getStartIndex() const override { return begin_; }
    size_t getStopIndex() const override { return end_ - 1; }
    std::string getText() const override { return {}; }
    std::string toString() const override { return {}; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    antlr4::CharStream* getInputStream() const override { return nullptr; }

    static constexpr std::uint32_t kEnd = 0xffffffff; // the type of the last word of a file

private:
    std::uint32_t type_;
    std::uint32_t begin_;
    std::uint32_t end_;
    std::uint32_t line_;
    std::uint32_t piece_;
    std::uint32_t index_ = 0;
    bool first_on_line_;
};

struct Scanned {
    std::vector<Word> words;        // what the parser reads; the last one is the end
    std::vector<ast::Token> pieces; // everything
};

inline constexpr std::size_t kMaximumWords = 1'000'000;

// Bytes [begin, end) of a text that passed check_text. Reports what cannot be read; such characters
// are in the pieces and not among the words. Stops with a diagnostic after kMaximumWords.
Scanned scan(FileId file, std::string_view text, std::uint32_t begin, std::uint32_t end,
             Diagnostics& diagnostics);

} // namespace rulec::syntax
