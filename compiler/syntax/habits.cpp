#include "compiler/syntax/habits.hpp"

#include <array>

#include <fmt/format.h>

#include "compiler/syntax/credit_habits.hpp"
#include "compiler/syntax/expected_words.hpp"
#include "compiler/syntax/trigger_habits.hpp"
#include "compiler/syntax/words_around.hpp"
#include "RulebookParser.h"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

// A word where an operator or the end of a condition is expected.
struct Habit {
    std::string_view word;
    std::string_view help;
    std::string_view replacement; // empty: what was meant is not certain
};

constexpr std::array kHabits = {
    Habit{"||", "write `or`", "or"},
    Habit{"than", "write `>`, `<`, `>=` or `<=`", ""},
    Habit{"between", "write `in 1 to 5` (both ends belong to it)", ""},
    Habit{"equals", "write `is`", "is"},
    Habit{"equal", "write `is`", ""},
    Habit{"isnt", "write `is not`", "is not"},
    Habit{"null", "write `is missing`", ""},
    Habit{"empty", "write `is missing`", ""},
    Habit{"unknown", "write `is missing`", ""},
    Habit{"includes", "write `contains`", "contains"},
    Habit{"exists", "write `is known`", "is known"},
    Habit{"AND", "write `and`", "and"},
    Habit{"OR", "write `or`", "or"},
};

class Explainer : WordsAround {
public:
    using WordsAround::WordsAround;

    bool explain() {
        return thousands() || separator() || record_colon() || tier() || keyword() || sequence() ||
               whole_of_on() || silence() || value_of_nothing() || window() || operation();
    }

private:
    // The first word of the line that the word stands on.
    const Word& first_of_line() const {
        std::size_t index = place_.index;
        while (index > 0 && !word(index).first_on_line())
            --index;
        return word(index);
    }

    // The commas of `1,000,000`.
    bool thousands() {
        if (type() != RulebookParser::COMMA || before() == nullptr ||
            before()->getType() != RulebookParser::INT)
            return false;
        std::string meant(text(*before()));
        std::vector<Span> commas;
        for (std::size_t at = place_.index; word(at).getType() == RulebookParser::COMMA; at += 2) {
            const Word& group = word(at + 1);
            bool three = group.getType() == RulebookParser::INT && text(group).size() == 3 &&
                         group.begin() == word(at).end() && word(at - 1).end() == word(at).begin();
            if (!three)
                break;
            commas.push_back(span(word(at)));
            meant += fmt::format("_{}", text(group));
        }
        if (commas.empty())
            return false;
        diagnostic_.help(fmt::format("thousands are set apart by `_`: `{}`", meant));
        for (Span comma : commas)
            diagnostic_.fix(comma, "_");
        return true;
    }

    // A comma behind a field or a clause.
    bool separator() {
        if (type() != RulebookParser::COMMA || before() == nullptr)
            return false;
        const Word& next = word(place_.index + 1);
        bool last = next.first_on_line() || next.getType() == RulebookParser::RBRACE;
        if (!last)
            return false;
        diagnostic_.help("lines need no comma at their end: leave it out").fix(span(found_), "");
        return true;
    }

    // `headcount: 50` in the record of a test.
    bool record_colon() {
        bool in_record = place_.rule == RulebookParser::RuleRecord ||
                         place_.rule == RulebookParser::RuleRecordField ||
                         place_.rule == RulebookParser::RuleTestValue;
        bool sign = type() == RulebookParser::COLON || type() == RulebookParser::EQUAL_SIGN;
        if (!in_record || !sign || before() == nullptr)
            return false;
        const Word& value = word(place_.index + 1);
        diagnostic_
            .help(fmt::format("a value stands right behind its field: `{} {}`", text(*before()),
                              text(value)))
            .fix(span(found_), value.begin() == found_.end() ? " " : "");
        return true;
    }

