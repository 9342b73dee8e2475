#include "runtime/explain/pattern_words.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::explain {

namespace {

using plan::CalendarUnit;
using plan::Extent;
using plan::Pattern;
using plan::Plan;

std::string_view unit_word(CalendarUnit unit) {
    switch (unit) {
    case CalendarUnit::Day:
        return "day";
    case CalendarUnit::IsoWeek:
        return "iso week";
    case CalendarUnit::Month:
        return "month";
    }
    return "";
}

std::string words_of(const Plan& plan, const Patterns& patterns, std::uint32_t index, bool inner);

std::string words_of_operands(const Plan& plan, const Patterns& patterns, const Pattern& pattern,
                              std::string_view between) {
    std::string text;
    for (const std::uint32_t operand : pattern.operands)
        text += (text.empty() ? "" : fmt::format(" {} ", between)) +
                words_of(plan, patterns, operand, true);
    return text;
}

std::string counted_words(const Plan& plan, const Patterns& patterns, const Pattern& pattern) {
    const std::string counted = words_of(plan, patterns, pattern.operands.front(), true);
    switch (pattern.kind) {
    case Pattern::Kind::DifferentValues: {
        const std::uint32_t signal = signals_in(part(patterns, pattern.operands.front())).front();
        const auto& entity = plan.schema.entities[plan.signals[signal].collection];
        return fmt::format("{} with {} different {}", counted, pattern.count,
                           entity.fields[pattern.field].name);
    }
    case Pattern::Kind::DifferentBuckets:
        return fmt::format("{} on {} different {}s", counted, pattern.count,
                           unit_word(pattern.unit));
    default:
        return fmt::format("{} {} times", counted, pattern.count);
    }
}

std::string words_of(const Plan& plan, const Patterns& patterns, std::uint32_t index, bool inner) {
    const Pattern& pattern = patterns[index];
    std::string text;
    bool compound = !pattern.within.empty();
    switch (pattern.kind) {
    case Pattern::Kind::Signal:
        text = plan.signals[pattern.signal].name;
        break;
    case Pattern::Kind::Then:
    case Pattern::Kind::And:
    case Pattern::Kind::Or:
        compound = true;
        text = words_of_operands(plan, patterns, pattern,
                                 pattern.kind == Pattern::Kind::Then  ? "then"
                                 : pattern.kind == Pattern::Kind::And ? "and"
                                                                      : "or");
        break;
    default:
        compound = true;
        text = counted_words(plan, patterns, pattern);
        break;
    }
    for (const Extent& extent : pattern.within)
        text += " within " + words(plan, extent);
    return inner && compound ? "(" + text + ")" : text;
}

std::uint32_t copy_part(const Patterns& patterns, std::uint32_t index, Patterns& into) {
    Pattern copied = patterns[index];
    for (std::uint32_t& operand : copied.operands)
        operand = copy_part(patterns, operand, into);
    into.push_back(std::move(copied));
    return static_cast<std::uint32_t>(into.size() - 1);
}

} // namespace

Patterns part(const Patterns& patterns, std::uint32_t index) {
    Patterns copied;
    copy_part(patterns, index, copied);
    return copied;
}

Patterns joined(Pattern::Kind kind, const std::vector<Patterns>& parts) {
    if (parts.size() == 1)
        return parts.front();
    Patterns all;
    Pattern whole;
    whole.kind = kind;
    for (const Patterns& each : parts)
        whole.operands.push_back(copy_part(each, static_cast<std::uint32_t>(each.size() - 1), all));
    all.push_back(std::move(whole));
    return all;
}

std::string words(const Plan& plan, const Patterns& patterns) {
    return words_of(plan, patterns, static_cast<std::uint32_t>(patterns.size() - 1), false);
}

std::string duration_words(std::int64_t microseconds) {
    std::string text;
    append_duration(text, microseconds);
    return text;
}

std::string words(const Plan& plan, const Extent& extent) {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return duration_words(extent.microseconds);
    case Extent::Kind::Calendar:
        return fmt::format("{} {}{}{}", extent.count,
                           extent.unit == CalendarUnit::IsoWeek ? "" : "calendar ",
                           unit_word(extent.unit), extent.count == 1 ? "" : "s");
    case Extent::Kind::SameBucket:
        return fmt::format("the same {}", unit_word(extent.unit));
    case Extent::Kind::Working:
        return fmt::format("{} working of {}", duration_words(extent.microseconds),
                           plan.calendars[extent.calendar].name);
    }
    return {};
}

std::vector<std::uint32_t> signals_in(const Patterns& patterns) {
    std::set<std::uint32_t> signals;
    for (const Pattern& pattern : patterns)
        if (pattern.kind == Pattern::Kind::Signal)
            signals.insert(pattern.signal);
    return {signals.begin(), signals.end()};
}

std::string names(const Plan& plan, const std::vector<std::uint32_t>& signals) {
    std::string text;
    for (const std::uint32_t signal : signals)
        text += (text.empty() ? "" : " or ") + plan.signals[signal].name;
    return text;
}

} // namespace rulebook::explain
