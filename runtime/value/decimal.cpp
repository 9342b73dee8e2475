#include "runtime/value/decimal.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>

#include "runtime/value/ascii.hpp"

namespace rulebook {

namespace {

constexpr int kMostDigits = 38; // 10^38 < 2^127
constexpr int kPercentDigits = 6;
constexpr int kPointDigits = 2;

Int128 power_of_ten(int exponent) {
    Int128 power = 1;
    for (int i = 0; i < exponent; ++i)
        power *= 10;
    return power;
}

// Reads `e-12` after a mantissa; `text` is what follows the mantissa.
bool read_exponent(std::string_view text, int& exponent) {
    if (text.empty())
        return true;
    if (text.front() != 'e' && text.front() != 'E')
        return false;
    text.remove_prefix(1);
    if (!text.empty() && text.front() == '+') {
        text.remove_prefix(1);
        if (!text.empty() && text.front() == '-')
            return false;
    }
    constexpr std::size_t kMostExponentCharacters = 6;
    if (text.size() > kMostExponentCharacters)
        return false;
    const char* end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, exponent);
    return error == std::errc() && stop == end && !text.empty();
}

// `1,234.50`, `1 000`, `1_000`, `12,5`: digits, and something between them that is no digit.
bool has_separators(std::string_view text) {
    return text.find_first_of(",'_ ") != std::string_view::npos &&
           text.find_first_not_of("0123456789,'_ .+-") == std::string_view::npos &&
           is_ascii_digit(text.back());
}

// The digits of a mantissa as they are read. Zeros are held back until a digit follows, so that
// any number of them may end a text.
class Mantissa {
public:
    void add(char digit) {
        any_ = true;
        if (digit == '0') {
            ++zeros_;
            return;
        }
        if (value_ == 0)
            zeros_ = 0; // leading ones
        digits_ += zeros_ + 1;
        if (digits_ <= kMostDigits)
            value_ = value_ * power_of_ten(zeros_ + 1) + (digit - '0');
        zeros_ = 0;
    }
    bool any() const { return any_; }
    bool fits() const { return digits_ <= kMostDigits; }
    Int128 value() const { return value_; }
    int held_back_zeros() const { return value_ == 0 ? 0 : zeros_; }

private:
    Int128 value_ = 0;
    int digits_ = 0;
    int zeros_ = 0;
    bool any_ = false;
};

// `€ 900`, `$1,234.50`, `900 EUR`, `-£5`: a sign or a code of three letters on one side of digits.
bool has_currency(std::string_view text) {
    const std::size_t first = text.find_first_of("0123456789");
    const std::size_t last = text.find_last_of("0123456789");
    if (first == std::string_view::npos ||
        text.substr(first, last - first + 1).find_first_not_of("0123456789,'_ .") !=
            std::string_view::npos)
        return false;
    const auto beside = [](std::string_view part) {
        while (!part.empty() && (part.front() == ' ' || part.front() == '-' || part.front() == '.'))
            part.remove_prefix(1);
        while (!part.empty() && (part.back() == ' ' || part.back() == '-' || part.back() == '.'))
            part.remove_suffix(1);
        return part;
    };
    const std::string_view before = beside(text.substr(0, first));
    const std::string_view behind = beside(text.substr(last + 1));
    const std::string_view sign = before.empty() ? behind : before;
    if (sign.empty() || (!before.empty() && !behind.empty()))
        return false;
    constexpr std::array<std::string_view, 6> kSigns = {"$", "€", "£", "¥", "₹", "kr"};
    constexpr std::size_t kCodeLetters = 3;
    const bool code =
        sign.size() == kCodeLetters &&
        sign.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string_view::npos;
    return code || std::ranges::find(kSigns, sign) != kSigns.end();
}

Fault fault_of_number(std::string_view text) {
    if (has_currency(text))
        return Fault::CurrencyInNumber;
    return has_separators(text) ? Fault::SeparatorInNumber : Fault::NotANumber;
}

} // namespace

