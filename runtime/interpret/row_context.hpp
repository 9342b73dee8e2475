// For what row an expression is evaluated: a stack of records and an instant, and what the rules
// above the interpreter add to it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>

#include "runtime/data/column.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::interpret {

using data::RowIndex;

struct Record {
    plan::EntityIndex entity = 0;
    RowIndex row = 0;

    friend bool operator==(const Record&, const Record&) = default;
};

// Whether some firing with status fired of this trigger (index in Plan::rules) and this row's root
// has `since` <= instant of the firing <= `instant`; without `since`: any before. Who evaluates a
// trigger's own conditions leaves out firings at the instant itself.
using FiredLookup = std::function<bool(std::uint32_t trigger_rule,
                                       std::optional<std::int64_t> since, std::int64_t instant)>;

// What a party is credited of the deal at hand, in minor units; unknown where nothing is divided.
using CreditedLookup = std::function<plan::Value(const plan::Value& party)>;

// Views into what the caller owns; it stays valid while the row is evaluated.
struct RowContext {
    std::int64_t instant = 0;       // microseconds since 1970 UTC: `as_of`
    std::span<const Record> frames; // frame 0 is the root record; then deal, touch, …

    // In a credit rule: the touches that the rule takes, in order; the deal that is divided.
    std::optional<std::span<const RowIndex>> touches;
    std::optional<RowIndex> deal;

    const FiredLookup* fired = nullptr;       // none: `T fired` is unknown
    const CreditedLookup* credited = nullptr; // none: `credited(P)` is unknown
};

} // namespace rulebook::interpret
