// Walks over a text from left to right: what the readers of dates, times and durations share.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/value/ascii.hpp"

namespace rulebook {

class Scanner {
public:
    explicit constexpr Scanner(std::string_view text) : rest_(text) {}

    constexpr bool at_end() const { return rest_.empty(); }
    constexpr std::string_view rest() const { return rest_; }
    constexpr char peek() const { return rest_.empty() ? '\0' : rest_.front(); }

    constexpr bool skip(char expected) {
        if (peek() != expected || rest_.empty())
            return false;
        rest_.remove_prefix(1);
        return true;
    }

    constexpr bool skip_word(std::string_view word) {
        if (rest_.size() < word.size() ||
            !equals_ignoring_ascii_case(rest_.substr(0, word.size()), word))
            return false;
        rest_.remove_prefix(word.size());
        return true;
    }

    constexpr void skip_blanks() {
        while (is_ascii_blank(peek()))
            rest_.remove_prefix(1);
    }

    // The digits that follow, at most `most`; nothing (and nothing consumed) if fewer than `least`.
    constexpr std::optional<std::string_view> digits(std::size_t least, std::size_t most) {
        std::size_t count = 0;
        while (count < most && count < rest_.size() && is_ascii_digit(rest_[count]))
            ++count;
        if (count < least)
            return std::nullopt;
        const std::string_view found = rest_.substr(0, count);
        rest_.remove_prefix(count);
        return found;
    }

    // The same as a number; `most` ≤ 18.
    constexpr std::optional<std::int64_t> number(std::size_t least, std::size_t most) {
        const auto found = digits(least, most);
        if (!found)
            return std::nullopt;
        std::int64_t value = 0;
        for (const char digit : *found)
            value = value * 10 + (digit - '0');
        return value;
    }

    struct Fraction {
        std::int64_t microseconds = 0;
        bool exact = true; // false: digits finer than a microsecond are not all zeros
    };

    // 1 to 18 digits after a decimal point.
    constexpr std::optional<Fraction> fraction_of_second() {
        const auto found = digits(1, 18);
        if (!found)
            return std::nullopt;
        Fraction fraction;
        for (std::size_t i = 0; i < 6; ++i)
            fraction.microseconds =
                fraction.microseconds * 10 + (i < found->size() ? (*found)[i] - '0' : 0);
        fraction.exact =
            found->size() <= 6 || found->find_first_not_of('0', 6) == std::string_view::npos;
        return fraction;
    }

private:
    std::string_view rest_;
};

} // namespace rulebook