    // `tier A >= 60`, `tier A from 60 B from 30`
    bool tier() {
        const Word& first = first_of_line();
        if (first.getType() != RulebookParser::TIER)
            return false;
        if (type() == RulebookParser::GREATER_EQUAL && expects(RulebookParser::FROM))
            return instead("from");
        const Word& next = word(place_.index + 1);
        bool bound =
            next.getType() == RulebookParser::FROM || next.getType() == RulebookParser::OTHERWISE;
        if (!bound || type() == RulebookParser::COMMA || before() == nullptr)
            return false;
        Span gap = span(*before()).after();
        diagnostic_.help("a comma stands between tiers: `A from 60, B from 30`").fix(gap, ",");
        return true;
    }

    // `points 40 if …`
    bool keyword() {
        if (type() == RulebookParser::IF && expects(RulebookParser::WHEN))
            return instead("when");
        if (type() == RulebookParser::ELSE && expects(RulebookParser::OTHERWISE))
            return instead("otherwise");
        return false;
    }

    // `a followed by b`: the parser may stop at either word.
    bool sequence() {
        for (std::size_t back : {0U, 1U}) {
            const Word* followed = before(back);
            const Word* by = followed == nullptr ? nullptr : &word(place_.index - back + 1);
            if (followed == nullptr || text(*followed) != "followed" || text(*by) != "by")
                continue;
            diagnostic_.help("did you mean `then`?").fix(span(*followed).to(span(*by)), "then");
            return true;
        }
        return false;
    }

    // `A then (B without C within 3 days)`, `A and becomes P`
    bool whole_of_on() {
        bool in_pattern = place_.rule == RulebookParser::RulePatternAtom ||
                          place_.rule == RulebookParser::RulePatternSequence ||
                          place_.rule == RulebookParser::RuleSignalName;
        bool wait = type() == RulebookParser::NO || type() == RulebookParser::BECOMES ||
                    type() == RulebookParser::AT || type() == RulebookParser::WITHOUT;
        if (!in_pattern || !wait)
            return false;
        diagnostic_.help(
            "waits, silence, clocks and `becomes` are the whole of `on`: they stand in "
            "no pattern");
        return true;
    }

    // `no A within 3 days`, `no (A or B) for 3 days`
    bool silence() {
        if (type() == RulebookParser::WITHIN && expects(RulebookParser::FOR))
            return instead("for");
        bool several = type() == RulebookParser::LPAREN && before() != nullptr &&
                       before()->getType() == RulebookParser::NO;
        if (several)
            diagnostic_.help("silence is of one signal: declare one that means both, "
                             "`signal C = events where A or B`");
        return several;
    }

    // `measure foo = 3`
    bool value_of_nothing() {
        bool named = type() == RulebookParser::EQUAL_SIGN && expects(RulebookParser::LBRACE) &&
                     before() != nullptr;
        if (!named)
            return false;
        diagnostic_.help(fmt::format("a value gets its name by `define`: `define {} = {}`",
                                     text(*before()), text(word(place_.index + 1))));
        return true;
    }

    // `count(events last 7 days)`
    bool window() {
        auto next = word(place_.index + 1).getType();
        bool length = next == RulebookParser::COUNT_OF_UNITS || next == RulebookParser::INT;
        if (type() != RulebookParser::LAST || !length || !expects(RulebookParser::RPAREN))
            return false;
        return instead("in last");
    }

    bool operation() {
        bool anything = expected_.isEmpty();
        auto row = first_of_line().getType();
        if (row == RulebookParser::ROW_BEGIN || row == RulebookParser::HEAD_BEGIN)
            return false; // there `||` has its place
        if (!anything && !expects_operator(expected_) && !ends_clause())
            return false;
        for (const Habit& habit : kHabits) {
            if (habit.word != text(found_))
                continue;
            diagnostic_.help(std::string(habit.help));
            if (!habit.replacement.empty())
                diagnostic_.fix(span(found_), std::string(habit.replacement));
            return true;
        }
        return false;
    }

    // Where clauses may begin, an operator could have followed the last one.
    bool ends_clause() const { return expects(RulebookParser::RBRACE); }
};

} // namespace

bool explain_habit(Diagnostic& diagnostic, const HabitPlace& place, const IntervalSet& expected) {
    return Explainer(diagnostic, place, expected).explain() ||
           explain_trigger_habit(diagnostic, place, expected) ||
           explain_credit_habit(diagnostic, place, expected);
}

} // namespace rulec::syntax
