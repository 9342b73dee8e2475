#include "compiler/syntax/nesting.hpp"

#include <utility>

#include "RulebookLexer.h"

namespace rulec::syntax {
namespace {

using grammar::RulebookLexer;

// Operators in one pair of brackets that wait for the end of what they apply to.
struct Open {
    int conditions = 0; // if
    int negations = 0;  // not
    int operands = 0;   // unary -, as of, fired since
    int total() const { return conditions + negations + operands; }
};

bool opens(size_t type) {
    return type == RulebookLexer::LPAREN || type == RulebookLexer::LBRACKET ||
           type == RulebookLexer::LBRACE;
}

bool closes(size_t type) {
    return type == RulebookLexer::RPAREN || type == RulebookLexer::RBRACKET ||
           type == RulebookLexer::RBRACE;
}

// A condition that follows one of these is part of the condition before it; behind anything else a
// new one begins, so that all that waited in these brackets is complete.
bool continues_condition(size_t before) {
    switch (before) {
    case RulebookLexer::AND:
    case RulebookLexer::OR:
    case RulebookLexer::NOT:
    case RulebookLexer::IF:
    case RulebookLexer::THEN:
    case RulebookLexer::ELSE:
        return true;
    default:
        return false;
    }
}

// The same for a minus in front of a value.
bool continues_operand(size_t before) {
    switch (before) {
    case RulebookLexer::MINUS:
    case RulebookLexer::PLUS:
    case RulebookLexer::STAR:
    case RulebookLexer::SLASH:
    case RulebookLexer::DEFAULT:
    case RulebookLexer::OF:
    case RulebookLexer::LAST:
    case RulebookLexer::SINCE:
        return true;
    default:
        return false;
    }
}

// Behind one of these a minus is between two values.
bool ends_operand(size_t type) {
    return type == RulebookLexer::RPAREN ||
           (type >= RulebookLexer::CURRENCY_CODE && type <= RulebookLexer::FOREIGN_TEXT);
}

// `not in`, `not like` follow a value and wait for nothing.
bool tests(size_t type) {
    switch (type) {
    case RulebookLexer::IN:
    case RulebookLexer::LIKE:
    case RulebookLexer::CONTAINS:
    case RulebookLexer::HAS:
    case RulebookLexer::STARTS:
    case RulebookLexer::ENDS:
    case RulebookLexer::MATCHES:
        return true;
    default:
        return false;
    }
}

void count_condition(Open& open, size_t type, size_t before) {
    if (!continues_condition(before))
        open = {};
    open.operands = 0;
    ++open.negations;
    if (type == RulebookLexer::IF) // what stands before it waits as long as it does
        open.conditions += std::exchange(open.negations, 0);
}

void count(Open& open, size_t type, size_t before, size_t next) {
    switch (type) {
    case RulebookLexer::IF:
        return count_condition(open, type, before);
    case RulebookLexer::NOT:
        return tests(next) ? void() : count_condition(open, type, before);
    case RulebookLexer::MINUS:
        if (ends_operand(before))
            return;
        open.operands = continues_operand(before) ? open.operands + 1 : 1;
        return;
    case RulebookLexer::AS:
        open.operands += next == RulebookLexer::OF ? 1 : 0;
        return;
    case RulebookLexer::FIRED:
        open.operands += next == RulebookLexer::IN || next == RulebookLexer::SINCE ? 1 : 0;
        return;
    case RulebookLexer::AND:
    case RulebookLexer::OR:
    case RulebookLexer::THEN:
    case RulebookLexer::ELSE:
        open.negations = 0;
        open.operands = 0;
        return;
    case RulebookLexer::COMMA:
    case RulebookLexer::BECAUSE:
    case RulebookLexer::EQUAL_SIGN:
    case RulebookLexer::IS:
    case RulebookLexer::WHEN:
    case RulebookLexer::WHERE:
        open.operands = 0;
        return;
    default:
        return;
    }
}

} // namespace

std::size_t first_too_deep(const std::vector<Word>& words) {
    std::vector<Open> brackets(1);
    int outside = 0; // operators that wait outside of the innermost brackets
    size_t before = RulebookLexer::COMMA;
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
        size_t type = words[i].getType();
        if (opens(type)) {
            outside += brackets.back().total();
            brackets.emplace_back();
        } else if (closes(type) && brackets.size() > 1) {
            brackets.pop_back();
            outside -= brackets.back().total();
        } else {
            count(brackets.back(), type, before, words[i + 1].getType());
        }
        int depth = outside + brackets.back().total() + static_cast<int>(brackets.size()) - 1;
        if (depth > kMaximumNesting)
            return i;
        before = type;
    }
    return words.size();
}

} // namespace rulec::syntax
