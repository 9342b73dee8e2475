#include "runtime/value/currency.hpp"

namespace rulebook {

namespace {

constexpr auto kCodes = std::to_array<std::string_view>({
#define RB_CURRENCY(code, digits, name) #code,
#include "runtime/value/currency.def"
});

constexpr auto kNames = std::to_array<std::string_view>({
#define RB_CURRENCY(code, digits, name) name,
#include "runtime/value/currency.def"
});

} // namespace

std::string Currency::code() const {
    if (!valid())
        return {};
    return {static_cast<char>(packed_ >> 16U & 0xffU), static_cast<char>(packed_ >> 8U & 0xffU),
            static_cast<char>(packed_ & 0xffU)};
}

std::string_view currency_name(Currency currency) {
    const std::string code = currency.code();
    for (std::size_t i = 0; i < kCodes.size(); ++i)
        if (kCodes[i] == code)
            return kNames[i];
    return {};
}

std::span<const std::string_view> currency_codes() {
    return kCodes;
}

} // namespace rulebook
