#include "runtime/trigger/without_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

void WithoutMachine::start(std::optional<std::int64_t>, Surroundings&) {
    pattern_.consume();
    wait_.reset();
}

// Opens precede closes, closes precede the deadline.
std::optional<Occurrence> WithoutMachine::handle(const Moment& moment, Surroundings& surroundings) {
    if (!wait_)
        open(moment, surroundings);
    if (!wait_)
        return std::nullopt;
    if (std::ranges::any_of(moment.events, [&](const Event& event) {
            return event.is_any_of(shape_->on->absent) && closes(event, moment.instant);
        })) {
        wait_.reset();
        return std::nullopt;
    }
    if (wait_->deadline > moment.instant)
        return std::nullopt;
    const Occurrence passed{.instant = wait_->deadline,
                            .start = wait_->start,
                            .occasion = Occasion::Deadline,
                            .completing = wait_->completing};
    wait_.reset();
    return passed;
}

void WithoutMachine::open(const Moment& moment, Surroundings& surroundings) {
    const auto completion = pattern_.handle(moment.instant, moment.events, surroundings);
    if (!completion)
        return;
    const auto deadline = shape_->extents->deadline(shape_->on->wait, moment.instant, surroundings);
    if (!deadline)
        return;
    const Event& event = moment.events[completion->completing];
    wait_ = Wait{.opening = moment.instant,
                 .deadline = *deadline,
                 .start = completion->start,
                 .completing = {event.collection, event.row},
                 .sequence = event.sequence};
    pattern_.consume();
}

bool WithoutMachine::closes(const Event& event, std::int64_t instant) const {
    if (instant > wait_->deadline ||
        (instant == wait_->deadline && !Extents::includes_deadline(shape_->on->wait)))
        return false;
    const bool ordered = instant == wait_->opening && event.sequence && wait_->sequence &&
                         event.collection == wait_->completing.entity;
    return !ordered || *event.sequence > *wait_->sequence;
}

std::optional<std::int64_t> WithoutMachine::wake() const {
    return wait_ ? std::optional(wait_->deadline) : std::nullopt;
}

void WithoutMachine::expire(std::int64_t instant, Surroundings& surroundings) {
    pattern_.expire(instant, surroundings);
}

} // namespace rulebook::trigger