Read<Decimal> read_decimal(std::string_view text) {
    text = trim_ascii(text);
    const std::string_view whole = text;
    const bool negative = text.starts_with('-');
    if (negative || text.starts_with('+'))
        text.remove_prefix(1);
    Mantissa mantissa;
    int decimals = 0;
    std::size_t at = 0;
    for (; at < text.size() && is_ascii_digit(text[at]); ++at)
        mantissa.add(text[at]);
    if (at < text.size() && text[at] == '.')
        for (++at; at < text.size() && is_ascii_digit(text[at]); ++at, ++decimals)
            mantissa.add(text[at]);
    int exponent = 0;
    if (!mantissa.any() || !read_exponent(text.substr(at), exponent))
        return fault(whole.empty() ? Fault::NotANumber : fault_of_number(whole));
    if (!mantissa.fits())
        return fault(Fault::DoesNotFit);
    return Decimal{negative ? -mantissa.value() : mantissa.value(),
                   exponent - decimals + mantissa.held_back_zeros()};
}

Read<std::int64_t> in_units(const Decimal& decimal, int digits, Excess excess) {
    const int shift = decimal.exponent + digits;
    if (decimal.mantissa == 0)
        return 0;
    if (shift >= 0) {
        constexpr int kMostInt64Digits = 19;
        if (shift > kMostInt64Digits || !narrow(decimal.mantissa))
            return fault(Fault::DoesNotFit);
        const auto value = narrow(decimal.mantissa * power_of_ten(shift));
        return value ? Read<std::int64_t>(*value) : fault(Fault::DoesNotFit);
    }
    if (shift < -kMostDigits) // less than half a unit
        return excess == Excess::Refuse ? Read<std::int64_t>(fault(Fault::TooManyDecimals)) : 0;
    const Int128 divisor = power_of_ten(-shift);
    if (excess == Excess::Refuse && decimal.mantissa % divisor != 0)
        return fault(Fault::TooManyDecimals);
    const auto value = narrow(divide_half_even(decimal.mantissa, divisor));
    return value ? Read<std::int64_t>(*value) : fault(Fault::DoesNotFit);
}

Read<std::int64_t> read_int(std::string_view text) {
    const auto decimal = read_decimal(text);
    if (!decimal)
        return fault(decimal.error());
    auto value = in_units(*decimal, 0);
    if (!value && value.error() == Fault::TooManyDecimals)
        return fault(Fault::NotWhole);
    return value;
}

Read<double> read_number(std::string_view text) {
    text = trim_ascii(text);
    if (text.empty())
        return fault(Fault::NotANumber);
    std::string_view digits = text;
    if (digits.front() == '+' && digits.size() > 1 && digits[1] != '-')
        digits.remove_prefix(1);
    double value = 0;
    const char* end = digits.data() + digits.size();
    const auto [stop, error] = std::from_chars(digits.data(), end, value);
    if (stop != end || error == std::errc::invalid_argument)
        return fault(fault_of_number(text));
    if (error == std::errc::result_out_of_range)
        return fault(Fault::DoesNotFit);
    if (!std::isfinite(value))
        return fault(Fault::NotANumber);
    return value;
}

bool is_non_finite_word(std::string_view text) {
    text = trim_ascii(text);
    if (text.starts_with('-') || text.starts_with('+'))
        text.remove_prefix(1);
    return equals_ignoring_ascii_case(text, "nan") || equals_ignoring_ascii_case(text, "inf") ||
           equals_ignoring_ascii_case(text, "infinity");
}

Read<std::int64_t> read_money(std::string_view text, Currency currency, Excess excess) {
    return read_decimal(text).and_then(
        [&](const Decimal& decimal) { return in_units(decimal, currency.digits(), excess); });
}

