// `P without B within D`: a match of P opens a wait, a B inside D closes it, else the candidate is
// at its deadline. While a wait is open, P opens no other; when it ends, P starts afresh.
#pragma once

#include <optional>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/trigger/pattern_machine.hpp"

namespace rulebook::trigger {

// See OnMachine for what the functions do.
class WithoutMachine {
public:
    explicit WithoutMachine(const OnShape& shape) : shape_(&shape), pattern_(shape.pattern) {}

    void start(std::optional<std::int64_t> origin, Surroundings& surroundings);
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings);
    std::optional<std::int64_t> wake() const;
    std::optional<std::int64_t> pending() const { return wake(); }
    std::size_t remembered() const { return pattern_.remembered() + (wait_ ? 1 : 0); }
    std::optional<Standing> standing() const {
        return wait_ ? std::optional(Standing{wait_->opening, wait_->deadline}) : std::nullopt;
    }
    // An open wait stays: its own candidate would have ended it.
    void consume() { pattern_.consume(); }
    void expire(std::int64_t instant, Surroundings& surroundings);

private:
    struct Wait {
        std::int64_t opening = 0;
        std::int64_t deadline = 0;
        std::int64_t start = 0; // of P's match
        interpret::Record completing;
        std::optional<std::int64_t> sequence; // of the completing record
    };

    void open(const Moment& moment, Surroundings& surroundings);
    bool closes(const Event& event, std::int64_t instant) const;

    const OnShape* shape_;
    PatternMachine pattern_;
    std::optional<Wait> wait_;
};

} // namespace rulebook::trigger
