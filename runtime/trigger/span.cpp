#include "runtime/trigger/span.hpp"

#include "runtime/time/calendar_window.hpp"

namespace rulebook::trigger {

namespace {

Time calendar_start(const plan::Span& span, Time end, const time::Zone& zone) {
    switch (span.unit) {
    case plan::CalendarUnit::Day:
        return time::start_of_calendar_days(zone, end, span.count);
    case plan::CalendarUnit::IsoWeek:
        return time::start_of_iso_week(
            zone, time::start_of_calendar_days(zone, end, 7 * (span.count - 1) + 1));
    case plan::CalendarUnit::Month:
        return time::start_of_calendar_months(zone, end, span.count);
    }
    return end;
}

} // namespace

bool in_window(const plan::Span& span, std::int64_t earlier, std::int64_t end,
               const time::Zone& zone) {
    if (!span.calendar)
        return end - earlier < span.microseconds;
    return Time{earlier} >= calendar_start(span, Time{end}, zone);
}

bool is_within(const plan::Span& span, std::int64_t start, std::int64_t end,
               const time::Zone& zone) {
    if (!span.calendar)
        return end - start <= span.microseconds;
    return in_window(span, start, end, zone);
}

} // namespace rulebook::trigger