Read<std::int64_t> read_percent(std::string_view text, PercentWriting writing, Excess excess) {
    text = trim_ascii(text);
    if (text.ends_with('%')) {
        text.remove_suffix(1);
        writing = PercentWriting::Whole;
    }
    const int digits = writing == PercentWriting::Whole ? kPercentDigits - 2 : kPercentDigits;
    return read_decimal(text).and_then(
        [&](const Decimal& decimal) { return in_units(decimal, digits, excess); });
}

Read<std::int64_t> read_points(std::string_view text, Excess excess) {
    return read_decimal(text).and_then(
        [&](const Decimal& decimal) { return in_units(decimal, kPointDigits, excess); });
}

Read<bool> read_bool(std::string_view text) {
    text = trim_ascii(text);
    for (const char* word : {"true", "1", "yes", "t", "y"})
        if (equals_ignoring_ascii_case(text, word))
            return true;
    for (const char* word : {"false", "0", "no", "f", "n"})
        if (equals_ignoring_ascii_case(text, word))
            return false;
    return fault(Fault::NotABool);
}

Read<Decimal> decimal_of(double value) {
    if (!std::isfinite(value))
        return fault(Fault::NotANumber);
    std::array<char, 64> buffer{};
    const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                   std::chars_format::scientific);
    return read_decimal({buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data())});
}

void append_scaled(std::string& out, Int128 value, int digits) {
    std::array<char, 40> buffer{}; // 2^127 has 39 digits
    char* begin = buffer.data() + buffer.size();
    Int128 rest = value < 0 ? value : -value; // the least value has no opposite
    for (; rest < std::numeric_limits<std::int64_t>::min(); rest /= 10)
        *--begin = static_cast<char>('0' - static_cast<int>(rest % 10));
    auto small = static_cast<std::int64_t>(rest); // quicker to divide
    do {
        *--begin = static_cast<char>('0' - static_cast<int>(small % 10));
        small /= 10;
    } while (small != 0);
    const std::string_view text(begin, buffer.data() + buffer.size());
    if (value < 0)
        out += '-';
    const auto decimals = static_cast<std::size_t>(digits);
    if (text.size() > decimals) {
        out.append(text.substr(0, text.size() - decimals));
        if (decimals > 0)
            out.append(".").append(text.substr(text.size() - decimals));
    } else {
        out.append("0.").append(decimals - text.size(), '0').append(text);
    }
}

namespace {

// As append_scaled, then without zeros at the end, and without the point if nothing follows it.
void append_trimmed(std::string& out, std::int64_t value, int digits) {
    append_scaled(out, value, digits);
    while (out.back() == '0')
        out.pop_back();
    if (out.back() == '.')
        out.pop_back();
}

} // namespace

void append_money(std::string& out, Int128 minor_units, Currency currency) {
    append_scaled(out, minor_units, currency.digits());
}

void append_percent(std::string& out, std::int64_t millionths) {
    append_trimmed(out, millionths, kPercentDigits);
}

void append_percent_sign(std::string& out, std::int64_t millionths) {
    append_trimmed(out, millionths, kPercentDigits - 2);
    out += '%';
}

void append_points(std::string& out, std::int64_t hundredths) {
    append_scaled(out, hundredths, kPointDigits);
}

void append_int(std::string& out, std::int64_t value) {
    append_scaled(out, value, 0);
}

void append_number(std::string& out, double value) {
    if (value == 0.0) {
        out += '0'; // of -0 too
        return;
    }
    constexpr double kLeastPlain = 1e-7;
    constexpr double kTooLongPlain = 1e21;
    const double size = std::fabs(value);
    const bool plain = size >= kLeastPlain && size < kTooLongPlain;
    std::array<char, 64> buffer{};
    const auto end =
        std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                      plain ? std::chars_format::fixed : std::chars_format::scientific);
    out.append(buffer.data(), static_cast<std::size_t>(end.ptr - buffer.data()));
}

} // namespace rulebook
