#include "runtime/trigger/clock_machine.hpp"

#include <algorithm>

#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::trigger {

void ClockMachine::start(std::optional<std::int64_t> origin, Surroundings& surroundings) {
    from_ = origin.value_or(kFirstTime.microseconds);
    look(from_, surroundings);
}

// A deadline that has passed already is missed.
void ClockMachine::look(std::int64_t instant, Surroundings& surroundings) {
    const interpret::HeldValue field = surroundings.held(shape_->on->clock, instant);
    until_ = field.until;
    due_.reset();
    if (!field.value.known())
        return;
    due_ = checked_add(field.value.integer(), shape_->on->offset);
    if (due_ && *due_ < instant)
        due_.reset();
}

std::optional<Occurrence> ClockMachine::handle(const Moment& moment, Surroundings& surroundings) {
    if (moment.instant < from_)
        return std::nullopt;
    if (moment.changed || moment.instant >= until_)
        look(moment.instant, surroundings);
    if (!due_ || *due_ > moment.instant)
        return std::nullopt;
    const Occurrence reached{.instant = *due_, .start = *due_, .occasion = Occasion::Deadline};
    due_.reset();
    return reached;
}

std::optional<std::int64_t> ClockMachine::wake() const {
    const std::int64_t next = std::min(until_, due_.value_or(INT64_MAX));
    return next == INT64_MAX ? std::nullopt : std::optional(next);
}

} // namespace rulebook::trigger
