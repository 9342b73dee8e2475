// When a record enters and leaves a window whose anchor moves along with time.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/interpret/span.hpp"
#include "runtime/plan/node.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::interpret {

// Seen from the window's anchor: a record of that time enters when the anchor comes to
// enters(time), and leaves when it comes to leaves(time). Nothing: it is inside from the first, or
// never leaves. Later times enter and leave later.
struct WindowEdges {
    const time::Zone& zone;
    const plan::Window& window;

    std::optional<std::int64_t> enters(std::int64_t time) const {
        switch (window.kind) {
        case plan::WindowKind::Last:
        case plan::WindowKind::LastBefore:
            return time;
        case plan::WindowKind::Before:
            return checked_add(time, 1);
        case plan::WindowKind::Since:
            break;
        }
        return std::nullopt;
    }
    std::optional<std::int64_t> leaves(std::int64_t time) const {
        switch (window.kind) {
        case plan::WindowKind::Last:
        case plan::WindowKind::LastBefore:
            return end_of_window(zone, window.span, time);
        case plan::WindowKind::Since:
            return checked_add(time, 1);
        case plan::WindowKind::Before:
            break;
        }
        return std::nullopt;
    }
};

} // namespace rulebook::interpret
