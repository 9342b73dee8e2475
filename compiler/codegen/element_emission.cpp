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
        counts = ir.CreateAnd(since.known, ir.CreateICmpSLE(since.value, emission_.instant()));
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

ArrayIndex ElementEmission::array_of(plan::NodeId node) {
    if (const auto known = emission_.array_of_node(emission_.entity(), node))
        return *known;
    return emission_.write_value(emission_.plan().node(node).type, emission_.value(node), node);
}

ElementArrays ElementEmission::ask(const Reduction& reduction,
                                   const std::optional<Bounds>& bounds) {
    const Aggregate& aggregate = *reduction.aggregate;
    const bool by_time = goes_by_time(aggregate);
    const Choice choice{aggregate.collection, aggregate.where, by_time,
                        bounds || by_time ? aggregate.time_field : 0,
                        bounds ? std::optional(bounds->first) : std::nullopt};
    const auto [known, is_new] = counts_.try_emplace(choice, 0);
    if (is_new)
        known->second = emission_.write(Cell::Bool, counts(aggregate, bounds, by_time));
    ElementArrays arrays{.counts = known->second, .value = {}, .time = {}};
    if (reduction.clause != nullptr)
        return arrays;
    if (aggregate.value != plan::kNoNode)
        arrays.value = array_of(aggregate.value);
    else if (aggregate.have != plan::kNoNode)
        arrays.value = array_of(aggregate.have);
    if (by_time)
        arrays.time = emission_.write(Cell::Integer, emission_.field(aggregate.time_field).value);
    return arrays;
}

} // namespace rulec::codegen
