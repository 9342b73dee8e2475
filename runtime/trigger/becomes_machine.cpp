#include "runtime/trigger/becomes_machine.hpp"

#include <algorithm>

#include "runtime/value/integer.hpp"

namespace rulebook::trigger {

void BecomesMachine::start(std::optional<std::int64_t> origin, Surroundings&) {
    origin_ = origin;
    until_ = origin.value_or(INT64_MAX);
    truth_ = false;
    edge_ = 0;
    due_.reset();
}

void BecomesMachine::look(std::int64_t instant, Surroundings& surroundings) {
    const interpret::HeldValue condition = surroundings.held(shape_->on->condition, instant);
    until_ = condition.until;
    const bool was_true = truth_;
    truth_ = condition.value.is_true();
    if (!truth_)
        due_.reset();
    if (truth_ && !was_true) {
        edge_ = instant;
        due_ = checked_add(instant, shape_->on->lasting.value_or(0));
    }
}

std::optional<Occurrence> BecomesMachine::handle(const Moment& moment, Surroundings& surroundings) {
    if (!origin_ || moment.instant < *origin_)
        return std::nullopt;
    if (moment.changed || moment.instant >= until_)
        look(moment.instant, surroundings);
    if (!due_ || *due_ > moment.instant)
        return std::nullopt;
    const Occurrence lasted{.instant = *due_, .start = edge_, .occasion = Occasion::Edge};
    due_.reset();
    return lasted;
}

std::optional<std::int64_t> BecomesMachine::wake() const {
    const std::int64_t next = std::min(until_, due_.value_or(INT64_MAX));
    return next == INT64_MAX ? std::nullopt : std::optional(next);
}

} // namespace rulebook::trigger
