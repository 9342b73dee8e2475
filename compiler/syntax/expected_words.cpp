#include "compiler/syntax/expected_words.hpp"

#include <fmt/format.h>

#include "RulebookParser.h"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

bool has(const IntervalSet& set, std::size_t type) {
    return set.contains(static_cast<ssize_t>(type));
}

// What may stand between two values, or behind one.
bool is_operator(std::size_t type) {
    switch (type) {
    case RulebookParser::AND:
    case RulebookParser::OR:
    case RulebookParser::NOT:
    case RulebookParser::IS:
    case RulebookParser::IN:
    case RulebookParser::DEFAULT:
    case RulebookParser::AS:
    case RulebookParser::FIRED:
    case RulebookParser::CONTAINS:
    case RulebookParser::HAS:
    case RulebookParser::STARTS:
    case RulebookParser::ENDS:
    case RulebookParser::LIKE:
    case RulebookParser::MATCHES:
    case RulebookParser::DOT:
    case RulebookParser::EQUAL_SIGN:
    case RulebookParser::EQUAL_EQUAL:
    case RulebookParser::NOT_EQUAL:
    case RulebookParser::LESS:
    case RulebookParser::LESS_EQUAL:
    case RulebookParser::GREATER:
    case RulebookParser::GREATER_EQUAL:
    case RulebookParser::PLUS:
    case RulebookParser::MINUS:
    case RulebookParser::STAR:
    case RulebookParser::SLASH:
        return true;
    default:
        return false;
    }
}

// Tokens that exist only to be refused, or that another one stands for.
bool is_implied(std::size_t type) {
    switch (type) {
    case RulebookParser::CURRENCY_CODE:
    case RulebookParser::SCALED:
    case RulebookParser::BAD_NUMBER:
    case RulebookParser::BAD_DATE:
    case RulebookParser::BAD_TEXT:
    case RulebookParser::FOREIGN_TEXT:
        return true;
    default:
        return false;
    }
}

bool is_unit(std::size_t type) {
    return type >= RulebookParser::MICROSECOND && type <= RulebookParser::YEARS;
}

std::string in_words(std::size_t type, const antlr4::dfa::Vocabulary& vocabulary) {
    switch (type) {
    case RulebookParser::NAME:
        return "a name";
    case RulebookParser::TEXT:
        return "a text in double quotes";
    case RulebookParser::INT:
    case RulebookParser::DECIMAL:
        return "a number";
    case RulebookParser::PERCENT:
        return "a percentage";
    case RulebookParser::MONEY:
        return "an amount of money";
    case RulebookParser::DATE:
        return "a date";
    case RulebookParser::TIME:
        return "a time";
    case RulebookParser::CLOCK:
        return "a time of day such as 10:00";
    case RulebookParser::HEAD_BEGIN:
    case RulebookParser::ROW_BEGIN:
        return "a row that begins with `|`";
    case RulebookParser::ROW_END:
        return "`|` at the end of the line";
    default:
        if (is_unit(type))
            return "a unit such as `days`";
        std::string literal = vocabulary.getLiteralName(type);
        return literal.size() < 2 ? std::string()
                                  : fmt::format("`{}`", literal.substr(1, literal.size() - 2));
    }
}

std::vector<std::size_t> types(const IntervalSet& set) {
    std::vector<std::size_t> out;
    for (ssize_t type : set.toList())
        if (type > 0 || static_cast<std::size_t>(type) == antlr4::Token::EOF)
            out.push_back(static_cast<std::size_t>(type));
    return out;
}

} // namespace

IntervalSet expected_tokens(const antlr4::RecognitionException& mistake) {
    auto* dead_end = dynamic_cast<const antlr4::NoViableAltException*>(&mistake);
    if (dead_end == nullptr || dead_end->getDeadEndConfigs() == nullptr)
        return mistake.getExpectedTokens();
    // Where the parser looked several words ahead: what could have stood at the last of them.
    IntervalSet expected;
    for (const auto& config : dead_end->getDeadEndConfigs()->configs)
        for (auto* transition : config->state->transitions)
            if (!transition->isEpsilon())
                expected.addAll(transition->label());
    return expected;
}

bool expects_value(const IntervalSet& expected) {
    return has(expected, RulebookParser::LPAREN) && has(expected, RulebookParser::INT) &&
           has(expected, RulebookParser::NAME);
}

bool expects_name(const IntervalSet& expected) {
    return has(expected, RulebookParser::NAME) && !expects_value(expected);
}

bool expects_operator(const IntervalSet& expected) {
    return has(expected, RulebookParser::PLUS) && has(expected, RulebookParser::STAR);
}

bool needs_value(std::size_t type) {
    // Names may be spelled as the operators that are not reserved.
    return is_operator(type) && (type <= RulebookParser::WHERE || type >= RulebookParser::ARROW);
}

bool waits_for_value(std::size_t type) {
    switch (type) {
    case RulebookParser::IF:
    case RulebookParser::THEN:
    case RulebookParser::ELSE:
    case RulebookParser::TO:
    case RulebookParser::UNDER:
    case RulebookParser::WHEN:
    case RulebookParser::WHERE:
        return true;
    default:
        return needs_value(type);
    }
}

bool starts_value(std::size_t type) {
    return type == RulebookParser::LPAREN || type == RulebookParser::MINUS ||
           type == RulebookParser::NOT || type == RulebookParser::IF ||
           type == RulebookParser::TRUE || type == RulebookParser::FALSE ||
           type == RulebookParser::MISSING || type == RulebookParser::COUNT_OF_UNITS ||
           (type > RulebookParser::WHERE && type <= RulebookParser::FOREIGN_TEXT);
}

std::string described(const IntervalSet& expected, const antlr4::dfa::Vocabulary& vocabulary) {
    if (expects_value(expected))
        return "a value";
    constexpr std::size_t kNamed = 5;
    std::vector<std::string> parts;
    bool name = has(expected, RulebookParser::NAME);
    for (std::size_t type : types(expected)) {
        bool keyword = type < RulebookParser::NAME;
        bool covered = is_implied(type) || (name && keyword && type > RulebookParser::WHERE) ||
                       (expects_operator(expected) && is_operator(type));
        std::string part = covered ? std::string() : in_words(type, vocabulary);
        if (!part.empty() && std::find(parts.begin(), parts.end(), part) == parts.end())
            parts.push_back(std::move(part));
    }
    return parts.size() > kNamed ? std::string() : joined(parts, "or");
}

std::vector<std::string> keywords(const IntervalSet& expected,
                                  const antlr4::dfa::Vocabulary& vocabulary) {
    std::vector<std::string> out;
    for (std::size_t type : types(expected)) {
        std::string literal =
            type < RulebookParser::CURRENCY_CODE ? vocabulary.getLiteralName(type) : std::string();
        if (literal.size() > 2)
            out.push_back(literal.substr(1, literal.size() - 2));
    }
    return out;
}

std::string joined(const std::vector<std::string>& parts, std::string_view last_word) {
    std::string out;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (i > 0)
            out += i + 1 == parts.size() ? fmt::format(" {} ", last_word) : ", ";
        out += parts[i];
    }
    return out;
}

} // namespace rulec::syntax
