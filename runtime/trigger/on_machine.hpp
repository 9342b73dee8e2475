// What one version of a trigger waits for, as a machine that is driven by records and deadlines:
// patterns, waits, clocks, `becomes`. It keeps no history.
#pragma once

#include <cstdint>
#include <optional>
#include <variant>

#include "runtime/trigger/becomes_machine.hpp"
#include "runtime/trigger/clock_machine.hpp"
#include "runtime/trigger/pattern_occurrences.hpp"
#include "runtime/trigger/silence_machine.hpp"
#include "runtime/trigger/without_machine.hpp"

namespace rulebook::trigger {

// One thread at a time. The shape outlives it.
class OnMachine {
public:
    explicit OnMachine(const OnShape& shape) : machine_(machine_of(shape)) {}

    // Before anything else, and for every other account. The origin: nothing where it is unknown.
    void start(std::optional<std::int64_t> origin, Surroundings& surroundings) {
        std::visit([&](auto& machine) { machine.start(origin, surroundings); }, machine_);
    }
    // Instants ascend; every instant that wake() names is handled. Machines take no notice of what
    // does not concern them.
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings) {
        return std::visit([&](auto& machine) { return machine.handle(moment, surroundings); },
                          machine_);
    }
    // The next instant at which it must be handled even if no record comes.
    std::optional<std::int64_t> wake() const {
        return std::visit([](const auto& machine) { return machine.wake(); }, machine_);
    }
    // The instant of the occurrence that is to be expected if nothing more happens.
    std::optional<std::int64_t> pending() const {
        return std::visit([](const auto& machine) { return machine.pending(); }, machine_);
    }
    // How many matches and waits are kept.
    std::size_t remembered() const {
        return std::visit([](const auto& machine) { return machine.remembered(); }, machine_);
    }
    // Nothing for patterns, and where nothing is waited for.
    std::optional<Standing> standing() const {
        return std::visit([](const auto& machine) { return machine.standing(); }, machine_);
    }
    // Forgets every event up to now.
    void consume() {
        std::visit([](auto& machine) { machine.consume(); }, machine_);
    }
    // Forgets what cannot matter at `instant` or later. Changes no result.
    void expire(std::int64_t instant, Surroundings& surroundings) {
        std::visit([&](auto& machine) { machine.expire(instant, surroundings); }, machine_);
    }

private:
    using Machine = std::variant<PatternOccurrences, WithoutMachine, SilenceMachine, ClockMachine,
                                 BecomesMachine>;
    static Machine machine_of(const OnShape& shape);

    Machine machine_;
};

} // namespace rulebook::trigger
