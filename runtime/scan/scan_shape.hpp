// How a trigger is found in columns: by a loop made for its form, or by its machine over the events
// that concern it.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/trigger/trigger_shapes.hpp"

namespace rulebook::scan {

enum class ScanKind : std::uint8_t {
#define RB_SCAN(Name, on) Name,
#include "runtime/scan/scan_kinds.def"
};

// Immutable; safe to share between threads. The trigger shapes outlive it.
struct ScanShape {
    ScanKind kind = ScanKind::Machine;
    const trigger::TriggerShapes::Rule* rule = nullptr;
    plan::EntityIndex collection = 0; // of its events; not of Becomes and Machine
    std::vector<std::uint32_t> a, b;  // as scan_kinds.def names them; ascending
    std::int64_t within = INT64_MAX;  // D, microseconds
    std::size_t count = 1;            // n

    const trigger::TriggerShapes::Version& version() const { return rule->versions.front(); }

    // Nothing where columns do not do: its events are of records deeper below the account, or it
    // asks what fired.
    static std::optional<ScanShape> of(const plan::Plan& plan,
                                       const trigger::TriggerShapes::Rule& rule);
};

} // namespace rulebook::scan
