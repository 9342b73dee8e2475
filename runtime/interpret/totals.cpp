#include "runtime/interpret/totals.hpp"

#include "runtime/interpret/lift.hpp"
#include "runtime/value/number.hpp"

namespace rulebook::interpret {

using plan::AggregateKind;

void Totals::count(const Part& part, int sign) {
    elements_ += sign;
    without_ += part.has ? 0 : sign;
    known_ += part.value.known() ? sign : 0;
}

void Totals::add(const Part& part, bool for_good) {
    count(part, 1);
    switch (aggregate_->kind) {
    case AggregateKind::First:
    case AggregateKind::Last: {
        const Place place{part.time, part.row};
        return for_good ? places_.add_for_good(place) : places_.add(place);
    }
    case AggregateKind::Sum:
    case AggregateKind::Avg:
        if (part.value.alternative() == 3)
            numbers_.add(part.row, part.value.real(), for_good && in_order_);
        else if (part.value.known())
            sum_ += part.value.integer();
        return;
    case AggregateKind::Min:
    case AggregateKind::Max:
        if (part.value.known())
            for_good ? values_.add_for_good(part.value) : values_.add(part.value);
        return;
    case AggregateKind::Distinct:
        if (part.value.known())
            ++times_[part.value];
        return;
    case AggregateKind::Count:
    case AggregateKind::Any:
    case AggregateKind::Every:
        return;
    }
}

void Totals::remove(const Part& part) {
    count(part, -1);
    switch (aggregate_->kind) {
    case AggregateKind::First:
    case AggregateKind::Last:
        return places_.remove({part.time, part.row});
    case AggregateKind::Sum:
    case AggregateKind::Avg:
        if (part.value.alternative() == 3)
            numbers_.remove(part.row);
        else if (part.value.known())
            sum_ -= part.value.integer();
        return;
    case AggregateKind::Min:
    case AggregateKind::Max:
        if (part.value.known())
            values_.remove(part.value);
        return;
    case AggregateKind::Distinct:
        if (part.value.known())
            if (const auto found = times_.find(part.value); --found->second == 0)
                times_.erase(found);
        return;
    case AggregateKind::Count:
    case AggregateKind::Any:
    case AggregateKind::Every:
        return;
    }
}

std::optional<Value> Totals::value(const Call& call) const {
    switch (aggregate_->kind) {
    case AggregateKind::Count:
        return Value::of(elements_);
    case AggregateKind::Any:
        return Value::of(elements_ > 0);
    case AggregateKind::Every:
        return Value::of(without_ == 0);
    case AggregateKind::Sum:
        return sum(call);
    case AggregateKind::Avg:
        return average(call);
    case AggregateKind::Min:
    case AggregateKind::Max:
        return extreme(call);
    case AggregateKind::Distinct:
        return distinct(call);
    case AggregateKind::First:
    case AggregateKind::Last:
        return value_of_chosen(call);
    }
    return std::nullopt;
}

Int128 Totals::exact_sum(const Call& call) const {
    return sum_ + Int128{slope_} * call.evaluation.instant() * known_;
}

std::optional<Value> Totals::sum(const Call& call) const {
    if (all_unknown())
        return call.unknown(Cause::AllUnknown);
    const plan::Type type = call.evaluation.plan().node(aggregate_->value).type;
    if (plan::representation(type.kind) == plan::Representation::Real)
        return to_number(call, numbers_.sum());
    return to_value(call, Cause::Overflow, narrow(exact_sum(call)));
}

std::optional<Value> Totals::average(const Call& call) const {
    if (elements_ == 0)
        return call.unknown(Cause::EmptyCollection);
    if (all_unknown())
        return call.unknown(Cause::AllUnknown);
    const plan::Type type = call.evaluation.plan().node(aggregate_->value).type;
    if (plan::representation(type.kind) == plan::Representation::Real)
        return to_number(call, numbers_.sum() / static_cast<double>(known_));
    const Int128 sum = exact_sum(call);
    if (!call.node.type.is(plan::TypeKind::Number))
        return to_value(call, Cause::Overflow, narrow(divide_half_even(sum, known_)));
    const auto exact = narrow(sum);
    return exact ? to_value(call, Cause::Inexact, ratio(*exact, known_))
                 : call.unknown(Cause::Overflow);
}

std::optional<Value> Totals::extreme(const Call& call) const {
    if (elements_ == 0)
        return call.unknown(Cause::EmptyCollection);
    auto found = aggregate_->kind == AggregateKind::Min ? values_.least() : values_.greatest();
    if (!found)
        return call.unknown(Cause::AllUnknown);
    if (slope_ == 0)
        return found;
    const auto now = narrow(found->integer() + Int128{slope_} * call.evaluation.instant());
    return now ? std::optional(Value::of(*now)) : std::nullopt;
}

std::optional<Value> Totals::distinct(const Call& call) const {
    if (all_unknown())
        return call.unknown(Cause::AllUnknown);
    return Value::of(static_cast<std::int64_t>(times_.size()));
}

std::optional<Value> Totals::value_of_chosen(const Call& call) const {
    const auto place =
        aggregate_->kind == AggregateKind::First ? places_.least() : places_.greatest();
    if (!place)
        return call.unknown(Cause::EmptyCollection);
    const Evaluation::WithElement inside(call.evaluation, call.node.level,
                                         {aggregate_->collection, place->second});
    return call.evaluation.value(aggregate_->value);
}

} // namespace rulebook::interpret
