// Which reductions go by running totals.
#include <algorithm>

#include "compiler/codegen/element_emission.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::AggregateKind;
using plan::NodeId;

namespace {

// Totals of a `number` depend on where they begin.
bool is_difference_of_totals(const plan::Plan& plan, const plan::Aggregate& aggregate) {
    switch (aggregate.kind) {
    case AggregateKind::Count:
    case AggregateKind::Any:
    case AggregateKind::Every:
        return true;
    case AggregateKind::Sum:
    case AggregateKind::Avg:
        return cell_of(plan.node(aggregate.value).type) == Cell::Integer;
    default:
        return false;
    }
}

// The windows end with the row's instant, and go by what the elements are in order of.
bool is_of_places(const plan::Entity& entity, const plan::Aggregate& aggregate) {
    if (!entity.visible_from() || aggregate.windows.size() > 1)
        return false;
    return std::ranges::all_of(aggregate.windows, [&](const plan::Window& window) {
        return window.kind == plan::WindowKind::Last &&
               aggregate.time_field == *entity.visible_from();
    });
}

bool stands_still(const plan::Plan& plan, const Placement& elements, NodeId id) {
    const plan::Node& node = plan.node(id);
    const Place place = elements.of(id);
    if (place == Place::OfText)
        return true;
    if (place != Place::Lowered)
        return false;
    if (node.op == plan::Op::Field) {
        const plan::Field& field = plan.schema.entities[elements.entity()].fields[node.index];
        return !field.tracked && !field.known_from;
    }
    return std::ranges::all_of(elements.operands(id), [&](NodeId operand) {
        return stands_still(plan, elements, operand);
    });
}

} // namespace

bool can_run(const plan::Plan& plan, const Reduction& reduction, const Placement& elements) {
    const plan::Aggregate& aggregate = *reduction.aggregate;
    const bool has_windows = !aggregate.windows.empty();
    return is_difference_of_totals(plan, aggregate) &&
           is_of_places(plan.schema.entities[aggregate.collection], aggregate) &&
           !(has_windows && reduction.node == plan::kNoNode) &&
           std::ranges::all_of(asked_of_element(aggregate),
                               [&](NodeId id) { return stands_still(plan, elements, id); });
}

} // namespace rulec::codegen
