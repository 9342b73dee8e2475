#include "runtime/trigger/row_surroundings.hpp"

#include <algorithm>

#include "runtime/trigger/control_group.hpp"

namespace rulebook::trigger {

using interpret::Record;

RowSurroundings::RowSurroundings(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                                 const AccountMachine& machine, ControlChoice controls)
    : shapes_(shapes), evaluator_(evaluator), controls_(std::move(controls)),
      root_{shapes.plan().schema.root, 0},
      fired_([this, &machine](std::uint32_t rule, std::int64_t until) {
          return machine.last_fired(rule, std::min(until, instant_ - 1));
      }) {}

RowSurroundings::RowSurroundings(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                                 ControlChoice controls)
    : shapes_(shapes), evaluator_(evaluator), controls_(std::move(controls)),
      root_{shapes.plan().schema.root, 0} {}

interpret::RowContext RowSurroundings::row_at(std::int64_t instant) {
    instant_ = instant;
    frames_.assign(1, root_);
    interpret::RowContext row;
    row.instant = instant;
    row.frames = frames_;
    row.fired = fired_ ? &fired_ : nullptr;
    return row;
}

interpret::RowContext RowSurroundings::row_of(const Candidate& candidate) {
    interpret::RowContext row = row_at(candidate.instant);
    for (const plan::EntityIndex entity : shapes_.plan().triggers[candidate.version].completing) {
        const bool there = candidate.completing && candidate.completing->entity == entity;
        frames_.push_back(there ? *candidate.completing : Record{interpret::kNoRecord, 0});
    }
    row.frames = frames_;
    return row;
}

plan::Value RowSurroundings::value(plan::NodeId node, const Candidate& candidate) {
    return evaluator_.evaluate(node, row_of(candidate));
}

interpret::HeldValue RowSurroundings::held(plan::NodeId node, std::int64_t instant) {
    return evaluator_.held(node, row_at(instant));
}

plan::Value RowSurroundings::field(const Event& event, plan::FieldIndex field,
                                   std::int64_t instant) {
    return evaluator_.field({event.collection, event.row}, field, instant);
}

bool RowSurroundings::is_control(const plan::ControlGroup& group, std::uint32_t rule) {
    if (controls_)
        return controls_(rule);
    return trigger::is_control(group, evaluator_.dataset().key_text(root_.entity, root_.row));
}

const time::Zone* RowSurroundings::zone_of(std::uint32_t calendar, std::int64_t instant) {
    const plan::Calendar& asked = shapes_.plan().calendars[calendar];
    if (!asked.zone.empty())
        return time::find_zone(asked.zone);
    const plan::Value name = evaluator_.evaluate(asked.zone_field, row_at(instant));
    return name.known() ? time::find_zone(name.text()) : nullptr;
}

} // namespace rulebook::trigger
