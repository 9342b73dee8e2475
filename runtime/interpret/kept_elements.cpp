#include "runtime/interpret/kept_elements.hpp"

#include <algorithm>
#include <set>

#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/window.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::interpret {

using plan::Op;

namespace {

bool never_changes(const plan::Field& field) {
    return !field.tracked && !field.known_from;
}

// Whether a value depends on nothing but fields of one frame's record that never change.
class StableValues {
public:
    StableValues(const plan::Plan& plan, const plan::Entity& entity, std::uint32_t level)
        : plan_(plan), entity_(entity), level_(level) {}

    bool is_stable(plan::NodeId id) {
        if (!seen_.insert(id).second)
            return true; // or it was found out already
        const plan::Node& node = plan_.node(id);
        if (plan::looks_around(node.op))
            return false;
        if (node.op == Op::Field)
            return node.level == level_ && never_changes(entity_.fields[node.index]);
        return std::ranges::all_of(node.operands,
                                   [&](plan::NodeId operand) { return is_stable(operand); });
    }

private:
    const plan::Plan& plan_;
    const plan::Entity& entity_;
    std::uint32_t level_;
    std::set<plan::NodeId> seen_;
};

bool keeps(const plan::Plan& plan, const plan::Node& node) {
    const plan::Aggregate& aggregate = plan.aggregates[node.index];
    const plan::Entity& entity = plan.schema.entities[aggregate.collection];
    if (aggregate.source != plan::AggregateSource::Collection || entity.parent != aggregate.owner)
        return false;
    if (aggregate.has_time_field && !never_changes(entity.fields[aggregate.time_field]))
        return false;
    return aggregate.where == plan::kNoNode ||
           StableValues(plan, entity, node.level).is_stable(aggregate.where);
}

} // namespace

std::vector<std::uint32_t> slots_of_kept_elements(const plan::Plan& plan) {
    std::vector<std::uint32_t> slots(plan.nodes.size(), kNoSlot);
    std::uint32_t next = 0;
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (plan.nodes[id].op == Op::Aggregate && keeps(plan, plan.nodes[id]))
            slots[id] = next++;
    return slots;
}

std::optional<std::span<const Record>> KeptElements::inside(Evaluation& evaluation,
                                                            const plan::Node& node, Record owner,
                                                            const Instants& windows) {
    if (owner != owner_) {
        owner_ = owner;
        state_ = State::AskedOnce;
        return std::nullopt;
    }
    if (state_ == State::AskedOnce)
        keep(evaluation, node);
    if (state_ != State::Kept)
        return std::nullopt;
    std::size_t first = 0;
    std::size_t last = elements_.size();
    const auto place = [](const auto& bound) { return static_cast<std::size_t>(bound); };
    if (!since_.empty())
        last = place(std::ranges::upper_bound(since_, evaluation.instant()) - since_.begin());
    if (!times_.empty()) {
        first = place(std::ranges::lower_bound(times_, windows.first) - times_.begin());
        last =
            std::min(last, place(std::ranges::upper_bound(times_, windows.last) - times_.begin()));
    }
    return std::span(elements_).subspan(first, std::max(first, last) - first);
}

void KeptElements::keep(Evaluation& evaluation, const plan::Node& node) {
    const plan::Aggregate& aggregate = evaluation.plan().aggregates[node.index];
    const auto from = evaluation.plan().schema.entities[aggregate.collection].visible_from();
    const Records& records = evaluation.records();
    elements_.clear();
    times_.clear();
    since_.clear();
    state_ = State::Unordered;
    for (const RowIndex row : records.children(owner_, aggregate.collection)) {
        const Record element{aggregate.collection, row};
        const plan::Value since =
            from ? records.stored(element, *from) : plan::Value::of(std::int64_t{0});
        if (!since.known())
            continue; // never there
        const Evaluation::WithElement inside(evaluation, node.level, element);
        if (aggregate.where != plan::kNoNode && !evaluation.value(aggregate.where).is_true())
            continue;
        if (from)
            since_.push_back(since.integer());
        if (!aggregate.windows.empty()) {
            const plan::Value time = records.stored(element, aggregate.time_field);
            if (!time.known())
                return;
            times_.push_back(time.integer());
        }
        elements_.push_back(element);
    }
    if (std::ranges::is_sorted(times_) && std::ranges::is_sorted(since_))
        state_ = State::Kept;
}

} // namespace rulebook::interpret
