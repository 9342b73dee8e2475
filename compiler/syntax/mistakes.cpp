#include "compiler/syntax/mistakes.hpp"

#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/syntax/expected_words.hpp"
#include "compiler/syntax/habits.hpp"
#include "compiler/syntax/recovery.hpp"
#include "compiler/syntax/text_braces.hpp"
#include "RulebookParser.h"
#include "runtime/value/nearest_name.hpp"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

// The brackets that are open before `index`, from the first word of the declaration on.
std::vector<std::size_t> open_brackets(const TokenSequence& words, std::size_t from,
                                       std::size_t index) {
    std::vector<std::size_t> open;
    for (std::size_t at = from; at < index; ++at) {
        auto type = words.word(at).getType();
        if (type == RulebookParser::LBRACE || type == RulebookParser::LPAREN ||
            type == RulebookParser::LBRACKET)
            open.push_back(at);
        else if ((type == RulebookParser::RBRACE || type == RulebookParser::RPAREN ||
                  type == RulebookParser::RBRACKET) &&
                 !open.empty())
            open.pop_back();
    }
    return open;
}

std::size_t declaration_start(antlr4::Parser& parser) {
    auto* context = parser.getContext();
    if (context == nullptr)
        return 0;
    while (auto* parent = dynamic_cast<antlr4::ParserRuleContext*>(context->parent))
        context = parent;
    return context->start->getTokenIndex();
}

} // namespace

std::string_view Mistakes::text_of(const Word& word) const {
    return text_.substr(word.begin(), word.end() - word.begin());
}

Mistakes::Place Mistakes::place(const TokenSequence& words, std::size_t index) const {
    return {words.word(index), index == 0 ? nullptr : &words.word(index - 1)};
}

// True if a diagnostic tells already why reading stopped here.
bool Mistakes::explained_before(const Place& place) {
    std::size_t index = place.found.getTokenIndex();
    auto type = place.found.getType();
    bool refused = type >= RulebookParser::BAD_NUMBER && type <= RulebookParser::FOREIGN_TEXT;
    bool repeated = refused || index == last_reported_;
    last_reported_ = index;
    // A character that is no word of the language stands right before.
    std::uint32_t from = place.before == nullptr ? 0 : place.before->end();
    for (std::uint32_t at = from; at < place.found.begin(); ++at) {
        auto byte = static_cast<unsigned char>(text_[at]);
        if (byte == '/' && text_[at + 1] == '*')
            break;
        if (byte == '/' && text_[at + 1] == '/') {
            at = static_cast<std::uint32_t>(
                std::min<std::size_t>(text_.find('\n', at), place.found.begin()));
            continue;
        }
        if (byte > ' ')
            return !(at == 0 && byte == 0xef);
    }
    return repeated;
}

// `"… {if name is "x" …}"`: the text before ended at a quote that stands in its braces, and so
// begins another one behind the word here.
bool Mistakes::quoted_in_braces(const TokenSequence& words, const Place& place) {
    if (place.before == nullptr || place.before->getType() != RulebookParser::TEXT ||
        place.found.first_on_line() || !ends_in_braces(text_of(*place.before)))
        return false;
    const std::uint32_t begin = place.before->end() - 1;
    for (std::size_t index = place.found.getTokenIndex();; ++index) {
        const Word& word = words.word(index);
        if (word.getType() == antlr4::Token::EOF || word.first_on_line())
            return false;
        if (word.getType() != RulebookParser::TEXT && word.getType() != RulebookParser::BAD_TEXT)
            continue;
        diagnostics_.emit<RB0026>({file_, begin, word.begin() + 1});
        return true;
    }
}

bool Mistakes::missing_brace(const TokenSequence& words, std::size_t start, const Place& place) {
    std::size_t index = place.found.getTokenIndex();
    bool ended = place.found.getType() == antlr4::Token::EOF;
    // `entity` may have been read as a name, so that the word behind it is the one that is wrong.
    bool here = starts_declaration(words, index, text_, false);
    bool before =
        index > 0 && starts_declaration(words, index - 1, text_, false) && index - 1 > start;
    std::size_t at = before && !here ? index - 1 : index;
    if (!ended && !here && !before)
        return false;
    auto open = open_brackets(words, start, at);
    if (open.empty())
        return false;
    report_unclosed(words, open.back(), at);
    return true;
}

void Mistakes::unclosed_record(antlr4::Parser& parser, const TokenSequence& words) {
    std::size_t index = words.position();
    auto open = open_brackets(words, declaration_start(parser), index);
    last_reported_ = index;
    if (!open.empty())
        report_unclosed(words, open.back(), index);
}

