// Reads the cells of dates and times.
#include "runtime/data/cell_reader.hpp"

namespace rulebook::data {

using Kind = SourceCell::Kind;

namespace {

bool is_number(const SourceCell& cell) {
    return cell.kind == Kind::Integer || cell.kind == Kind::Real || cell.kind == Kind::Decimal;
}

// From 1970 on. Data frames write whole numbers as fractions as soon as one is missing:
// 1700000000.0.
bool counts(std::string_view format) {
    return format == "%s" || format == "%Q";
}

} // namespace

Read<WrittenTime> CellReader::written(std::string_view text) const {
    if (reading_.format.empty())
        return read_time(text);
    auto time = read_time(text, reading_.format);
    if (!time && counts(reading_.format))
        if (const auto number = read_int(text))
            return read_time(std::to_string(*number), reading_.format);
    return time;
}

CellReader::Whole CellReader::midnight(LocalTime local) const {
    const Date date = rulebook::date_of(local);
    if (local != start_of(date))
        return fault(Fault::NotADate);
    return date.days;
}

// A format may carry a time of day, which is passed over: the mapping says that this is a date.
CellReader::Whole CellReader::date(const SourceCell& cell) const {
    Whole days = fault(Fault::NotADate);
    if (cell.nanoseconds != 0)
        return days;
    if (cell.kind == Kind::Date)
        days = cell.integer;
    else if (cell.kind == Kind::LocalTime)
        days = midnight({cell.integer});
    else if (cell.kind == Kind::Instant)
        days = midnight(time::local_time(zone_, {cell.integer}));
    else if (!reading_.format.empty())
        days = written(text_of(cell)).map([](const WrittenTime& time) {
            return std::int64_t{rulebook::date_of(time.local).days};
        });
    else if (cell.kind == Kind::Text)
        days = read_date(cell.text).map([](Date date) { return std::int64_t{date.days}; });
    if (days && (*days < kFirstDate.days || *days > kLastDate.days))
        return fault(Fault::NoSuchDate);
    if (!days && days.error() == Fault::NotATime)
        return fault(Fault::NotADate);
    return days;
}

Time CellReader::instant_of(const WrittenTime& written) const {
    if (const auto instant = written.instant())
        return *instant;
    if (!written.date_only)
        return time::instant_of(zone_, written.local);
    const Date date = rulebook::date_of(written.local);
    return reading_.date == DateStandsFor::LastMicrosecond ? time::end_of_day(zone_, date)
                                                           : time::start_of_day(zone_, date);
}

ReadCell CellReader::convert_time(const SourceCell& cell) const {
    Read<WrittenTime> when = fault(Fault::NotATime);
    if (cell.kind == Kind::Text) {
        when = written(cell.text);
    } else if (is_number(cell) && !reading_.format.empty()) {
        when = written(text_of(cell));
    } else if (cell.kind == Kind::Date) {
        if (cell.integer < kFirstDate.days || cell.integer > kLastDate.days)
            return ReadCell::unreadable(Fault::NoSuchDate);
        when = WrittenTime{start_of({static_cast<std::int32_t>(cell.integer)}), {}, true};
    } else if (cell.kind == Kind::LocalTime || cell.kind == Kind::Instant) {
        if (!in_calendar(Time{cell.integer}))
            return ReadCell::unreadable(Fault::NoSuchTime);
        if (cell.nanoseconds != 0)
            return ReadCell::unreadable(Fault::TooFine);
        when = WrittenTime{{cell.integer}, {}, false};
        if (cell.kind == Kind::Instant)
            when->offset_seconds = 0;
    }
    if (!when)
        return ReadCell::unreadable(when.error() == Fault::TooManyDecimals ? Fault::TooFine
                                                                           : when.error());
    const Time instant = instant_of(*when);
    if (!in_calendar(instant))
        return ReadCell::unreadable(Fault::NoSuchTime);
    ReadCell result = ReadCell::of(instant.microseconds);
    result.was_date = when->date_only && reading_.date == DateStandsFor::FirstInstant;
    return result;
}

} // namespace rulebook::data
