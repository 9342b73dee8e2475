// `no A for D`: a silence begins at the account's origin and anew at each A; the candidate is at
// its deadline, once per silence. An A at the deadline begins another one.
#pragma once

#include <optional>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/trigger/surroundings.hpp"

namespace rulebook::trigger {

// See OnMachine for what the functions do.
class SilenceMachine {
public:
    explicit SilenceMachine(const OnShape& shape) : shape_(&shape) {}

    void start(std::optional<std::int64_t> origin, Surroundings& surroundings);
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings);
    std::optional<std::int64_t> wake() const { return deadline_; }
    std::optional<std::int64_t> pending() const { return deadline_; }
    static std::size_t remembered() { return 0; } // but for a few instants
    std::optional<Standing> standing() const {
        return origin_ ? std::optional(Standing{opening_, deadline_}) : std::nullopt;
    }
    void consume() {}
    void expire(std::int64_t, Surroundings&) {}

private:
    void begin(std::int64_t opening, Surroundings& surroundings);

    const OnShape* shape_;
    std::optional<std::int64_t> origin_;
    std::int64_t opening_ = 0;
    std::optional<std::int64_t> deadline_; // none: its candidate was there, or it has none
};

} // namespace rulebook::trigger
