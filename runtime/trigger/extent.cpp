#include "runtime/trigger/extent.hpp"

#include "runtime/interpret/span.hpp"
#include "runtime/trigger/surroundings.hpp"
#include "runtime/trigger/working_time.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::trigger {

using plan::CalendarUnit;
using plan::Extent;

namespace {

plan::Span calendar_span(const Extent& extent) {
    return {.calendar = true, .unit = extent.unit, .count = extent.count};
}

} // namespace

std::optional<std::int64_t> after_elapsed(std::int64_t opening, std::int64_t length) {
    const auto instant = checked_add(opening, length);
    return instant && in_calendar(Time{*instant}) ? instant : std::nullopt;
}

std::int64_t bucket_of(const time::Zone& zone, CalendarUnit unit, std::int64_t instant) {
    constexpr std::int32_t kSomeMonday = -3; // 1969-12-29
    const Date date = time::date_of(zone, {instant});
    switch (unit) {
    case CalendarUnit::Day:
        break;
    case CalendarUnit::IsoWeek:
        return (start_of_iso_week(date).days - kSomeMonday) / 7;
    case CalendarUnit::Month: {
        const CivilDate civil_date = civil(date);
        return std::int64_t{civil_date.year} * 12 + civil_date.month;
    }
    }
    return date.days;
}

bool Extents::within(const Extent& extent, std::int64_t start, std::int64_t end,
                     Surroundings& surroundings) const {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return end - start <= extent.microseconds;
    case Extent::Kind::Calendar:
        return interpret::is_within(*zone_, calendar_span(extent), start, end);
    case Extent::Kind::SameBucket:
        return bucket_of(*zone_, extent.unit, start) == bucket_of(*zone_, extent.unit, end);
    case Extent::Kind::Working:
        break;
    }
    const time::Zone* zone = surroundings.zone_of(extent.calendar, end);
    return zone != nullptr && is_within_open_time(plan_->calendars[extent.calendar], *zone, start,
                                                  end, extent.microseconds);
}

std::optional<std::int64_t> Extents::deadline(const Extent& extent, std::int64_t opening,
                                              Surroundings& surroundings) const {
    switch (extent.kind) {
    case Extent::Kind::Elapsed:
        return after_elapsed(opening, extent.microseconds);
    case Extent::Kind::Calendar:
        return interpret::end_of_window(*zone_, calendar_span(extent), opening);
    case Extent::Kind::SameBucket:
        return std::nullopt;
    case Extent::Kind::Working:
        break;
    }
    const time::Zone* zone = surroundings.zone_of(extent.calendar, opening);
    if (zone == nullptr)
        return std::nullopt;
    return after_open_time(plan_->calendars[extent.calendar], *zone, opening, extent.microseconds);
}

} // namespace rulebook::trigger
