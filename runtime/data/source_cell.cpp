#include "runtime/data/source_cell.hpp"

#include <algorithm>
#include <limits>

#include "runtime/value/calendar_text.hpp"

namespace rulebook::data {

namespace {

// Plain digits, as many as it takes.
std::string text_of_decimal(const Decimal& decimal) {
    std::string digits;
    Int128 rest = decimal.mantissa;
    do {
        const int digit = static_cast<int>(rest % 10);
        digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
        rest /= 10;
    } while (rest != 0);
    if (decimal.exponent > 0 && decimal.mantissa != 0)
        digits.insert(0, static_cast<std::size_t>(decimal.exponent), '0');
    if (decimal.exponent < 0) {
        const auto decimals = static_cast<std::size_t>(-decimal.exponent);
        if (digits.size() <= decimals)
            digits.append(decimals - digits.size() + 1, '0');
        digits.insert(decimals, 1, '.');
    }
    if (decimal.mantissa < 0)
        digits += '-';
    std::ranges::reverse(digits);
    return digits;
}

// Databases write infinite times as the ends of what 64 bits hold,
// and infinite dates as those of what 32 bits hold.
template <class Whole>
bool append_infinity(std::string& out, std::int64_t value) {
    constexpr std::int64_t kMost = std::numeric_limits<Whole>::max();
    if (value == kMost)
        out.append("infinity");
    else if (value == -kMost || value == std::numeric_limits<Whole>::min())
        out.append("-infinity");
    return !out.empty();
}

// What a time of such a source has beyond microseconds is told, not cut off.
void append_fine_time(std::string& out, const SourceCell& cell) {
    constexpr std::size_t kDigits = 9;
    const std::int64_t micros =
        (cell.integer % kMicrosecondsPerSecond + kMicrosecondsPerSecond) % kMicrosecondsPerSecond;
    append_local_time(out, LocalTime{cell.integer - micros});
    const std::string digits = std::to_string(micros * 1000 + cell.nanoseconds);
    out.append(".").append(kDigits - digits.size(), '0').append(digits);
    out.erase(out.find_last_not_of('0') + 1);
    out.append(cell.kind == SourceCell::Kind::Instant ? "Z" : "");
}

} // namespace

std::string text_of(const SourceCell& cell) {
    std::string out;
    switch (cell.kind) {
    case SourceCell::Kind::Missing:
        break;
    case SourceCell::Kind::Text:
        out = cell.text;
        break;
    case SourceCell::Kind::Integer:
        append_int(out, cell.integer);
        break;
    case SourceCell::Kind::Real:
        append_number(out, cell.real);
        break;
    case SourceCell::Kind::Decimal:
        out = text_of_decimal(cell.decimal);
        break;
    case SourceCell::Kind::Bool:
        out = cell.integer != 0 ? "true" : "false";
        break;
    case SourceCell::Kind::Date:
        if (append_infinity<std::int32_t>(out, cell.integer))
            break;
        if (cell.integer >= kFirstDate.days && cell.integer <= kLastDate.days)
            append_date(out, Date{static_cast<std::int32_t>(cell.integer)});
        else
            append_int(out.append("day "), cell.integer);
        break;
    case SourceCell::Kind::LocalTime:
        if (append_infinity<std::int64_t>(out, cell.integer))
            break;
        if (cell.nanoseconds != 0)
            append_fine_time(out, cell);
        else
            append_local_time(out, LocalTime{cell.integer});
        break;
    case SourceCell::Kind::Instant:
        if (append_infinity<std::int64_t>(out, cell.integer))
            break;
        if (cell.nanoseconds != 0)
            append_fine_time(out, cell);
        else
            append_time(out, Time{cell.integer});
        break;
    }
    return out;
}

} // namespace rulebook::data
