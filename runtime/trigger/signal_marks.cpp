#include "runtime/trigger/signal_marks.hpp"

#include <algorithm>
#include <array>

#include "runtime/data/numbered_values.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::trigger {

std::optional<plan::FieldIndex> only_field_of_record(const plan::Plan& plan, plan::NodeId node) {
    std::optional<plan::FieldIndex> found;
    std::vector<plan::NodeId> open{node};
    while (!open.empty()) {
        const plan::Node& at = plan.node(open.back());
        open.pop_back();
        if (plan::looks_around(at.op))
            return std::nullopt;
        open.insert(open.end(), at.operands.begin(), at.operands.end());
        if (at.op != plan::Op::Field)
            continue;
        const plan::Field& field =
            plan.schema.entities[static_cast<std::size_t>(at.detail)].fields[at.index];
        if (at.level != 1 || field.tracked || field.known_from || (found && *found != at.index))
            return std::nullopt;
        found = at.index;
    }
    return found;
}

SignalMarks::SignalMarks(const TriggerShapes& shapes, interpret::Evaluator& evaluator)
    : plan_(shapes.plan()), evaluator_(evaluator),
      collections_(shapes.plan().schema.entities.size()) {
    for (const auto& [collection, signals] : shapes.signals())
        for (const std::uint32_t signal : signals)
            add(collections_[collection], collection, signal);
}

void SignalMarks::add(OfCollection& collection, plan::EntityIndex entity, std::uint32_t signal) {
    const plan::NodeId where = plan_.signals[signal].where;
    if (where == plan::kNoNode)
        return collection.always.push_back(signal);
    const auto field = only_field_of_record(plan_, where);
    if (!field || !data::has_numbered_values(plan_.schema.entities[entity].fields[*field].type))
        return collection.others.push_back(signal);
    auto by_field = std::ranges::find(collection.by_field, *field, &ByField::field);
    if (by_field == collection.by_field.end()) {
        collection.by_field.push_back({.field = *field, .signals = {}, .per_value = {}});
        by_field = collection.by_field.end() - 1;
    }
    by_field->signals.push_back(signal);
}

bool SignalMarks::matches(std::uint32_t signal, interpret::Record root, interpret::Record record,
                          std::int64_t instant) {
    const std::array<interpret::Record, 2> frames{root, record};
    interpret::RowContext row;
    row.instant = instant;
    row.frames = frames;
    return evaluator_.evaluate(plan_.signals[signal].where, row).is_true();
}

const std::vector<std::uint32_t>& SignalMarks::matching(ByField& by_field, interpret::Record root,
                                                        interpret::Record record,
                                                        std::int64_t instant) {
    const data::Column& column = evaluator_.dataset().table(record.entity).column(by_field.field);
    const std::size_t value = data::number_of_value(column, record.row);
    if (by_field.per_value.size() <= value)
        by_field.per_value.resize(value + 1);
    auto& signals = by_field.per_value[value];
    if (!signals) {
        signals.emplace();
        for (const std::uint32_t signal : by_field.signals)
            if (matches(signal, root, record, instant))
                signals->push_back(signal);
    }
    return *signals;
}

void SignalMarks::mark(interpret::Record root, interpret::Record record, std::int64_t instant,
                       std::vector<std::uint32_t>& signals) {
    OfCollection& collection = collections_[record.entity];
    const auto first = static_cast<std::ptrdiff_t>(signals.size());
    signals.insert(signals.end(), collection.always.begin(), collection.always.end());
    for (ByField& by_field : collection.by_field) {
        const auto& matching_signals = matching(by_field, root, record, instant);
        signals.insert(signals.end(), matching_signals.begin(), matching_signals.end());
    }
    for (const std::uint32_t signal : collection.others)
        if (matches(signal, root, record, instant))
            signals.push_back(signal);
    if (signals.end() - signals.begin() > first + 1)
        std::sort(signals.begin() + first, signals.end());
}

} // namespace rulebook::trigger
