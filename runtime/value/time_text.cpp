#include "runtime/value/calendar_text.hpp"

#include "runtime/value/integer.hpp"
#include "runtime/value/written_parts.hpp"

namespace rulebook {

std::optional<Time> WrittenTime::instant() const {
    if (!offset_seconds)
        return std::nullopt;
    return Time{local.microseconds - *offset_seconds * kMicrosecondsPerSecond};
}

Read<WrittenTime> WrittenParts::assemble() const {
    const auto date =
        checked_date(static_cast<std::int32_t>(year), static_cast<std::int32_t>(month),
                     static_cast<std::int32_t>(day));
    if (!date)
        return fault(Fault::NoSuchDate);
    if (hour > 23 || minute > 59 || second > 59)
        return fault(Fault::NoSuchTime);
    if (too_fine)
        return fault(Fault::TooManyDecimals);
    const std::int64_t seconds = (hour * 60 + minute) * 60 + second;
    const LocalTime local{start_of(*date).microseconds + seconds * kMicrosecondsPerSecond +
                          microsecond};
    return WrittenTime{local, offset_seconds, !has_time_of_day};
}

std::optional<std::int32_t> scan_offset(Scanner& scanner) {
    if (scanner.skip_word("UTC") || scanner.skip_word("GMT") || scanner.skip_word("Z"))
        return 0;
    const bool west = scanner.peek() == '-';
    if (!scanner.skip('-') && !scanner.skip('+'))
        return std::nullopt;
    const auto hours = scanner.number(2, 2);
    if (!hours)
        return std::nullopt;
    const bool colon = scanner.skip(':');
    const auto minutes = scanner.number(2, 2);
    constexpr std::int64_t kMostHours = 18;
    if ((colon && !minutes) || *hours > kMostHours || minutes.value_or(0) > 59)
        return std::nullopt;
    const auto seconds = static_cast<std::int32_t>((*hours * 60 + minutes.value_or(0)) * 60);
    return west ? -seconds : seconds;
}

namespace {

bool scan_date(Scanner& scanner, WrittenParts& parts) {
    const auto year = scanner.number(4, 4);
    if (!year || !scanner.skip('-'))
        return false;
    const auto month = scanner.number(2, 2);
    if (!month || !scanner.skip('-'))
        return false;
    const auto day = scanner.number(2, 2);
    if (!day)
        return false;
    parts.year = *year;
    parts.month = *month;
    parts.day = *day;
    return true;
}

bool scan_time_of_day(Scanner& scanner, WrittenParts& parts) {
    const auto hour = scanner.number(2, 2);
    if (!hour || !scanner.skip(':'))
        return false;
    const auto minute = scanner.number(2, 2);
    if (!minute)
        return false;
    parts.hour = *hour;
    parts.minute = *minute;
    parts.has_time_of_day = true;
    if (!scanner.skip(':'))
        return true;
    const auto second = scanner.number(2, 2);
    if (!second)
        return false;
    parts.second = *second;
    if (!scanner.skip('.') && !scanner.skip(','))
        return true;
    const auto fraction = scanner.fraction_of_second();
    parts.set(fraction.value_or(Scanner::Fraction{}));
    return fraction.has_value();
}

} // namespace

Read<WrittenTime> read_time(std::string_view text) {
    Scanner scanner(trim_ascii(text));
    WrittenParts parts;
    if (!scan_date(scanner, parts))
        return fault(Fault::NotATime);
    if (scanner.at_end())
        return parts.assemble();
    if (!scanner.skip('T') && !scanner.skip('t') && !scanner.skip(' '))
        return fault(Fault::NotATime);
    if (!scan_time_of_day(scanner, parts))
        return fault(Fault::NotATime);
    scanner.skip_blanks();
    if (!scanner.at_end()) {
        parts.offset_seconds = scan_offset(scanner);
        if (!parts.offset_seconds || !scanner.at_end())
            return fault(Fault::NotATime);
    }
    return parts.assemble();
}

Read<Date> read_date(std::string_view text) {
    const auto written = read_time(text);
    if (!written)
        return fault(written.error() == Fault::NotATime ? Fault::NotADate : written.error());
    const Date date = date_of(written->local);
    if (written->offset_seconds || written->local != start_of(date))
        return fault(Fault::NotADate);
    return date;
}

namespace {

void append_padded(std::string& out, std::int64_t value, std::size_t width) {
    const std::string digits = std::to_string(value < 0 ? -value : value);
    if (value < 0)
        out += '-';
    if (digits.size() < width)
        out.append(width - digits.size(), '0');
    out += digits;
}

// `09:00:00`, with six decimals where they are not zeros; `seconds` may exceed a day.
void append_clock(std::string& out, std::int64_t microseconds) {
    const std::int64_t seconds = microseconds / kMicrosecondsPerSecond;
    append_padded(out, seconds / 3600, 2);
    out += ':';
    append_padded(out, seconds / 60 % 60, 2);
    out += ':';
    append_padded(out, seconds % 60, 2);
    if (const std::int64_t fraction = microseconds % kMicrosecondsPerSecond; fraction != 0) {
        out += '.';
        append_padded(out, fraction, 6);
    }
}

} // namespace

void append_date(std::string& out, Date date) {
    const CivilDate parts = civil(date);
    append_padded(out, parts.year, 4);
    out += '-';
    append_padded(out, parts.month, 2);
    out += '-';
    append_padded(out, parts.day, 2);
}

void append_local_time(std::string& out, LocalTime time) {
    const Date date = date_of(time);
    append_date(out, date);
    out += 'T';
    append_clock(out, time.microseconds - start_of(date).microseconds);
}

void append_time(std::string& out, Time time) {
    append_local_time(out, LocalTime{time.microseconds});
    out += 'Z';
}

namespace {

// `1 day`, `14 days`: the microseconds of the unit whose name follows.
std::optional<std::int64_t> scan_unit(Scanner& scanner) {
    struct Unit {
        std::string_view name;
        std::int64_t seconds;
    };
    for (const Unit& unit : {Unit{"week", 7 * kSecondsPerDay}, Unit{"day", kSecondsPerDay},
                             Unit{"hour", 3600}, Unit{"minute", 60}, Unit{"second", 1}}) {
        if (scanner.skip_word(unit.name)) {
            scanner.skip_word("s");
            return unit.seconds * kMicrosecondsPerSecond;
        }
    }
    return std::nullopt;
}

// `02:30:00.5` after its hours and their colon.
std::optional<std::int64_t> scan_clock_after_hours(Scanner& scanner, std::int64_t hours) {
    const auto minutes = scanner.number(2, 2);
    if (!minutes || !scanner.skip(':'))
        return std::nullopt;
    const auto seconds = scanner.number(2, 2);
    if (!seconds || *minutes > 59 || *seconds > 59)
        return std::nullopt;
    const std::int64_t whole = ((*minutes * 60) + *seconds) * kMicrosecondsPerSecond;
    std::int64_t fraction = 0;
    if (scanner.skip('.')) {
        const auto digits = scanner.fraction_of_second();
        if (!digits || !digits->exact)
            return std::nullopt;
        fraction = digits->microseconds;
    }
    const auto hours_part = checked_multiply(hours, 3600 * kMicrosecondsPerSecond);
    return hours_part ? checked_add(*hours_part, whole + fraction) : std::nullopt;
}

} // namespace

Read<std::int64_t> read_duration(std::string_view text) {
    Scanner scanner(trim_ascii(text));
    const bool negative = scanner.skip('-');
    std::int64_t total = 0;
    do {
        const auto count = scanner.number(1, 18);
        if (!count)
            return fault(Fault::NotADuration);
        const bool clock = scanner.skip(':');
        std::optional<std::int64_t> part;
        if (clock) {
            part = scan_clock_after_hours(scanner, *count);
        } else {
            scanner.skip_blanks();
            const auto unit = scan_unit(scanner);
            part = unit ? checked_multiply(*count, *unit) : std::nullopt;
        }
        const auto sum = part ? checked_add(total, *part) : std::nullopt;
        scanner.skip_blanks();
        if (!sum || (clock && !scanner.at_end()))
            return fault(Fault::NotADuration);
        total = *sum;
    } while (!scanner.at_end());
    return negative ? -total : total;
}

void append_duration(std::string& out, std::int64_t microseconds) {
    if (microseconds < 0)
        out += '-';
    // Of the least int64 too: the remainders are negated one by one.
    std::int64_t days = microseconds / kMicrosecondsPerDay;
    std::int64_t rest = microseconds % kMicrosecondsPerDay;
    days = days < 0 ? -days : days;
    rest = rest < 0 ? -rest : rest;
    if (days != 0 || rest == 0)
        out.append(std::to_string(days)).append(days == 1 ? " day" : " days");
    if (rest != 0) {
        if (days != 0)
            out += ' ';
        append_clock(out, rest);
    }
}

} // namespace rulebook
