#include "tests/differential/native_values.hpp"

#include <bit>

#include <fmt/format.h>

namespace rulebook::differential {

std::string shown(const plan::Value& value) {
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? "true" : "false";
    case 2:
        return std::to_string(value.integer());
    case 3:
        return fmt::format("{} ({:016x})", value.real(),
                           std::bit_cast<std::uint64_t>(value.real()));
    case 4:
        return value.text();
    default:
        return "unknown";
    }
}

plan::Value found_in(const batch::Chunk& chunk, native::ArrayIndex array, std::size_t row) {
    if (!chunk.known(array, row))
        return {};
    switch (chunk.program().arrays[array].cell) {
    case native::Cell::Bool:
        return plan::Value::of(chunk.value<std::uint8_t>(array, row) != 0);
    case native::Cell::Real:
        return plan::Value::of(chunk.value<double>(array, row));
    default:
        return plan::Value::of(chunk.value<std::int64_t>(array, row));
    }
}

bool are_same(const plan::Value& a, const plan::Value& b) {
    if (!a.known() || !b.known())
        return a.known() == b.known();
    if (a.alternative() == 3 && b.alternative() == 3)
        return std::bit_cast<std::uint64_t>(a.real()) == std::bit_cast<std::uint64_t>(b.real());
    return a == b;
}

} // namespace rulebook::differential
