// A currency: the three letters of ISO 4217 and the digits of its minor unit.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rulebook {

// Four bytes, comparable, usable at compile time. The default is "no currency": not valid(),
// no digits, empty code.
class Currency {
public:
    constexpr Currency() = default;

    // The currency with this code, upper-case letters only; nothing for a code not in currency.def.
    static constexpr std::optional<Currency> of(std::string_view code);

    // The digits in the top byte, then the letters: packed() is stable and may be serialised.
    constexpr std::uint32_t packed() const { return packed_; }
    // Trusts its argument: it must come from packed(). Check what was read from a file by
    // of(from_packed(x).code()) == from_packed(x).
    static constexpr Currency from_packed(std::uint32_t packed) { return Currency(packed); }

    constexpr bool valid() const { return packed_ != 0; }

    // Decimal digits of the minor unit: USD 2, JPY 0, KWD 3.
    constexpr int digits() const { return static_cast<int>(packed_ >> 24U); }

    // Minor units in one major unit: USD 100, JPY 1, KWD 1000.
    constexpr std::int64_t minor_units() const {
        std::int64_t units = 1;
        for (int i = 0; i < digits(); ++i)
            units *= 10;
        return units;
    }

    // "USD"; empty if not valid().
    std::string code() const;

    friend constexpr bool operator==(Currency, Currency) = default;

private:
    explicit constexpr Currency(std::uint32_t packed) : packed_(packed) {}

    static constexpr std::uint32_t letters_of(std::string_view code) {
        std::uint32_t letters = 0;
        for (char letter : code)
            letters = letters << 8U | static_cast<unsigned char>(letter);
        return letters;
    }
    // In the order of currency.def.
    static constexpr auto kAll = std::to_array<std::uint32_t>({
#define RB_CURRENCY(code, digits, name)                                                            \
    static_cast<std::uint32_t>(digits) << 24U | static_cast<std::uint32_t>((#code)[0]) << 16U |    \
        static_cast<std::uint32_t>((#code)[1]) << 8U | static_cast<std::uint32_t>((#code)[2]),
#include "runtime/value/currency.def"
    });

    std::uint32_t packed_ = 0;
};

constexpr std::optional<Currency> Currency::of(std::string_view code) {
    if (code.size() != 3)
        return std::nullopt;
    const std::uint32_t letters = letters_of(code);
    for (std::uint32_t candidate : kAll)
        if ((candidate & 0xffffffU) == letters)
            return Currency(candidate);
    return std::nullopt;
}

// The English name, "US Dollar"; empty if not valid.
std::string_view currency_name(Currency currency);

// Every known code, sorted (for "did you mean").
std::span<const std::string_view> currency_codes();

} // namespace rulebook
