// What is asked of a collection. Elements whose condition is unknown are passed over. `sum`, `min`,
// `max`, `avg` and `distinct` skip unknown values; where all are unknown, so is the result.
#include "runtime/interpret/aggregates.hpp"

#include <algorithm>
#include <functional>
#include <vector>

#include "runtime/interpret/elements.hpp"
#include "runtime/interpret/followed_aggregate.hpp"
#include "runtime/interpret/lift.hpp"
#include "runtime/plan/element_lookup.hpp"
#include "runtime/value/integer.hpp"
#include "runtime/value/number.hpp"

namespace rulebook::interpret {

using plan::Aggregate;
using plan::AggregateKind;

Value evaluate(Is<plan::Op::Aggregate>, const Call& call) {
    const Aggregate& aggregate = call.evaluation.plan().aggregates[call.node.index];
    if (call.evaluation.frame(aggregate.owner_level).entity == kNoRecord)
        return call.unknown(Cause::OtherRecord);
    if (FollowedAggregate* followed = call.evaluation.followed(call.id))
        if (auto value = followed->value(call))
            return *std::move(value);
    switch (aggregate.kind) {
#define RB_AGGREGATE(Name, id, spelling)                                                           \
    case AggregateKind::Name:                                                                      \
        return reduce(Of<AggregateKind::Name>{}, call, aggregate);
#include "runtime/plan/aggregates.def"
    }
    return call.unknown(Cause::EmptyCollection);
}

namespace {

// The elements that count, where they are kept.
std::optional<std::span<const RowIndex>> kept_elements(const Call& call,
                                                       const Aggregate& aggregate) {
    KeptElements* kept = call.evaluation.kept_elements(call.id);
    if (kept == nullptr)
        return std::nullopt;
    const auto instants = instants_of(call.evaluation, aggregate.windows);
    if (!instants)
        return std::span<const RowIndex>{};
    return kept->inside(call.evaluation, call.node, call.evaluation.frame(aggregate.owner_level),
                        *instants);
}

// As for_each_element.
template <class Visit>
void for_each_element_of(const Call& call, const Aggregate& aggregate, const Visit& visit) {
    const auto kept = kept_elements(call, aggregate);
    if (!kept)
        return for_each_element(call.evaluation, aggregate, call.node.level, visit);
    for (const RowIndex row : *kept) {
        const Record element{aggregate.collection, row};
        const Evaluation::WithElement inside(call.evaluation, call.node.level, element);
        visit(element);
    }
}

std::int64_t count(const Call& call, const Aggregate& aggregate) {
    if (const auto kept = kept_elements(call, aggregate))
        return static_cast<std::int64_t>(kept->size());
    std::int64_t count = 0;
    for_each_element(call.evaluation, aggregate, call.node.level, [&](Record) { ++count; });
    return count;
}

// The values of the elements that count, in collection order.
struct Values {
    std::vector<Value> known;
    std::int64_t elements = 0;

