#include "compiler/syntax/trigger_habits.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/syntax/words_around.hpp"
#include "RulebookParser.h"

namespace rulec::syntax {
namespace {

using antlr4::misc::IntervalSet;
using grammar::RulebookParser;

constexpr std::array<std::string_view, 14> kWeekdays = {
    "mon",    "tue",     "wed",       "thu",      "fri",    "sat",      "sun",
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};

class TriggerExplainer : WordsAround {
public:
    using WordsAround::WordsAround;

    bool explain() {
        return length_of_pattern() || twice() || iso_week() || lasting() || working_hours() ||
               calendar_of_hours() || length_of_wait() || never_fires() || when_it_fires() ||
               range_of_calendar() || time_of_day() || preference();
    }

private:
    std::size_t type_before(std::size_t back = 1) const {
        const Word* there = before(back);
        return there == nullptr ? antlr4::Token::EOF : there->getType();
    }
    // Whether the clause around the word is an `on` that holds such a word before it.
    bool in_on_behind(std::size_t type) const {
        bool seen = false;
        for (std::size_t index = place_.index; index-- > 0;) {
            const auto other = word(index).getType();
            const bool counts = word(index + 1).getType() == RulebookParser::INT ||
                                word(index + 1).getType() == RulebookParser::COUNT_OF_UNITS;
            if (other == RulebookParser::ON && !counts)
                return seen;
            if (other == RulebookParser::WHEN || other == RulebookParser::UNLESS ||
                other == RulebookParser::LBRACE)
                return false;
            seen = seen || other == type;
        }
        return false;
    }

    // `a 3 times in 7 days`, `a with 3 different user in 7 days`, `a then b in 7 days`
    bool length_of_pattern() {
        const bool counted =
            type_before() == RulebookParser::TIMES || type_before(2) == RulebookParser::DIFFERENT;
        if (type() != RulebookParser::IN || !(counted || in_on_behind(RulebookParser::THEN)))
            return false;
        return instead("within");
    }

    // `a twice within 7 days`
    bool twice() {
        const Word* number = before();
        if (number == nullptr || text(*number) != "twice" || !expects(RulebookParser::TIMES))
            return false;
        diagnostic_.fix(span(*number), "2 times");
        return help("write `2 times`");
    }

    // `on 3 different weeks`, `within the same week`
    bool iso_week() {
        const bool week = type() == RulebookParser::WEEK || type() == RulebookParser::WEEKS;
        if (!week || !expects(RulebookParser::ISO))
            return false;
        return instead(fmt::format("iso {}", text(found_)));
    }

    // `becomes C for 3 days`
    bool lasting() {
        if (type() != RulebookParser::FOR || !in_on_behind(RulebookParser::BECOMES))
            return false;
        return instead("lasting");
    }

    // `10 business hours`
    bool working_hours() {
        const auto meant = text(found_);
        const bool other = meant == "business" || meant == "office" || meant == "open";
        if (!other || word(place_.index + 1).getType() != RulebookParser::HOURS)
            return false;
        const Word& behind = word(place_.index + 2);
        if (behind.getType() == RulebookParser::OF)
            diagnostic_.fix(span(found_), "working");
        return help("write `10 working hours of office`, where `office` is a `calendar`");
    }

    // `10 working hours`
    bool calendar_of_hours() {
        if (!expects(RulebookParser::OF) || type_before(2) != RulebookParser::WORKING)
            return false;
        return help("say whose: `10 working hours of office`, where `office` is a `calendar`");
    }

    // `a without b`
    bool length_of_wait() {
        if (!expects(RulebookParser::WITHIN) || !in_on_behind(RulebookParser::WITHOUT))
            return false;
        return help("say how long to wait: `A without B within 3 days`");
    }

    // `expect t does not fire`, `expect c does not flag f`
    bool never_fires() {
        const Word* does = before();
        if (type() != RulebookParser::NOT || does == nullptr || text(*does) != "does")
            return false;
        const Word& what = word(place_.index + 1);
        const std::string_view meant = text(what) == "flag" ? "never flags" : "never fires";
        if (text(what) == "fire" || text(what) == "flag")
            diagnostic_.fix(span(*does).to(span(what)), std::string(meant));
        return help(fmt::format("write `{}`", meant));
    }

    // `prefer a over b`
    bool preference() {
        if (text(found_) != "over" || type_before(2) != RulebookParser::PREFER)
            return false;
        return help("write `prefer A, B`: of candidates of one instant, A goes first, then B, then "
                    "the others by name");
    }

    // `expect t fires`, `expect t fires on +1 day`
    bool when_it_fires() {
        if (type_before() != RulebookParser::FIRES || !expects(RulebookParser::AT))
            return false;
        if (type() == RulebookParser::ON)
            return instead("at");
        return help("say when, or how often: `fires at +3 days`, `fires 2 times`");
    }

    // `days mon-fri`, `hours 9:00-17:00`
    bool range_of_calendar() {
        const Word* from = before();
        if (type() != RulebookParser::MINUS || from == nullptr)
            return false;
        const bool range = from->getType() == RulebookParser::CLOCK ||
                           std::ranges::find(kWeekdays, text(*from)) != kWeekdays.end();
        if (!range)
            return false;
        const bool apart = word(place_.index + 1).begin() > found_.end();
        diagnostic_.fix(
            span(found_),
            fmt::format("{}to{}", from->end() == found_.begin() ? " " : "", apart ? "" : " "));
        return help("write `to`");
    }

    // `hours 9 to 17`
    bool time_of_day() {
        if (type() != RulebookParser::INT || !expects(RulebookParser::CLOCK))
            return false;
        return instead(fmt::format("{}:00", text(found_)));
    }
};

} // namespace

bool explain_trigger_habit(Diagnostic& diagnostic, const HabitPlace& place,
                           const IntervalSet& expected) {
    return TriggerExplainer(diagnostic, place, expected).explain();
}

} // namespace rulec::syntax
