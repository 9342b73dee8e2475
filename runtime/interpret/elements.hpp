// The elements that an aggregate goes over; internal to this folder.
#pragma once

#include <vector>

#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/rows_inside.hpp"
#include "runtime/interpret/window.hpp"
#include "runtime/plan/element_lookup.hpp"
#include "runtime/plan/node.hpp"

namespace rulebook::interpret {

// The records of the collection that are there at the instant and belong to `owner`, in collection
// order; where records stand between, parent by parent, without the children of those that are not
// there.
std::vector<Record> records_offered(const Evaluation& evaluation, plan::EntityIndex collection,
                                    Record owner);

// Calls visit(record) for those of them that come to be there inside `instants`.
template <class Visit>
void for_each_record(const Evaluation& evaluation, plan::EntityIndex collection, Record owner,
                     const Instants& instants, const Visit& visit) {
    const auto& parent = evaluation.plan().schema.entities[collection].parent;
    if (!parent) // the root is nobody's collection
        return;
    const auto visit_children = [&](Record above) {
        const data::RowRange rows = rows_inside(evaluation, collection, above, instants);
        for (RowIndex row = rows.first; row < rows.last; ++row)
            visit(Record{collection, row});
    };
    if (*parent == owner.entity)
        return visit_children(owner);
    for (const Record& above : records_offered(evaluation, *parent, owner))
        visit_children(above);
}

// What the windows and `first`, `last` go by; unknown: the element has no place in that order.
plan::Value time_of(const Evaluation& evaluation, const plan::Aggregate& aggregate, Record element);

// Calls visit(element) for each record that the aggregate's source offers at the instant, in
// collection order, whatever windows and `where` say. Records that come to be there outside
// `instants` may be left out.
template <class Visit>
void for_each_offered(const Evaluation& evaluation, const plan::Aggregate& aggregate,
                      const Instants& instants, const Visit& visit) {
    const RowContext& row = evaluation.row();
    if (aggregate.source == plan::AggregateSource::RuleTouches) {
        for (const RowIndex touch : row.touches.value_or(std::span<const RowIndex>{}))
            visit(Record{aggregate.collection, touch});
        return;
    }
    const bool without_deal = aggregate.source == plan::AggregateSource::OtherDeals;
    for_each_record(evaluation, aggregate.collection, evaluation.frame(aggregate.owner_level),
                    instants, [&](Record element) {
                        if (!without_deal || element.row != row.deal)
                            visit(element);
                    });
}

// Calls visit(element) for each element that counts, in collection order, while frame `level` holds
// it: inside all windows, and `where` is true. An element of which that is unknown does not count.
template <class Visit>
void for_each_element(Evaluation& evaluation, const plan::Aggregate& aggregate, std::uint32_t level,
                      const Visit& visit) {
    const auto instants = instants_of(evaluation, aggregate.windows);
    if (!instants)
        return;
    const Instants arrivals =
        plan::windows_go_by_arrival(evaluation.plan().schema, aggregate) ? *instants : Instants{};
    for_each_offered(evaluation, aggregate, arrivals, [&](Record element) {
        if (!aggregate.windows.empty()) {
            const plan::Value time = time_of(evaluation, aggregate, element);
            if (!time.known() || !instants->contain(time.integer()))
                return;
        }
        const Evaluation::WithElement inside(evaluation, level, element);
        if (aggregate.where == plan::kNoNode || evaluation.value(aggregate.where).is_true())
            visit(element);
    });
}

} // namespace rulebook::interpret
