// The words around a place of a mistake, for the habits that are recognised there. Internal to this
// folder.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "compiler/syntax/habits.hpp"

namespace rulec::syntax {

// Refers to all that it is given. Each of help() and instead() gives true: the habit is explained.
class WordsAround {
public:
    WordsAround(Diagnostic& diagnostic, const HabitPlace& place,
                const antlr4::misc::IntervalSet& expected)
        : diagnostic_(diagnostic), place_(place), expected_(expected),
          found_(place.words.word(place.index)) {}

protected:
    const Word& word(std::size_t index) const { return place_.words.word(index); }
    std::size_t type() const { return found_.getType(); }
    Span span(const Word& word) const { return {place_.file, word.begin(), word.end()}; }
    std::string_view text(const Word& word) const {
        return place_.text.substr(word.begin(), word.end() - word.begin());
    }
    bool expects(std::size_t type) const { return expected_.contains(static_cast<ssize_t>(type)); }
    const Word* before(std::size_t back = 1) const {
        return place_.index < back ? nullptr : &word(place_.index - back);
    }
    bool help(std::string text) {
        diagnostic_.help(std::move(text));
        return true;
    }
    bool instead(std::string_view replacement) {
        diagnostic_.fix(span(found_), std::string(replacement));
        return help(fmt::format("write `{}`", replacement));
    }

    Diagnostic& diagnostic_;
    const HabitPlace& place_;
    const antlr4::misc::IntervalSet& expected_;
    const Word& found_;
};

} // namespace rulec::syntax
