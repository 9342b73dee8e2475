// What happened to one account: its events in their order, and what expressions give at an instant.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::oracle {

// A record that some signal matches at its own instant.
struct Event {
    std::int64_t time = 0;
    interpret::Record record;
    std::optional<std::int64_t> sequence;
    std::vector<std::uint32_t> signals; // indexes in Plan::signals

    bool is(std::uint32_t signal) const;
};

// By time or, at one time and in one collection, by sequence.
bool is_later(const Event& late, const Event& early);

class History {
public:
    // All outlive it. Events after `as_of` have not happened.
    History(const interpret::PreparedPlan& prepared, const data::Dataset& dataset,
            interpret::RowIndex root, std::int64_t as_of);

    const plan::Plan& plan() const { return *plan_; }
    const time::Zone& zone() const { return *zone_; }
    std::int64_t as_of() const { return as_of_; }
    // In the order in which they are handled: time, collection, sequence (those without one first),
    // content.
    const std::vector<Event>& events() const { return events_; }

    // Nothing where it is unknown or none is declared.
    std::optional<std::int64_t> origin() const;

    // `frames` follow the root.
    plan::Value value(plan::NodeId node, std::int64_t instant,
                      std::span<const interpret::Record> frames = {},
                      const interpret::FiredLookup* fired = nullptr);
    // A field of an event's record, as known at the event's instant.
    plan::Value field(const Event& event, plan::FieldIndex field) const;

    // The zone of a calendar (index in Plan::calendars); null where it is unknown or no zone.
    const time::Zone* zone_of(std::uint32_t calendar, std::int64_t instant);

    // The instants at which a record comes, a field becomes known or a tracked one changes.
    std::vector<std::int64_t> changes() const;

private:
    std::vector<interpret::Record> records_of(plan::EntityIndex entity) const;
    std::optional<std::int64_t> stored(interpret::Record record, plan::FieldIndex field) const;

    const plan::Plan* plan_;
    const data::Dataset* dataset_;
    interpret::Evaluator evaluator_;
    interpret::Record root_;
    std::int64_t as_of_;
    const time::Zone* zone_;
    std::vector<Event> events_;
};

} // namespace rulebook::oracle
