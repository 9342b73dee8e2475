#include "compiler/codegen/element_emission.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::Aggregate;
using plan::AggregateKind;

static bool goes_by_time(const Aggregate& aggregate) {
    return aggregate.kind == AggregateKind::First || aggregate.kind == AggregateKind::Last;
}

// there, inside the windows, and `where` is true
llvm::Value* ElementEmission::counts(const Aggregate& aggregate,
                                     const std::optional<Bounds>& bounds, bool by_time) {
    auto& ir = emission_.body();
    llvm::Value* counts = ir.getTrue();
    if (const auto from = emission_.plan().schema.entities[aggregate.collection].visible_from()) {
        const Lowered since = emission_.stored(*from);
        counts = since.known;
        if (!running_)
            counts = ir.CreateAnd(counts, ir.CreateICmpSLE(since.value, emission_.instant()));
    }
    if (bounds || by_time)
        counts = ir.CreateAnd(counts, emission_.field(aggregate.time_field).known);
    if (bounds) {
        const Lowered time = emission_.field(aggregate.time_field);
        auto* const first = emission_.owned(bounds->first, Cell::Integer);
        auto* const last = emission_.owned(bounds->last, Cell::Integer);
        counts = ir.CreateAnd(counts, ir.CreateAnd(ir.CreateICmpSLE(first, time.value),
                                                   ir.CreateICmpSLE(time.value, last)));
    }
    if (aggregate.where != plan::kNoNode) {
        const Lowered where = emission_.value(aggregate.where);
        counts = ir.CreateAnd(counts, ir.CreateAnd(where.known, where.value));
    }
    return counts;
}

ElementValues ElementEmission::ask(const Reduction& reduction,
                                   const std::optional<Bounds>& bounds) {
    const Aggregate& aggregate = *reduction.aggregate;
    const bool by_time = goes_by_time(aggregate);
    const Choice choice{aggregate.collection, aggregate.where, by_time,
                        bounds || by_time ? aggregate.time_field : 0,
                        bounds ? std::optional(bounds->first) : std::nullopt};
    llvm::Value*& chosen = counts_[choice];
    if (chosen == nullptr)
        chosen = counts(aggregate, bounds, by_time);
    ElementValues element;
    element.counts = chosen;
    if (reduction.clause != nullptr)
        return element;
    if (aggregate.value != plan::kNoNode)
        element.value = emission_.value(aggregate.value);
    else if (aggregate.have != plan::kNoNode)
        element.value = emission_.value(aggregate.have);
    if (by_time)
        element.time = emission_.field(aggregate.time_field).value;
    return element;
}

} // namespace rulec::codegen
