#include "runtime/trigger/on_machine.hpp"

namespace rulebook::trigger {

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
