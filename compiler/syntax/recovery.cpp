#include "compiler/syntax/recovery.hpp"

#include "RulebookParser.h"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

// Parts of a block that are given up as a whole.
bool is_clause(std::size_t rule) {
    switch (rule) {
    case RulebookParser::RuleHeaderClause:
    case RulebookParser::RuleTeamClause:
    case RulebookParser::RuleField:
    case RulebookParser::RuleFitClause:
    case RulebookParser::RulePointsClause:
    case RulebookParser::RuleDecideClause:
    case RulebookParser::RuleTableClause:
    case RulebookParser::RuleCalendarClause:
    case RulebookParser::RulePolicyClause:
    case RulebookParser::RuleTriggerClause:
    case RulebookParser::RuleRatesClause:
    case RulebookParser::RuleCreditClause:
    case RulebookParser::RuleMeasureClause:
    case RulebookParser::RuleRoiClause:
    case RulebookParser::RuleTestClause:
    case RulebookParser::RuleRecordField:
        return true;
    default:
        return false;
    }
}

// From `index` on, the word with which a block goes on whose clause began at `from`: the first word
// of a line that can start such a clause, or the brace that closes the block.
std::size_t next_clause(const TokenSequence& words, std::size_t from, std::size_t index,
                        const IntervalSet& first, std::string_view text) {
    int depth = 0;
    for (std::size_t at = from;; ++at) {
        const Word& word = words.word(at);
        auto type = word.getType();
        if (type == antlr4::Token::EOF)
            return at;
        bool reached = at >= index && at > from;
        if (reached && starts_declaration(words, at, text, false))
            return at;
        if (reached && depth <= 0 &&
            (type == RulebookParser::RBRACE ||
             (word.first_on_line() && first.contains(static_cast<ssize_t>(type)))))
            return at;
        depth += type == RulebookParser::LBRACE ? 1 : type == RulebookParser::RBRACE ? -1 : 0;
    }
}

bool starts_a_name(std::size_t type) {
    return type > RulebookParser::WHERE && type <= RulebookParser::NAME;
}

} // namespace

bool starts_declaration(const TokenSequence& words, std::size_t index, std::string_view text,
                        bool anywhere) {
    const Word& word = words.word(index);
    auto type = word.getType();
    if (!word.first_on_line() || type < RulebookParser::CALENDAR || type > RulebookParser::TRIGGER)
        return false;
    bool at_margin = word.begin() == 0 || text[word.begin() - 1] == '\n';
    auto next = words.word(index + 1).getType();
    return (at_margin || anywhere) && (starts_a_name(next) || next == RulebookParser::TEXT);
}

std::size_t next_declaration(const TokenSequence& words, std::size_t from, std::size_t index,
                             std::string_view text) {
    int depth = 0;
    for (std::size_t at = from;; ++at) {
        auto type = words.word(at).getType();
        if (type == antlr4::Token::EOF)
            return at;
        if (at >= index && at > from && starts_declaration(words, at, text, depth <= 0))
            return at;
        depth += type == RulebookParser::LBRACE ? 1 : type == RulebookParser::RBRACE ? -1 : 0;
    }
}

void Recovery::recover(antlr4::Parser* parser, std::exception_ptr mistake) {
    antlr4::ParserRuleContext* context = parser->getContext();
    std::size_t rule = context->getRuleIndex();
    std::size_t from = context->start->getTokenIndex();
    bool outermost = rule == RulebookParser::RuleDeclaration;
    // A clause inside a clause that began with the same word gives up both.
    auto* parent = dynamic_cast<antlr4::ParserRuleContext*>(context->parent);
    bool whole = parent == nullptr || parent->start != context->start;
    if (!outermost && !(is_clause(rule) && whole))
        std::rethrow_exception(mistake);
    bool at_record_end = record_end_ == words_.index() && (rule == RulebookParser::RuleTestClause ||
                                                           rule == RulebookParser::RuleRecordField);
    std::size_t next = outermost ? next_declaration(words_, from, words_.index(), mistakes_.text())
                       : at_record_end ? record_end_
                                       : next_clause_here(*parser, rule, from);
    if (at_record_end && rule == RulebookParser::RuleTestClause)
        record_end_ = kNowhere; // whatever is wrong from here on is another mistake
    words_.seek(next);
    endErrorCondition(parser);
}

