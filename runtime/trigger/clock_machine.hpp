// `at F`, `3 days before F`, `2 hours after F`: a candidate at every instant at which F, as it is
// known then, plus the offset is that instant. So a tracked F that moves takes the candidate with
// it.
#pragma once

#include <optional>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/trigger/surroundings.hpp"

namespace rulebook::trigger {

// See OnMachine for what the functions do.
class ClockMachine {
public:
    explicit ClockMachine(const OnShape& shape) : shape_(&shape) {}

    void start(std::optional<std::int64_t> origin, Surroundings& surroundings);
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings);
    std::optional<std::int64_t> wake() const;
    std::optional<std::int64_t> pending() const { return due_; }
    static std::size_t remembered() { return 0; } // but for a few instants
    std::optional<Standing> standing() const {
        return due_ ? std::optional(Standing{*due_, due_}) : std::nullopt;
    }
    void consume() {}
    void expire(std::int64_t, Surroundings&) {}

private:
    void look(std::int64_t instant, Surroundings& surroundings);

    const OnShape* shape_;
    std::int64_t from_ = 0;
    std::optional<std::int64_t> due_;
    std::int64_t until_ = INT64_MAX; // when time alone changes F
};

} // namespace rulebook::trigger
