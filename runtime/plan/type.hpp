// The type of a value, as the checker derives it and the plan carries it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "runtime/value/currency.hpp"

namespace rulebook::plan {

enum class TypeKind : std::uint8_t {
#define RB_TYPE(Name, id, spelling, representation) Name = (id),
#include "runtime/plan/types.def"
};

// How a known value of a type is held.
enum class Representation : std::uint8_t { Bool, Integer, Real, Text };

// A type is a kind and, for enums, which one; for money, which currency.
struct Type {
    TypeKind kind = TypeKind::Bool;
    std::uint32_t detail = 0; // Enum: index in Schema::enums; Money: Currency::packed(); else 0

    static constexpr Type of(TypeKind kind) { return {kind, 0}; }
    static constexpr Type enumeration(std::uint32_t enum_index) {
        return {TypeKind::Enum, enum_index};
    }
    static constexpr Type money(Currency currency) { return {TypeKind::Money, currency.packed()}; }

    constexpr std::uint32_t enum_index() const { return detail; }
    constexpr Currency currency() const { return Currency::from_packed(detail); }
    constexpr bool is(TypeKind other) const { return kind == other; }

    friend constexpr bool operator==(Type, Type) = default;
};

std::string_view spelling(TypeKind kind);
Representation representation(TypeKind kind);

// The kind with this stable id, if there is one (for reading serialised plans).
std::optional<TypeKind> type_kind_from_id(std::int64_t id);

} // namespace rulebook::plan
