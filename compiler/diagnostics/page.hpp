// The page of each code: what to avoid, what to write instead, and why. Written in pages/*.md,
// embedded when the library is built.
#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace rulec {

struct Page {
    std::string_view code;
    std::string_view markdown; // static storage
};

std::span<const Page> all_pages();

// The page of `RB1203`; case counts not.
std::optional<std::string_view> find_page(std::string_view code);

namespace detail {
std::span<const Page> embedded_pages(); // generated
} // namespace detail

} // namespace rulec
