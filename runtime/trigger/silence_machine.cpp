#include "runtime/trigger/silence_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

void SilenceMachine::start(std::optional<std::int64_t> origin, Surroundings& surroundings) {
    origin_ = origin;
    deadline_.reset();
    if (origin)
        begin(*origin, surroundings);
}

void SilenceMachine::begin(std::int64_t opening, Surroundings& surroundings) {
    opening_ = opening;
    deadline_ = shape_->extents->deadline(shape_->on->wait, opening, surroundings);
}

std::optional<Occurrence> SilenceMachine::handle(const Moment& moment, Surroundings& surroundings) {
    if (!origin_ || moment.instant < *origin_)
        return std::nullopt;
    if (std::ranges::any_of(moment.events, [&](const Event& event) {
            return event.is_any_of(shape_->on->absent);
        })) {
        begin(moment.instant, surroundings);
        return std::nullopt;
    }
    if (!deadline_ || *deadline_ > moment.instant)
        return std::nullopt;
    const Occurrence passed{
        .instant = *deadline_, .start = opening_, .occasion = Occasion::Deadline};
    deadline_.reset();
    return passed;
}

} // namespace rulebook::trigger
