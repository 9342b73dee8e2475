// What the machines ask of the world around them. They hold no records themselves, so a batch run
// and a stream answer alike: for the account at hand, at the instant that is handled, with all of
// that instant and nothing later.
#pragma once

#include <cstdint>

#include "runtime/interpret/row_context.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/trigger/candidate.hpp"
#include "runtime/trigger/event.hpp"

namespace rulebook::trigger {

class Surroundings {
public:
    virtual ~Surroundings() = default;

    // `when`, `unless`, `suppress`, `say`, where the candidate's completing record is at hand. Of
    // firings it sees those before the instant.
    virtual plan::Value value(plan::NodeId node, const Candidate& candidate) = 0;

    // `becomes C`, clocks: the value holds until then unless records come.
    virtual interpret::HeldValue held(plan::NodeId node, std::int64_t instant) = 0;

    // A field of the event's record.
    virtual plan::Value field(const Event& event, plan::FieldIndex field, std::int64_t instant) = 0;

    // Whether the account is left alone by the control group of this trigger (index in Plan::rules)
    // or its policy.
    virtual bool is_control(const plan::ControlGroup& group, std::uint32_t rule) = 0;

    // The zone of a calendar (index in Plan::calendars); null if it is unknown or no zone.
    virtual const time::Zone* zone_of(std::uint32_t calendar, std::int64_t instant) = 0;
};

} // namespace rulebook::trigger
