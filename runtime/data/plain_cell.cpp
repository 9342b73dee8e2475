#include "runtime/data/plain_cell.hpp"

#include <array>
#include <cstddef>

#include "runtime/value/ascii.hpp"
#include "runtime/value/calendar.hpp"

namespace rulebook::data {

namespace {

constexpr std::size_t kMostDigits = 18; // what 64 bits hold in any case
constexpr std::size_t kMostExactDigits = 15;

constexpr auto kPowersOfTen = [] {
    std::array<std::int64_t, kMostDigits + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

// Digits and, among them, at most one point that has digits on both sides.
struct Digits {
    std::int64_t value = 0; // of all digits
    std::size_t count = 0;
    std::size_t decimals = 0;
    bool negative = false;
};

std::optional<Digits> digits_of(std::string_view text) {
    Digits digits;
    digits.negative = text.starts_with('-');
    if (digits.negative)
        text.remove_prefix(1);
    if (text.empty() || text.size() > kMostDigits + 1)
        return std::nullopt;
    std::size_t point = text.size();
    std::uint64_t value = 0; // one digit more than there may be has room in it, too
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (is_ascii_digit(text[at]))
            value = value * 10 + static_cast<std::uint64_t>(text[at] - '0');
        else if (text[at] == '.' && point == text.size())
            point = at;
        else
            return std::nullopt;
    }
    const bool has_point = point < text.size();
    digits.count = text.size() - (has_point ? 1 : 0);
    digits.decimals = digits.count - point; // the place of the point is how many digits precede it
    if (point == 0 || (has_point && digits.decimals == 0) || digits.count > kMostDigits)
        return std::nullopt;
    digits.value = static_cast<std::int64_t>(value);
    return digits;
}

// The number that `count` digits make; nothing if one of them is none.
std::optional<std::int32_t> number_at(std::string_view text, std::size_t at, std::size_t count) {
    std::int32_t number = 0;
    for (const char c : text.substr(at, count)) {
        if (!is_ascii_digit(c))
            return std::nullopt;
        number = number * 10 + (c - '0');
    }
    return number;
}

constexpr std::size_t kDateLength = 10;

} // namespace

std::optional<std::int64_t> plain_whole(std::string_view text) {
    return plain_scaled(text, 0);
}

std::optional<std::int64_t> plain_scaled(std::string_view text, int decimals) {
    const auto digits = digits_of(text);
    const auto wanted = static_cast<std::size_t>(decimals);
    if (!digits || digits->decimals > wanted)
        return std::nullopt;
    const std::size_t zeros = wanted - digits->decimals;
    if (digits->count + zeros > kMostDigits)
        return std::nullopt;
    const std::int64_t value = digits->value * kPowersOfTen[zeros];
    return digits->negative ? -value : value;
}

std::optional<double> plain_number(std::string_view text) {
    const auto digits = digits_of(text);
    if (!digits || digits->count > kMostExactDigits)
        return std::nullopt;
    const double value =
        static_cast<double>(digits->value) / static_cast<double>(kPowersOfTen[digits->decimals]);
    return digits->negative ? -value : value;
}

std::optional<std::int64_t> plain_date(std::string_view text) {
    if (text.size() != kDateLength || text[4] != '-' || text[7] != '-')
        return std::nullopt;
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 5, 2);
    const auto day = number_at(text, 8, 2);
    if (!year || !month || !day)
        return std::nullopt;
    const auto date = checked_date(*year, *month, *day);
    return date ? std::optional<std::int64_t>(date->days) : std::nullopt;
}

std::optional<std::int64_t> plain_instant(std::string_view text) {
    constexpr std::size_t kLength = 20;
    if (text.size() != kLength || text[10] != 'T' || text[13] != ':' || text[16] != ':' ||
        text[19] != 'Z')
        return std::nullopt;
    const auto days = plain_date(text.substr(0, kDateLength));
    const auto hour = number_at(text, 11, 2);
    const auto minute = number_at(text, 14, 2);
    const auto second = number_at(text, 17, 2);
    if (!days || !hour || !minute || !second || *hour > 23 || *minute > 59 || *second > 59)
        return std::nullopt;
    const std::int64_t seconds = (*hour * 60 + *minute) * 60 + *second;
    return *days * kMicrosecondsPerDay + seconds * kMicrosecondsPerSecond;
}

} // namespace rulebook::data
