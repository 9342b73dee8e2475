#include "runtime/interpret/part.hpp"

#include "runtime/interpret/elements.hpp"

namespace rulebook::interpret {

using plan::AggregateKind;

namespace {

// Less the way that it has gone since 1970; nothing where that does not fit.
std::optional<plan::Value> at_rest(const plan::Value& value, std::int64_t slope,
                                   std::int64_t instant) {
    if (slope == 0 || !value.known())
        return value;
    const auto rest = narrow(value.integer() - Int128{slope} * instant);
    return rest ? std::optional(plan::Value::of(*rest)) : std::nullopt;
}

} // namespace

Asked part_of(Evaluation& evaluation, const Followed& followed, RowIndex row) {
    const plan::Aggregate& aggregate = *followed.aggregate;
    const Record element{aggregate.collection, row};
    const Evaluation::WithElement inside(evaluation, followed.level, element);
    if (aggregate.where != plan::kNoNode && !evaluation.value(aggregate.where).is_true())
        return {};
    Part part{.row = row, .time = 0, .value = {}, .has = true};
    if (aggregate.kind == AggregateKind::First || aggregate.kind == AggregateKind::Last) {
        const plan::Value time = time_of(evaluation, aggregate, element);
        if (!time.known())
            return {};
        part.time = time.integer();
        return {part};
    }
    if (followed.of_times) {
        part.value = time_of(evaluation, aggregate, element);
        return {part};
    }
    if (aggregate.have != plan::kNoNode)
        part.has = evaluation.value(aggregate.have).is_true();
    if (aggregate.value == plan::kNoNode)
        return {part};
    auto value =
        at_rest(evaluation.value(aggregate.value), followed.changes.slope, evaluation.instant());
    if (!value)
        return {.part = std::nullopt, .fits = false};
    part.value = *std::move(value);
    return {std::move(part)};
}

std::vector<plan::Value> inputs_of(Evaluation& evaluation, const Followed& followed) {
    std::vector<plan::Value> values;
    for (const plan::NodeId input : followed.changes.inputs)
        values.push_back(evaluation.value(input));
    return values;
}

} // namespace rulebook::interpret
