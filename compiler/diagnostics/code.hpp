// The codes of diagnostics.def as types, so that each emission is checked against its row.
#pragma once

#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

namespace rulec {

enum class Severity : std::uint8_t { Error, Warning, Note };

std::string_view name(Severity severity); // error, warning, note

// One row of diagnostics.def; static storage.
struct CodeInfo {
    std::string_view code; // RB1203
    Severity severity;
    std::string_view message; // with placeholders; so is the help
    std::string_view help;
};

// All rows in the order of the table.
std::span<const CodeInfo> all_codes();
// nullptr if there is none of that name. Case counts not: `rb1203` is found.
const CodeInfo* find_code(std::string_view code);

// What fills one `{}`. Views the caller's text: used up before the emission returns.
class Argument {
public:
    Argument(std::string_view text) : text_(text) {}
    Argument(std::int64_t number) : number_(number), is_number_(true) {}
    void append_to(std::string& out) const;

private:
    std::string_view text_;
    std::int64_t number_ = 0;
    bool is_number_ = false;
};

struct Wording {
    std::string message;
    std::string help;
};
// `{}` takes the next argument, the message's before the help's; `{{` and `}}` are braces.
Wording fill(const CodeInfo& info, std::span<const Argument> arguments);
// For lists of codes: `…` where an argument would stand.
Wording general_wording(const CodeInfo& info);

namespace detail {

// The number of `{}` in a message, or -1 where a brace stands alone.
consteval int placeholders(std::string_view message) {
    int count = 0;
    for (std::size_t at = 0; at < message.size(); ++at) {
        if (message[at] != '{' && message[at] != '}')
            continue;
        if (at + 1 == message.size())
            return -1;
        bool doubled = message[at + 1] == message[at];
        if (!doubled && message.substr(at, 2) != "{}")
            return -1;
        count += doubled ? 0 : 1;
        ++at;
    }
    return count;
}

template <class Parameter, class Given>
consteval bool fits() {
    using Plain = std::remove_cvref_t<Given>;
    if constexpr (std::same_as<Parameter, std::string_view>)
        return std::convertible_to<Given, std::string_view>;
    else
        return std::integral<Plain> && !std::same_as<Plain, bool> && !std::same_as<Plain, char>;
}

template <class Parameter, class Given>
Argument argument(const Given& given) {
    return Argument(static_cast<Parameter>(given));
}

template <class Signature>
struct Parameters;
template <class... Types>
struct Parameters<void(Types...)> {
    static_assert(((std::same_as<Types, std::string_view> || std::same_as<Types, std::int64_t>) &&
                   ...),
                  "parameters are std::string_view or std::int64_t");
    static constexpr int kCount = sizeof...(Types);

    template <class... Given>
    static consteval bool accept() {
        if constexpr (sizeof...(Given) != sizeof...(Types))
            return false;
        else
            return (fits<Types, Given>() && ...);
    }
    template <class... Given>
    static Wording fill(const CodeInfo& info, Given&&... given) {
        std::array<Argument, sizeof...(Types)> arguments{argument<Types>(given)...};
        return rulec::fill(info, arguments);
    }
};

} // namespace detail

#define RB_DIAGNOSTIC(Code, severity_, message_, help_, parameters_)                               \
    struct Code {                                                                                  \
        static constexpr CodeInfo kInfo{#Code, Severity::severity_, message_, help_};              \
        using Parameters = detail::Parameters<void parameters_>;                                   \
        static_assert(detail::placeholders(message_) >= 0 && detail::placeholders(help_) >= 0,     \
                      #Code ": a brace in the message or help is written {{ or }}");               \
        static_assert(detail::placeholders(message_) + detail::placeholders(help_) ==              \
                          Parameters::kCount,                                                      \
                      #Code ": message and help together need one {} for each parameter");         \
    };
#include "compiler/diagnostics/diagnostics.def"

} // namespace rulec
