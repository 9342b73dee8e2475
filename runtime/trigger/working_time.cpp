#include "runtime/trigger/working_time.hpp"

#include <algorithm>
#include <bit>

namespace rulebook::trigger {

namespace {

constexpr std::int64_t kMinute = 60 * kMicrosecondsPerSecond;

bool is_working_day(const plan::Calendar& calendar, Date date) {
    const auto day = static_cast<unsigned>(weekday(date)) - 1U;
    return (static_cast<std::uint64_t>(calendar.days) >> day & 1U) != 0 &&
           !std::ranges::binary_search(calendar.holidays, std::int64_t{date.days});
}

// Calls visit(from, to) for each stretch [from, to) of open time after `start`, in order, until it
// gives false or the calendar of the world ends.
//
// Between two changes of the clocks local time runs with UTC, so each day is looked at in the
// pieces that its changes leave: where a day's hours are shown twice both count, where they are
// skipped none.
template <class Visit>
void for_each_open_stretch(const plan::Calendar& calendar, const time::Zone& zone,
                           std::int64_t start, Visit visit) {
    std::int64_t piece = start;
    while (piece <= kLastTime.microseconds) {
        const std::int64_t offset = time::offset_at(zone, {piece}) * kMicrosecondsPerSecond;
        const Date date = date_of(LocalTime{piece + offset});
        const std::int64_t midnight = start_of(date).microseconds - offset;
        std::int64_t end = midnight + kMicrosecondsPerDay;
        if (const auto change = time::next_offset_change(zone, {piece}))
            end = std::min(end, change->microseconds);
        if (is_working_day(calendar, date))
            for (const plan::OfficeHours& hours : calendar.hours) {
                const std::int64_t from = std::max(piece, midnight + hours.from * kMinute);
                const std::int64_t to = std::min(end, midnight + hours.to * kMinute);
                if (from < to && !visit(from, to))
                    return;
            }
        piece = end;
    }
}

// More open time than is left until the end of the calendar, were there no holidays.
std::int64_t most_open_time(const plan::Calendar& calendar, std::int64_t start) {
    std::int64_t minutes = 0;
    for (const plan::OfficeHours& hours : calendar.hours)
        minutes += hours.to - hours.from;
    const std::int64_t a_week = minutes * std::popcount(static_cast<std::uint64_t>(calendar.days));
    const std::int64_t weeks = (kLastTime.microseconds - start) / (7 * kMicrosecondsPerDay) + 2;
    return weeks * a_week * kMinute;
}

} // namespace

std::int64_t open_time(const plan::Calendar& calendar, const time::Zone& zone, std::int64_t start,
                       std::int64_t end) {
    std::int64_t open = 0;
    for_each_open_stretch(calendar, zone, start, [&](std::int64_t from, std::int64_t to) {
        if (from >= end)
            return false;
        open += std::min(to, end) - from;
        return true;
    });
    return open;
}

bool is_within_open_time(const plan::Calendar& calendar, const time::Zone& zone, std::int64_t start,
                         std::int64_t end, std::int64_t most) {
    if (end - start <= most)
        return true; // no stretch is longer than the time that it lies in
    const auto last = after_open_time(calendar, zone, start, most);
    // The open time in [start, end) exceeds `most` only where some of it lies after that instant.
    return !last || end <= *last || open_time(calendar, zone, *last, end) == 0;
}

std::optional<std::int64_t> after_open_time(const plan::Calendar& calendar, const time::Zone& zone,
                                            std::int64_t start, std::int64_t length) {
    if (length > most_open_time(calendar, start))
        return std::nullopt; // found without looking at every day to come
    std::int64_t left = length;
    std::optional<std::int64_t> reached;
    for_each_open_stretch(calendar, zone, start, [&](std::int64_t from, std::int64_t to) {
        if (to - from < left) {
            left -= to - from;
            return true;
        }
        reached = from + left;
        return false;
    });
    return reached;
}

} // namespace rulebook::trigger
