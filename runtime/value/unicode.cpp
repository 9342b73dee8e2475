#include "runtime/value/unicode.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

namespace rulebook {

namespace {

// The code points first, first + step, …, last move by delta.
struct Mapping {
    std::uint32_t first;
    std::uint32_t last;
    std::uint32_t step;
    std::int32_t delta;
};

struct Range {
    std::uint32_t first;
    std::uint32_t last;
};

constexpr auto kFold = std::to_array<Mapping>({
#define RB_FOLD(first, last, step, delta) {first, last, step, delta},
#include "runtime/value/unicode_tables.inc"
});

constexpr auto kLower = std::to_array<Mapping>({
#define RB_LOWER(first, last, step, delta) {first, last, step, delta},
#include "runtime/value/unicode_tables.inc"
});

constexpr auto kWord = std::to_array<Range>({
#define RB_WORD(first, last) {first, last},
#include "runtime/value/unicode_tables.inc"
});

// The range that holds the code point, of a table that is sorted by `first`; null if none does.
template <class Table>
const typename Table::value_type* range_of(const Table& table, std::uint32_t code_point) {
    const auto after = std::ranges::upper_bound(table, code_point, {}, &Table::value_type::first);
    if (after == table.begin() || code_point > std::prev(after)->last)
        return nullptr;
    return &*std::prev(after);
}

template <class Table>
char32_t mapped(const Table& table, char32_t code_point) {
    const auto code = static_cast<std::uint32_t>(code_point);
    const Mapping* mapping = range_of(table, code);
    if (mapping == nullptr || (code - mapping->first) % mapping->step != 0)
        return code_point;
    return static_cast<char32_t>(static_cast<std::int64_t>(code) + mapping->delta);
}

constexpr bool is_ascii(char32_t code_point) {
    return code_point < 0x80;
}
constexpr bool is_ascii_upper(char32_t code_point) {
    return code_point >= U'A' && code_point <= U'Z';
}

} // namespace

std::string_view unicode_version() {
#define RB_UNICODE_VERSION(version) return version;
#include "runtime/value/unicode_tables.inc"
}

char32_t fold_case(char32_t code_point) {
    if (is_ascii(code_point))
        return is_ascii_upper(code_point) ? code_point + (U'a' - U'A') : code_point;
    return mapped(kFold, code_point);
}

char32_t lower_case(char32_t code_point) {
    if (is_ascii(code_point))
        return is_ascii_upper(code_point) ? code_point + (U'a' - U'A') : code_point;
    return mapped(kLower, code_point);
}

bool is_word_character(char32_t code_point) {
    return range_of(kWord, static_cast<std::uint32_t>(code_point)) != nullptr;
}

} // namespace rulebook
