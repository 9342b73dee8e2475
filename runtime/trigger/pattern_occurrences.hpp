// `on` a pattern: an occurrence wherever a match is complete.
#pragma once

#include <optional>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/trigger/pattern_machine.hpp"

namespace rulebook::trigger {

// See OnMachine for what the functions do.
class PatternOccurrences {
public:
    explicit PatternOccurrences(const OnShape& shape) : machine_(shape.pattern) {}

    void start(std::optional<std::int64_t>, Surroundings&) { machine_.consume(); }
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings) {
        const auto completion = machine_.handle(moment.instant, moment.events, surroundings);
        if (!completion)
            return std::nullopt;
        const Event& event = moment.events[completion->completing];
        return Occurrence{.instant = moment.instant,
                          .start = completion->start,
                          .completing = interpret::Record{event.collection, event.row}};
    }
    std::optional<std::int64_t> wake() const { return std::nullopt; }
    std::optional<std::int64_t> pending() const { return std::nullopt; }
    std::size_t remembered() const { return machine_.remembered(); }
    std::optional<Standing> standing() const { return std::nullopt; }
    void consume() { machine_.consume(); }
    void expire(std::int64_t instant, Surroundings& surroundings) {
        machine_.expire(instant, surroundings);
    }

private:
    PatternMachine machine_;
};

} // namespace rulebook::trigger