// The word before the mistake may have begun the next clause and been taken for a name:
// `points 3 when seats >` and, on the next line, `points 5 …`.
std::size_t Recovery::next_clause_here(antlr4::Parser& parser, std::size_t rule, std::size_t from) {
    const antlr4::atn::ATN& atn = parser.getATN();
    const IntervalSet& first = atn.nextTokens(atn.ruleToStartState[rule]);
    std::size_t index = words_.index();
    bool swallowed = index > from + 1 && starts_line_with(index - 1, first);
    return next_clause(words_, from, swallowed ? index - 1 : index, first, mistakes_.text());
}

antlr4::Token* Recovery::recoverInline(antlr4::Parser* parser) {
    throw antlr4::InputMismatchException(parser);
}

// Called where a loop or a choice begins. At the loop over the clauses of a block, a word that
// starts no clause is reported here, and reading goes on with the next one that does.
void Recovery::sync(antlr4::Parser* parser) {
    const auto& atn = parser->getATN();
    auto* state = atn.states[parser->getState()];
    auto kind = state->getStateType();
    bool loop = kind == antlr4::atn::ATNState::STAR_LOOP_ENTRY ||
                kind == antlr4::atn::ATNState::STAR_LOOP_BACK;
    if (!loop || parser->getContext()->getRuleIndex() == RulebookParser::RuleEnumValues)
        return;
    const IntervalSet& expected = atn.nextTokens(state);
    auto type = words_.LA(1);
    bool block = expected.contains(static_cast<ssize_t>(RulebookParser::RBRACE));
    if (!block || type == antlr4::Token::EOF || type == RulebookParser::RBRACE)
        return;
    if (parser->getContext()->getRuleIndex() == RulebookParser::RuleRecord && ends_record()) {
        mistakes_.unclosed_record(*parser, words_);
        beginErrorCondition(parser);
        record_end_ = words_.index();
        throw antlr4::InputMismatchException(parser);
    }
    // The next declaration at the margin: the brace of this block is missing.
    if (starts_declaration(words_, words_.index(), mistakes_.text(), false))
        throw antlr4::InputMismatchException(parser);
    if (expected.contains(static_cast<ssize_t>(type)))
        return;
    mistakes_.unknown_clause(*parser, words_, expected);
    give_up_last_clause(*parser, expected);
}

// A line that begins with a clause of the test: the record's brace is missing before it.
bool Recovery::ends_record() const {
    const Word& word = words_.word(words_.position());
    return word.first_on_line() &&
           (word.getType() == RulebookParser::AS_OF || word.getType() == RulebookParser::EXPECT);
}

// The word here starts no clause. On the line of the clause before it, it belongs to that.
void Recovery::give_up_last_clause(antlr4::Parser& parser, const IntervalSet& expected) {
    std::size_t at = words_.index();
    auto& children = parser.getContext()->children;
    auto* last =
        children.empty() ? nullptr : dynamic_cast<antlr4::ParserRuleContext*>(children.back());
    bool of_last = last != nullptr && !words_.word(at).first_on_line();
    if (of_last)
        last->exception = std::make_exception_ptr(antlr4::InputMismatchException(&parser));
    std::size_t from = of_last ? last->start->getTokenIndex() : at;
    bool swallowed = of_last && starts_line_with(at - 1, expected) && at - 1 > from;
    std::size_t index = swallowed ? at - 1 : at + 1;
    words_.seek(next_clause(words_, from, index, expected, mistakes_.text()));
}

bool Recovery::starts_line_with(std::size_t index, const IntervalSet& keywords) const {
    const Word& word = words_.word(index);
    auto type = word.getType();
    return word.first_on_line() && type < RulebookParser::CURRENCY_CODE &&
           keywords.contains(static_cast<ssize_t>(type));
}

void Recovery::reportError(antlr4::Parser* parser, const antlr4::RecognitionException& mistake) {
    if (inErrorRecoveryMode(parser))
        return;
    beginErrorCondition(parser);
    mistakes_.report(*parser, words_, mistake);
}

} // namespace rulec::syntax
