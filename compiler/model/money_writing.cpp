// Currencies and amounts as rules write them.
#include "compiler/model/context.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace rulec::model {

namespace {

using rulebook::Currency;

// What people call a currency; `own` is its code.
struct CurrencyWord {
    std::string_view word;
    std::string_view own;
};

constexpr CurrencyWord kCurrencyWords[] = {
    {"dollar", "USD"}, {"dollars", "USD"}, {"pound", "GBP"}, {"pounds", "GBP"}, {"sterling", "GBP"},
    {"euro", "EUR"},   {"euros", "EUR"},   {"yen", "JPY"},   {"franc", "CHF"},  {"francs", "CHF"},
};

// Currencies whose people write `$`.
bool written_with_dollar(Currency currency) {
    static constexpr std::string_view kDollars[] = {"USD", "AUD", "CAD", "HKD",
                                                    "NZD", "SGD", "TWD"};
    return currency.valid() && std::ranges::find(kDollars, currency.code()) != std::end(kDollars);
}

// The currency of `$5`: the rulebook's, where that is a dollar.
Currency dollar_of(const Context& context) {
    const Currency own = context.book.header.currency;
    return written_with_dollar(own) ? own : *Currency::of("USD");
}

} // namespace

std::optional<Currency> currency_marked(const Context& context, std::string_view marker) {
    return marker == "$" ? dollar_of(context) : Currency::of(marker);
}

std::string currency_called(const Context& context, std::string_view word) {
    if (word == "£")
        return "GBP";
    if (word == "€")
        return "EUR";
    if (word == "¥")
        return context.book.header.currency == Currency::of("CNY") ? "CNY" : "JPY";
    std::string lower(word);
    std::string upper(word);
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char letter = word[i];
        if (letter >= 'A' && letter <= 'Z')
            lower[i] = static_cast<char>(letter - 'A' + 'a');
        if (letter >= 'a' && letter <= 'z')
            upper[i] = static_cast<char>(letter - 'a' + 'A');
    }
    if (Currency::of(upper))
        return upper;
    for (const CurrencyWord& known : kCurrencyWords)
        if (known.word == lower)
            return std::string(known.own);
    return {};
}

std::string amount_written(const Context& context, Currency currency, std::string_view digits) {
    const bool own_dollar =
        currency == context.book.header.currency && written_with_dollar(currency);
    return own_dollar ? fmt::format("${}", digits) : fmt::format("{} {}", currency.code(), digits);
}

} // namespace rulec::model