// The bracket at `opened` should have been closed before the word at `at`.
void Mistakes::report_unclosed(const TokenSequence& words, std::size_t opened, std::size_t at) {
    if (std::exchange(last_opening_, opened) == opened)
        return;
    const Word& opening = words.word(opened);
    const Word& last = words.word(at - 1);
    auto type = opening.getType();
    std::string_view closing = type == RulebookParser::LBRACE   ? "}"
                               : type == RulebookParser::LPAREN ? ")"
                                                                : "]";
    diagnostics_.emit<RB0103>(span(last).after(), closing, text_of(opening))
        .label(span(opening), fmt::format("this `{}` is never closed", text_of(opening)));
}

bool Mistakes::reserved_name(const Place& place, const IntervalSet& expected) {
    auto type = place.found.getType();
    bool reserved = type >= RulebookParser::AND && type <= RulebookParser::WHERE;
    bool next_clause = type == RulebookParser::WHEN && place.found.first_on_line();
    if (!reserved || next_clause || !expects_name(expected) || expects_operator(expected))
        return false;
    diagnostics_.emit<RB0106>(span(place.found), text_of(place.found));
    return true;
}

// `x >` without a value behind it. The parser may stop at the operator, because the value could end
// before it, or behind a word of the next line that it took for a name.
bool Mistakes::dangling_operator(const TokenSequence& words, const Place& place) {
    std::size_t index = place.found.getTokenIndex();
    const Word& next = words.word(index + 1);
    bool value = starts_value(next.getType()) && !next.first_on_line();
    const Word* op = needs_value(place.found.getType()) && !value ? &place.found : nullptr;
    bool swallowed = index > 1 && place.before->first_on_line() &&
                     place.before->getType() < RulebookParser::CURRENCY_CODE &&
                     waits_for_value(words.word(index - 2).getType());
    if (op == nullptr && swallowed)
        op = &words.word(index - 2);
    if (op == nullptr)
        return false;
    std::string_view wanted = op->getType() == RulebookParser::DOT ? "a name" : "a value";
    diagnostics_.emit<RB0102>(span(*op).after(), wanted, text_of(*op));
    return true;
}

// A row that ends too early, or goes on at the end of its line.
bool Mistakes::broken_row(const Place& place, const IntervalSet& expected) {
    auto type = place.found.getType();
    bool divided = !expected.contains(static_cast<ssize_t>(RulebookParser::BARBAR));
    if (type == RulebookParser::ROW_END && !divided) {
        diagnostics_.emit<RB0134>(span(place.found));
        return true;
    }
    bool line_ended = place.found.first_on_line() || type == RulebookParser::RBRACE;
    if (!line_ended || !expected.contains(static_cast<ssize_t>(RulebookParser::ROW_END)))
        return false;
    Span end = span(*place.before).after();
    diagnostics_.emit<RB0135>(end).fix(end, " |");
    return true;
}

void Mistakes::unexpected(antlr4::Parser& parser, const TokenSequence& words, const Place& place,
                          const IntervalSet& expected) {
    const auto& vocabulary = parser.getVocabulary();
    bool ended = place.found.getType() == antlr4::Token::EOF;
    std::string found =
        ended ? "the end of the file" : fmt::format("`{}`", text_of(place.found).substr(0, 60));
    std::string wanted = described(expected, vocabulary);
    bool new_line = place.found.first_on_line() && place.before != nullptr && !wanted.empty();
    auto& diagnostic = new_line ? diagnostics_.emit<RB0102>(span(*place.before).after(), wanted,
                                                            text_of(*place.before).substr(0, 60))
                       : wanted.empty()
                           ? diagnostics_.emit<RB0107>(span(place.found), found)
                           : diagnostics_.emit<RB0101>(span(place.found), wanted, found);
    auto open = open_brackets(words, declaration_start(parser), place.found.getTokenIndex());
    if (!open.empty() && expected.contains(static_cast<ssize_t>(RulebookParser::RPAREN)) &&
        words.word(open.back()).getType() == RulebookParser::LPAREN)
        diagnostic.label(span(words.word(open.back())), "opened here");
    bool reason = place.found.getType() == RulebookParser::TEXT &&
                  expected.contains(static_cast<ssize_t>(RulebookParser::BECAUSE));
    if (reason)
        diagnostic.help("a reason stands behind `because`")
            .fix({file_, place.found.begin(), place.found.begin()}, "because ");
    else if (explain_habit(diagnostic, habit_place(parser, words, place), expected))
        return;
    else
        suggest_keyword(diagnostic, place, expected, vocabulary);
}

