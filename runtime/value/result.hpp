// How functions of the runtime report that they could not do what was asked: a value or an Error.
// Exceptions never cross a folder's border.
#pragma once

#include <string>
#include <utility>

#include <tl/expected.hpp>

namespace rulebook {

// For people: `code` is stable and short ("zone.unknown"), `message` says what was seen,
// `help` what to do about it (may be empty).
struct Error {
    std::string code;
    std::string message;
    std::string help;

    friend bool operator==(const Error&, const Error&) = default;
};

template <class T>
using Result = tl::expected<T, Error>;

// `return make_error("data.no_file", "...");` from any function that returns a Result.
inline tl::unexpected<Error> make_error(std::string code, std::string message,
                                        std::string help = {}) {
    return tl::unexpected<Error>(Error{std::move(code), std::move(message), std::move(help)});
}

} // namespace rulebook
