#include "runtime/trigger/account_triggers.hpp"

#include <algorithm>
#include <array>
#include <tuple>

namespace rulebook::trigger {

using interpret::Record;
using interpret::RowIndex;
using plan::EntityIndex;

namespace {

// The rows of an entity that belong to the root record, directly or by their parents.
std::vector<RowIndex> rows_below(const data::Dataset& dataset, RowIndex root, EntityIndex entity) {
    const auto parent = dataset.schema().entities[entity].parent;
    if (!parent)
        return {root};
    std::vector<RowIndex> rows;
    for (const RowIndex above : rows_below(dataset, root, *parent)) {
        const data::RowRange range = dataset.children(entity, above);
        for (RowIndex row = range.first; row < range.last; ++row)
            rows.push_back(row);
    }
    return rows;
}

// Evaluates for one root record. Firings of the instant itself do not count yet.
class RowConditions : public Conditions {
public:
    RowConditions(interpret::Evaluator& evaluator, Record root, const AccountMachine& machine)
        : evaluator_(evaluator), root_(root),
          fired_([this, &machine](std::uint32_t rule, std::optional<std::int64_t> since,
                                  std::int64_t until) {
              return machine.fired(rule, since, std::min(until, instant_ - 1));
          }) {}

    RowConditions(const RowConditions&) = delete;
    RowConditions& operator=(const RowConditions&) = delete;

    plan::Value value(plan::NodeId node, const Candidate& candidate) override {
        return value(node, candidate.instant, candidate.completing);
    }

    plan::Value value(plan::NodeId node, std::int64_t instant, Record element) {
        instant_ = instant;
        const std::array<Record, 2> frames{root_, element};
        interpret::RowContext row;
        row.instant = instant;
        row.frames = frames;
        row.fired = &fired_;
        return evaluator_.evaluate(node, row);
    }

private:
    interpret::Evaluator& evaluator_;
    Record root_;
    std::int64_t instant_ = 0;
    interpret::FiredLookup fired_;
};

std::optional<std::int64_t> integer_of(const data::Dataset& dataset, Record record,
                                       std::optional<plan::FieldIndex> field) {
    if (!field)
        return std::nullopt;
    const plan::Value value = dataset.value(record.entity, record.row, *field);
    return value.known() ? std::optional(value.integer()) : std::nullopt;
}

// Records of the signals' collections up to `as_of`, in the order in which they are handled.
std::vector<SeenEvent> records_in_order(const TriggerShapes& shapes, const data::Dataset& dataset,
                                        RowIndex root, std::int64_t as_of) {
    std::vector<SeenEvent> records;
    for (const auto& [collection, signals] : shapes.signals()) {
        const plan::Entity& entity = shapes.plan().schema.entities[collection];
        for (const RowIndex row : rows_below(dataset, root, collection)) {
            const auto instant = integer_of(dataset, {collection, row}, entity.visible_from());
            if (!instant || *instant > as_of)
                continue;
            const auto sequence = integer_of(dataset, {collection, row}, entity.sequence);
            records.push_back({*instant, {collection, row, sequence, signals}});
        }
    }
    std::ranges::sort(records, {}, [](const SeenEvent& each) {
        return std::tuple(each.instant, each.event.collection, each.event.sequence, each.event.row);
    });
    return records;
}

} // namespace

AccountFirings run_triggers(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                            RowIndex root, std::int64_t as_of) {
    AccountFirings result{{}, {}, AccountMachine(shapes)};
    const plan::Plan& plan = shapes.plan();
    RowConditions conditions(evaluator, {plan.schema.root, root}, result.machine);
    const auto records = records_in_order(shapes, evaluator.dataset(), root, as_of);
    for (auto at = records.begin(); at != records.end();) {
        const std::int64_t instant = at->instant;
        std::vector<Event> events;
        for (; at != records.end() && at->instant == instant; ++at) {
            Event event = at->event; // so far with every signal that ranges over its collection
            std::erase_if(event.signals, [&](std::uint32_t signal) {
                const plan::NodeId where = plan.signals[signal].where;
                return where != plan::kNoNode &&
                       !conditions.value(where, instant, {event.collection, event.row}).is_true();
            });
            if (event.signals.empty())
                continue;
            result.events.push_back({instant, event});
            events.push_back(std::move(event));
        }
        if (events.empty())
            continue;
        for (Candidate& candidate : result.machine.handle(instant, events, conditions))
            result.candidates.push_back(std::move(candidate));
    }
    return result;
}

interpret::FiredLookup fired_lookup(const AccountMachine& machine) {
    return [&machine](std::uint32_t rule, std::optional<std::int64_t> since, std::int64_t until) {
        return machine.fired(rule, since, until);
    };
}

} // namespace rulebook::trigger
