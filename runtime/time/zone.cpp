#include "runtime/time/zone.hpp"

#include <algorithm>

#include "runtime/time/zone_tables.hpp"

namespace rulebook::time {

namespace {

// Further from UTC than any clock has ever been.
constexpr std::int64_t kMostOffset = 26 * 3600;

std::int64_t floor_seconds(std::int64_t microseconds) {
    return microseconds / kMicrosecondsPerSecond -
           (microseconds % kMicrosecondsPerSecond < 0 ? 1 : 0);
}

std::int32_t utc_year(std::int64_t seconds) {
    return civil(utc_date_of(Time{seconds * kMicrosecondsPerSecond})).year;
}

bool in_pattern(const History& history, std::int64_t seconds) {
    return history.pattern_from != 0 && seconds >= year_start(history.pattern_from);
}

std::span<const YearTransition> transitions_in(const Pattern& pattern, std::int32_t year) {
    const YearTransitions& transitions = pattern.years[year_kind(year)];
    return std::span(transitions.at).first(transitions.count);
}

std::int32_t pattern_offset(const Pattern& pattern, std::int64_t seconds) {
    const std::int32_t year = utc_year(seconds);
    const std::int64_t second_of_year = seconds - year_start(year);
    std::int32_t offset = pattern.offset_at_new_year;
    for (const YearTransition& transition : transitions_in(pattern, year))
        if (transition.second <= second_of_year)
            offset = transition.offset;
    return offset;
}

std::int32_t offset_at_second(const History& history, std::int64_t seconds) {
    if (in_pattern(history, seconds))
        return pattern_offset(pattern_of(history), seconds);
    const auto instants = instants_of(history);
    const auto later = std::ranges::upper_bound(instants, seconds);
    if (later == instants.begin())
        return history.first_offset;
    return offsets_of(history)[static_cast<std::size_t>(later - instants.begin()) - 1];
}

// The first transition after `seconds` in that year of the pattern or the next one.
std::optional<std::int64_t> next_in_pattern(const Pattern& pattern, std::int64_t seconds) {
    const std::int32_t this_year = utc_year(seconds);
    for (const std::int32_t year : {this_year, this_year + 1})
        for (const YearTransition& transition : transitions_in(pattern, year))
            if (const std::int64_t at = year_start(year) + transition.second; at > seconds)
                return at;
    return std::nullopt;
}

std::optional<std::int64_t> next_change_after(const History& history, std::int64_t seconds) {
    if (in_pattern(history, seconds))
        return next_in_pattern(pattern_of(history), seconds);
    const auto instants = instants_of(history);
    const auto later = std::ranges::upper_bound(instants, seconds);
    if (later != instants.end())
        return *later;
    if (history.pattern_from != 0)
        return next_in_pattern(pattern_of(history), year_start(history.pattern_from) - 1);
    return std::nullopt;
}

} // namespace

std::string_view zone_data_version() {
    return compiled_version();
}

std::span<const Zone> zones() {
    return compiled_zones();
}

const Zone* find_zone(std::string_view name) {
    const auto all = zones();
    const auto found = std::ranges::lower_bound(all, name, {}, &Zone::name);
    return found != all.end() && found->name == name ? &*found : nullptr;
}

const Zone& utc() {
    static const Zone* const found = find_zone("UTC");
    return *found;
}

std::int32_t offset_at(const Zone& zone, Time time) {
    return offset_at_second(*zone.history, floor_seconds(time.microseconds));
}

std::optional<Time> next_offset_change(const Zone& zone, Time time) {
    const auto seconds = next_change_after(*zone.history, floor_seconds(time.microseconds));
    if (!seconds)
        return std::nullopt;
    return Time{*seconds * kMicrosecondsPerSecond};
}

LocalTime local_time(const Zone& zone, Time time) {
    return {time.microseconds + offset_at(zone, time) * kMicrosecondsPerSecond};
}

Date date_of(const Zone& zone, Time time) {
    return rulebook::date_of(local_time(zone, time));
}

// Between two changes of the offset, local time runs with UTC: look into one such stretch after the
// other, beginning before any in which the clocks could have got so far.
Time instant_of(const Zone& zone, LocalTime local) {
    Time from{local.microseconds - kMostOffset * kMicrosecondsPerSecond};
    for (;;) {
        const std::int64_t offset = offset_at(zone, from) * kMicrosecondsPerSecond;
        const Time reached{std::max(from.microseconds, local.microseconds - offset)};
        const auto change = next_offset_change(zone, from);
        if (!change || reached < *change)
            return reached;
        from = *change;
    }
}

Time start_of_day(const Zone& zone, Date date) {
    return instant_of(zone, start_of(date));
}

Time end_of_day(const Zone& zone, Date date) {
    return {start_of_day(zone, {date.days + 1}).microseconds - 1};
}

} // namespace rulebook::time
