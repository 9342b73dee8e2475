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

inline constexpr plan::EntityIndex kNoRecord = 0xffffffff; // of a frame that holds none

struct Record {
    plan::EntityIndex entity = 0;
    RowIndex row = 0;

    friend bool operator==(const Record&, const Record&) = default;
};

// A field of the root's record, supposed to have another value than in the data: as if the data had
// it; of a tracked field, as if a version with it began at `from`.
struct Supposed {
    plan::FieldIndex field = 0;
    plan::Value value;
    std::int64_t from = 0;
};

// The last instant, at or before `instant`, at which this trigger (index in Plan::rules) fired with
// status fired for this row's root; nothing if it never did. Who evaluates a trigger's own
// conditions leaves out firings at the instant itself.
using FiredLookup =
    std::function<std::optional<std::int64_t>(std::uint32_t trigger_rule, std::int64_t instant)>;

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

// A value, and until when time alone cannot change it.
struct HeldValue {
    plan::Value value;
    std::int64_t until = 0; // exclusive; INT64_MAX: for ever
};

} // namespace rulebook::interpret
