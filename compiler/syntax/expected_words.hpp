// Internal to this folder (names ANTLR types): what could stand somewhere, in words.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <antlr4-runtime.h>

namespace rulec::syntax {

// The words that could follow where the parser gave up.
antlr4::misc::IntervalSet expected_tokens(const antlr4::RecognitionException& mistake);

bool expects_value(const antlr4::misc::IntervalSet& expected);
bool expects_name(const antlr4::misc::IntervalSet& expected);
// Where a value has just ended, nearly everything could follow.
bool expects_operator(const antlr4::misc::IntervalSet& expected);

// Whether a word of this type is an operator in front of a value; that, or another word that only
// a value can follow; whether one can begin a value.
bool needs_value(std::size_t type);
bool waits_for_value(std::size_t type);
bool starts_value(std::size_t type);

// "a value", "`to` or `}`"; empty where there are too many to name.
std::string described(const antlr4::misc::IntervalSet& expected,
                      const antlr4::dfa::Vocabulary& vocabulary);

// The keywords among them, without quotes.
std::vector<std::string> keywords(const antlr4::misc::IntervalSet& expected,
                                  const antlr4::dfa::Vocabulary& vocabulary);

// "`a`, `b` or `c`"
std::string joined(const std::vector<std::string>& parts, std::string_view last_word);

} // namespace rulec::syntax
