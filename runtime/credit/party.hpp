// Who is credited: a value of the field that the rule names, or nobody known.
#pragma once

#include <compare>
#include <cstdint>
#include <string>

#include "runtime/plan/value.hpp"

namespace rulebook::credit {

enum class PartyKind : std::uint8_t {
    Named,       // a value of the party field
    Unknown,     // the touch's party is unknown
    Unattributed // no touch, or no model had weights
};

struct Party {
    PartyKind kind = PartyKind::Unattributed;
    plan::Value value{}; // Named: known
    std::string name{};  // as results and people read it, another for each party; ties go by it

    static Party named(plan::Value value, std::string name) {
        return {PartyKind::Named, std::move(value), std::move(name)};
    }
    static Party unknown() { return {PartyKind::Unknown, {}, "unknown"}; }
    static Party unattributed() { return {PartyKind::Unattributed, {}, "unattributed"}; }

    bool same_as(const Party& other) const {
        return kind == other.kind && (kind != PartyKind::Named || value == other.value);
    }
};

} // namespace rulebook::credit