    // Elements are there, but not one known value.
    bool all_unknown() const { return elements > 0 && known.empty(); }
};

Values values_of(const Call& call, const Aggregate& aggregate) {
    Values values;
    for_each_element_of(call, aggregate, [&](Record) {
        Value value = call.evaluation.value(aggregate.value);
        ++values.elements;
        if (value.known())
            values.known.push_back(std::move(value));
    });
    return values;
}

ExactSum exact_sum(const std::vector<Value>& values) {
    ExactSum sum;
    for (const Value& value : values)
        sum.add(value.integer());
    return sum;
}

// One binary64 addition per element, in collection order.
double number_sum(const std::vector<Value>& values) {
    double sum = 0.0;
    for (const Value& value : values)
        sum += value.real();
    return sum;
}

bool held_as_real(const Call& call, plan::NodeId id) {
    return plan::representation(call.evaluation.plan().node(id).type.kind) ==
           plan::Representation::Real;
}

} // namespace

Value reduce(Of<AggregateKind::Count>, const Call& call, const Aggregate& aggregate) {
    return Value::of(count(call, aggregate));
}

Value reduce(Of<AggregateKind::Any>, const Call& call, const Aggregate& aggregate) {
    return Value::of(count(call, aggregate) > 0);
}

// No element that counts has `have` false or unknown.
Value reduce(Of<AggregateKind::Every>, const Call& call, const Aggregate& aggregate) {
    bool every = true;
    for_each_element_of(call, aggregate, [&](Record) {
        every = every && call.evaluation.value(aggregate.have).is_true();
    });
    return Value::of(every);
}

Value reduce(Of<AggregateKind::Sum>, const Call& call, const Aggregate& aggregate) {
    const Values values = values_of(call, aggregate);
    if (values.all_unknown())
        return call.unknown(Cause::AllUnknown);
    if (held_as_real(call, aggregate.value))
        return to_number(call, number_sum(values.known));
    return to_value(call, Cause::Overflow, exact_sum(values.known).sum());
}

// `avg` of money, percent and durations is rounded half to even; of int it is a number.
Value reduce(Of<AggregateKind::Avg>, const Call& call, const Aggregate& aggregate) {
    const Values values = values_of(call, aggregate);
    if (values.elements == 0)
        return call.unknown(Cause::EmptyCollection);
    if (values.all_unknown())
        return call.unknown(Cause::AllUnknown);
    if (held_as_real(call, aggregate.value))
        return to_number(call, number_sum(values.known) / static_cast<double>(values.known.size()));
    const ExactSum sum = exact_sum(values.known);
    if (call.node.type.is(plan::TypeKind::Number)) {
        if (!sum.sum())
            return call.unknown(Cause::Overflow);
        return to_value(call, Cause::Inexact, ratio(*sum.sum(), sum.count()));
    }
    return to_value(call, Cause::Overflow, sum.mean());
}

static Value extreme(const Call& call, const Aggregate& aggregate,
                     const std::function<bool(const Value&, const Value&)>& better) {
    const Values values = values_of(call, aggregate);
    if (values.elements == 0)
        return call.unknown(Cause::EmptyCollection);
    if (values.all_unknown())
        return call.unknown(Cause::AllUnknown);
    return *std::ranges::min_element(values.known, better);
}

Value reduce(Of<AggregateKind::Min>, const Call& call, const Aggregate& aggregate) {
    return extreme(call, aggregate, [](const Value& a, const Value& b) { return a < b; });
}

Value reduce(Of<AggregateKind::Max>, const Call& call, const Aggregate& aggregate) {
    return extreme(call, aggregate, [](const Value& a, const Value& b) { return b < a; });
}

Value reduce(Of<AggregateKind::Distinct>, const Call& call, const Aggregate& aggregate) {
    Values values = values_of(call, aggregate);
    if (values.all_unknown())
        return call.unknown(Cause::AllUnknown);
    std::ranges::sort(values.known, [](const Value& a, const Value& b) { return a < b; });
    const auto repeated = std::ranges::unique(values.known);
    return Value::of(static_cast<std::int64_t>(repeated.begin() - values.known.begin()));
}

namespace {

// Of the elements in the collection's order: which of them counts where several come first in time.
enum class Chosen : std::uint8_t { First, Last };

// Known without a look at the others where the elements are kept in the order of their times.
// Nothing: they are not; no record: there is none.
std::optional<std::optional<Record>> chosen_by_place(const Call& call, const Aggregate& aggregate,
                                                     Chosen which) {
    if (!plan::windows_go_by_arrival(call.evaluation.plan().schema, aggregate))
        return std::nullopt;
    const auto kept = kept_elements(call, aggregate);
    if (!kept)
        return std::nullopt;
    if (kept->empty())
        return std::optional<Record>();
    return Record{aggregate.collection, which == Chosen::First ? kept->front() : kept->back()};
}

// The first in time, or the last; of elements at one time the collection's order decides.
std::optional<Record> chosen_in_time(const Call& call, const Aggregate& aggregate, Chosen which) {
    std::optional<Record> chosen;
    std::int64_t chosen_time = 0;
    for_each_element(call.evaluation, aggregate, call.node.level, [&](Record element) {
        const Value time = time_of(call.evaluation, aggregate, element);
        if (!time.known())
            return;
        const bool comes_before =
            which == Chosen::First ? time.integer() < chosen_time : time.integer() >= chosen_time;
        if (chosen && !comes_before)
            return;
        chosen = element;
        chosen_time = time.integer();
    });
    return chosen;
}

// The value of the element, known or not.
Value value_of(const Call& call, const Aggregate& aggregate, Chosen which) {
    const auto placed = chosen_by_place(call, aggregate, which);
    const auto chosen = placed ? *placed : chosen_in_time(call, aggregate, which);
    if (!chosen)
        return call.unknown(Cause::EmptyCollection);
    const Evaluation::WithElement inside(call.evaluation, call.node.level, *chosen);
    return call.evaluation.value(aggregate.value);
}

} // namespace

Value reduce(Of<AggregateKind::First>, const Call& call, const Aggregate& aggregate) {
    return value_of(call, aggregate, Chosen::First);
}

Value reduce(Of<AggregateKind::Last>, const Call& call, const Aggregate& aggregate) {
    return value_of(call, aggregate, Chosen::Last);
}

} // namespace rulebook::interpret
