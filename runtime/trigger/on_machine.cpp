#include "runtime/trigger/on_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

bool matches_any(const std::vector<std::uint32_t>& signals, const Event& event) {
    return std::ranges::any_of(event.signals, [&](std::uint32_t signal) {
        return std::ranges::binary_search(signals, signal);
    });
}

OnMachine::Machine OnMachine::machine_of(const OnShape& shape) {
    switch (shape.on->kind) {
    case plan::On::Kind::Pattern:
        break;
    case plan::On::Kind::Without:
        return WithoutMachine(shape);
    case plan::On::Kind::Silence:
        return SilenceMachine(shape);
    case plan::On::Kind::Clock:
        return ClockMachine(shape);
    case plan::On::Kind::Becomes:
        return BecomesMachine(shape);
    }
    return PatternOccurrences(shape);
}

} // namespace rulebook::trigger