HabitPlace Mistakes::habit_place(antlr4::Parser& parser, const TokenSequence& words,
                                 const Place& place) const {
    auto* context = parser.getContext();
    return {file_, text_, words, place.found.getTokenIndex(),
            context == nullptr ? HabitPlace::kNoRule : context->getRuleIndex()};
}

// A keyword that is spelled nearly like the word that is wrong, or like the one before it, if that
// was taken for a name.
void Mistakes::suggest_keyword(Diagnostic& diagnostic, const Place& place,
                               const IntervalSet& expected,
                               const antlr4::dfa::Vocabulary& vocabulary) const {
    if (suggest(diagnostic, span(place.found), text_of(place.found),
                keywords(expected, vocabulary)))
        return;
    bool other = place.before == nullptr || place.before->getType() != RulebookParser::NAME ||
                 place.before->first_on_line() || expected.size() > 3 ||
                 text_of(*place.before).size() < 3;
    if (other)
        return;
    IntervalSet all = IntervalSet::of(RulebookParser::AND, RulebookParser::YEARS);
    if (auto meant = rulebook::nearest_name(text_of(*place.before), keywords(all, vocabulary)))
        diagnostic.help(fmt::format("did you mean `{}`?", *meant));
}

void Mistakes::report(antlr4::Parser& parser, const TokenSequence& words,
                      const antlr4::RecognitionException& mistake) {
    Place where = place(words, mistake.getOffendingToken()->getTokenIndex());
    if (explained_before(where) || quoted_in_braces(words, where) ||
        missing_brace(words, declaration_start(parser), where))
        return;
    IntervalSet expected = expected_tokens(mistake);
    if (!reserved_name(where, expected) && !dangling_operator(words, where) &&
        !broken_row(where, expected))
        unexpected(parser, words, where, expected);
}

void Mistakes::unknown_clause(antlr4::Parser& parser, TokenSequence& words,
                              const IntervalSet& expected) {
    Place where = place(words, words.index());
    if (explained_before(where) || quoted_in_braces(words, where) ||
        missing_brace(words, declaration_start(parser), where))
        return;
    if (reserved_name(where, expected) || dangling_operator(words, where))
        return;
    bool in_clause = !where.found.first_on_line() && where.before != nullptr &&
                     where.before->getType() != RulebookParser::LBRACE;
    auto known = keywords(expected, parser.getVocabulary());
    auto& diagnostic =
        in_clause
            ? diagnostics_.emit<RB0107>(span(where.found),
                                        fmt::format("`{}`", text_of(where.found).substr(0, 60)))
            : diagnostics_.emit<RB0105>(span(where.found), text_of(where.found).substr(0, 60));
    for (std::string& word : known)
        word = fmt::format("`{}`", word);
    std::string list = fmt::format("here stand {}", joined(known, "and"));
    bool explained =
        (in_clause && explain_habit(diagnostic, habit_place(parser, words, where), expected)) ||
        suggest(diagnostic, span(where.found), text_of(where.found),
                keywords(expected, parser.getVocabulary()));
    if (!explained && !in_clause && !known.empty())
        diagnostic.help(std::move(list));
}

void Mistakes::unknown_declaration(antlr4::Parser& parser, TokenSequence& words) {
    Place where = place(words, words.index());
    if (explained_before(where))
        return;
    if (where.found.getType() == RulebookParser::RBRACE) {
        diagnostics_.emit<RB0104>(span(where.found));
        return;
    }
    auto first = parser.getATN().nextTokens(
        parser.getATN().ruleToStartState[RulebookParser::RuleDeclaration]);
    auto known = keywords(first, parser.getVocabulary());
    auto& diagnostic =
        diagnostics_.emit<RB0100>(span(where.found), text_of(where.found).substr(0, 60));
    suggest(diagnostic, span(where.found), text_of(where.found), known);
}

void Mistakes::unfinished(const TokenSequence& words, std::size_t start, std::size_t index) {
    Place where = place(words, index);
    if (explained_before(where) || quoted_in_braces(words, where) ||
        missing_brace(words, start, where) || dangling_operator(words, where))
        return;
    auto& diagnostic = diagnostics_.emit<RB0107>(
        span(where.found), fmt::format("`{}`", text_of(where.found).substr(0, 60)));
    HabitPlace here{file_, text_, words, index, HabitPlace::kNoRule};
    explain_habit(diagnostic, here, antlr4::misc::IntervalSet());
}

} // namespace rulec::syntax
