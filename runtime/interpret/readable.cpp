#include "runtime/interpret/readable.hpp"

#include <cstdlib>

#include <fmt/format.h>

#include "runtime/value/calendar.hpp"
#include "runtime/value/calendar_text.hpp"
#include "runtime/value/decimal.hpp"

namespace rulebook::interpret {

namespace {

constexpr Currency kDollar = *Currency::of("USD");

// `-1234567.50` to `-1,234,567.50`.
std::string with_separators(std::string digits) {
    const std::size_t first = digits.starts_with('-') ? 1 : 0;
    std::size_t at = std::min(digits.find('.'), digits.size());
    while (at > first + 3) {
        at -= 3;
        digits.insert(at, 1, ',');
    }
    return digits;
}

void append_readable_money(std::string& out, std::int64_t minor_units, Currency currency) {
    std::string amount;
    append_money(amount, minor_units, currency);
    amount = with_separators(std::move(amount));
    if (currency != kDollar) {
        out += currency.code() + ' ' + amount;
        return;
    }
    const bool negative = amount.starts_with('-');
    out += negative ? "-$" : "$";
    out.append(amount, negative ? 1 : 0);
}

// `87.50` to `87.5`, `87.00` to `87`.
void append_readable_points(std::string& out, std::int64_t hundredths) {
    append_points(out, hundredths);
    while (out.ends_with('0'))
        out.pop_back();
    if (out.ends_with('.'))
        out.pop_back();
}

void append_enum(std::string& out, const plan::Schema& schema, plan::Type type,
                 std::int64_t index) {
    const auto& values = schema.enums[type.enum_index()].values;
    const auto at = static_cast<std::size_t>(index);
    out += at < values.size() ? values[at] : "?";
}

void append_readable_date(std::string& out, std::int64_t days) {
    if (days < kFirstDate.days || days > kLastDate.days)
        out += "a date out of range";
    else
        append_date(out, Date{static_cast<std::int32_t>(days)});
}

void append_readable_time(std::string& out, std::int64_t microseconds, const time::Zone* zone) {
    if (!in_calendar(Time{microseconds}))
        out += "a time out of range";
    else if (zone == nullptr)
        append_time(out, Time{microseconds});
    else
        append_time_in(out, *zone, Time{microseconds});
}

// `-05:00`; `+00:19:32`.
void append_offset(std::string& out, std::int32_t seconds) {
    constexpr std::int32_t kMinute = 60;
    constexpr std::int32_t kHour = 60 * kMinute;
    const std::int32_t size = std::abs(seconds);
    out +=
        fmt::format("{}{:02}:{:02}", seconds < 0 ? '-' : '+', size / kHour, size % kHour / kMinute);
    if (size % kMinute != 0)
        out += fmt::format(":{:02}", size % kMinute);
}

} // namespace

void append_time_in(std::string& out, const time::Zone& zone, Time time) {
    if (zone.name == time::utc().name)
        return append_time(out, time);
    append_local_time(out, time::local_time(zone, time));
    append_offset(out, time::offset_at(zone, time));
}

void append_readable(std::string& out, const plan::Schema& schema, plan::Type type,
                     const plan::Value& value, const time::Zone* zone) {
    using enum plan::TypeKind;
    if (!value.known()) {
        out += "unknown";
        return;
    }
    switch (type.kind) {
    case Bool:
        out += value.boolean() ? "true" : "false";
        return;
    case Int:
        return append_int(out, value.integer());
    case Number:
        return append_number(out, value.real());
    case Percent:
        return append_percent_sign(out, value.integer());
    case Money:
        return append_readable_money(out, value.integer(), type.currency());
    case Text:
        out += value.text();
        return;
    case Date:
        return append_readable_date(out, value.integer());
    case Time:
        return append_readable_time(out, value.integer(), zone);
    case Duration:
        return append_duration(out, value.integer());
    case Enum:
        return append_enum(out, schema, type, value.integer());
    case Points:
        return append_readable_points(out, value.integer());
    }
}

std::string readable(const plan::Schema& schema, plan::Type type, const plan::Value& value,
                     const time::Zone* zone) {
    std::string out;
    append_readable(out, schema, type, value, zone);
    if (type.is(plan::TypeKind::Text) && value.known())
        out = '"' + out + '"';
    return out;
}

} // namespace rulebook::interpret
