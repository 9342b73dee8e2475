#include "tests/oracle/history.hpp"

#include <algorithm>
#include <set>
#include <stdexcept>
#include <tuple>

namespace rulebook::oracle {

using interpret::Record;
using plan::Value;

bool Event::is(std::uint32_t signal) const {
    return std::ranges::count(signals, signal) > 0;
}

bool is_later(const Event& late, const Event& early) {
    if (late.time != early.time)
        return late.time > early.time;
    return late.record.entity == early.record.entity && late.sequence && early.sequence &&
           *late.sequence > *early.sequence;
}

History::History(const interpret::PreparedPlan& prepared, const data::Dataset& dataset,
                 interpret::RowIndex root, std::int64_t as_of)
    : plan_(&prepared.plan()), dataset_(&dataset), evaluator_(prepared, dataset),
      root_{prepared.plan().schema.root, root}, as_of_(as_of),
      zone_(time::find_zone(prepared.plan().timezone)) {
    if (zone_ == nullptr)
        throw std::logic_error("no such zone: " + plan_->timezone);
    for (plan::EntityIndex entity = 0; entity < plan_->schema.entities.size(); ++entity) {
        const plan::Entity& declared = plan_->schema.entities[entity];
        if (!declared.ordered_by)
            continue;
        for (const Record record : records_of(entity)) {
            const auto time = stored(record, *declared.ordered_by);
            if (!time || *time > as_of)
                continue;
            Event event{*time, record, std::nullopt, {}};
            if (declared.sequence)
                event.sequence = stored(record, *declared.sequence);
            for (std::uint32_t signal = 0; signal < plan_->signals.size(); ++signal) {
                const plan::Signal& known = plan_->signals[signal];
                if (known.collection == entity &&
                    (known.where == plan::kNoNode ||
                     value(known.where, *time, std::span(&record, 1)).is_true()))
                    event.signals.push_back(signal);
            }
            if (!event.signals.empty())
                events_.push_back(event);
        }
    }
    std::ranges::sort(events_, {}, [](const Event& event) {
        return std::tuple(event.time, event.record.entity, event.sequence, event.record.row);
    });
}

std::vector<Record> History::records_of(plan::EntityIndex entity) const {
    const auto parent = plan_->schema.entities[entity].parent;
    if (!parent)
        return {root_};
    std::vector<Record> records;
    for (const Record above : records_of(*parent)) {
        const data::RowRange rows = dataset_->children(entity, above.row);
        for (auto row = rows.first; row < rows.last; ++row)
            records.push_back({entity, row});
    }
    return records;
}

std::optional<std::int64_t> History::stored(Record record, plan::FieldIndex field) const {
    const Value value = dataset_->value(record.entity, record.row, field);
    return value.known() ? std::optional(value.integer()) : std::nullopt;
}

std::optional<std::int64_t> History::origin() const {
    const auto& fields = plan_->schema.root_entity().fields;
    for (plan::FieldIndex i = 0; i < fields.size(); ++i)
        if (fields[i].origin)
            return stored(root_, i);
    return std::nullopt;
}

Value History::value(plan::NodeId node, std::int64_t instant, std::span<const Record> frames,
                     const interpret::FiredLookup* fired) {
    std::vector<Record> all{root_};
    all.insert(all.end(), frames.begin(), frames.end());
    interpret::RowContext row;
    row.instant = instant;
    row.frames = all;
    row.fired = fired;
    return evaluator_.evaluate(node, row);
}

// The last paragraph of section 2 of the language reference.
Value History::field(const Event& event, plan::FieldIndex index) const {
    const auto [entity, row] = event.record;
    const plan::Field& field = plan_->schema.entities[entity].fields[index];
    Value value = dataset_->value(entity, row, index);
    if (!field.known_from)
        return value;
    const auto since = stored(event.record, *field.known_from);
    if (since)
        return *since <= event.time ? value : field.before.value_or(Value());
    return field.before && (!value.known() || value == *field.before) ? *field.before : Value();
}

const time::Zone* History::zone_of(std::uint32_t index, std::int64_t instant) {
    const plan::Calendar& calendar = plan_->calendars[index];
    if (!calendar.zone.empty())
        return time::find_zone(calendar.zone);
    const Value name = value(calendar.zone_field, instant);
    return name.known() ? time::find_zone(name.text()) : nullptr;
}

std::vector<std::int64_t> History::changes() const {
    std::set<std::int64_t> instants;
    for (plan::EntityIndex entity = 0; entity < plan_->schema.entities.size(); ++entity) {
        const plan::Entity& declared = plan_->schema.entities[entity];
        for (const Record record : records_of(entity)) {
            std::vector<std::optional<std::int64_t>> all;
            if (declared.visible_from())
                all.push_back(stored(record, *declared.visible_from()));
            for (const plan::Field& field : declared.fields)
                if (field.known_from)
                    all.push_back(stored(record, *field.known_from));
            for (const std::int64_t instant : dataset_->history_instants(entity, record.row))
                all.push_back(instant);
            for (const auto& instant : all)
                if (instant)
                    instants.insert(*instant);
        }
    }
    if (dataset_->taken_at())
        instants.insert(*dataset_->taken_at());
    return {instants.begin(), instants.end()};
}

} // namespace rulebook::oracle
