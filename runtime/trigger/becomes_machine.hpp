// `becomes C`, `becomes C lasting D`: C is looked at when what it reads changes and when time alone
// changes it, from the account's origin on; an edge is where it is true and was not before.
#pragma once

#include <optional>

#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/on_shape.hpp"
#include "runtime/trigger/surroundings.hpp"

namespace rulebook::trigger {

// See OnMachine for what the functions do.
class BecomesMachine {
public:
    explicit BecomesMachine(const OnShape& shape) : shape_(&shape) {}

    void start(std::optional<std::int64_t> origin, Surroundings& surroundings);
    std::optional<Occurrence> handle(const Moment& moment, Surroundings& surroundings);
    std::optional<std::int64_t> wake() const;
    std::optional<std::int64_t> pending() const { return due_; }
    static std::size_t remembered() { return 0; } // but for a few instants
    std::optional<Standing> standing() const {
        return origin_ ? std::optional(Standing{edge_, due_, truth_}) : std::nullopt;
    }
    void consume() {}
    void expire(std::int64_t, Surroundings&) {}

private:
    void look(std::int64_t instant, Surroundings& surroundings);

    const OnShape* shape_;
    std::optional<std::int64_t> origin_;
    std::int64_t until_ = INT64_MAX;  // when time alone changes C
    bool truth_ = false;              // when it was looked at last
    std::int64_t edge_ = 0;           // the last one
    std::optional<std::int64_t> due_; // of the last edge's candidate
};

} // namespace rulebook::trigger
