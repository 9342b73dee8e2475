#include "runtime/interpret/kept_elements.hpp"

#include <algorithm>

#include "runtime/interpret/evaluation.hpp"
#include "runtime/interpret/window.hpp"
#include "runtime/plan/element_lookup.hpp"

namespace rulebook::interpret {

std::vector<std::uint32_t> slots_of_kept_elements(const plan::Plan& plan) {
    std::vector<std::uint32_t> slots(plan.nodes.size(), kNoSlot);
    std::uint32_t next = 0;
    for (plan::NodeId id = 0; id < plan.nodes.size(); ++id)
        if (plan.nodes[id].op == plan::Op::Aggregate && plan::elements_stay(plan, plan.nodes[id]))
            slots[id] = next++;
    return slots;
}

std::optional<std::span<const RowIndex>> KeptElements::inside(Evaluation& evaluation,
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
    const auto place = [&](const data::Column* column, auto is_before) {
        const auto bound = std::ranges::partition_point(
            rows_, [&](RowIndex row) { return is_before(column->integer(row)); });
        return static_cast<std::size_t>(bound - rows_.begin());
    };
    std::size_t first = 0;
    std::size_t last = rows_.size();
    if (since_ != nullptr)
        last = place(since_, [&](std::int64_t since) { return since <= evaluation.instant(); });
    if (times_ != nullptr) {
        first = place(times_, [&](std::int64_t time) { return time < windows.first; });
        last =
            std::min(last, place(times_, [&](std::int64_t time) { return time <= windows.last; }));
    }
    return std::span(rows_).subspan(first, std::max(first, last) - first);
}

void KeptElements::keep(Evaluation& evaluation, const plan::Node& node) {
    const plan::Aggregate& aggregate = evaluation.plan().aggregates[node.index];
    const data::Table& table = evaluation.records().dataset().table(aggregate.collection);
    const auto from = evaluation.plan().schema.entities[aggregate.collection].visible_from();
    since_ = from ? &table.column(*from) : nullptr;
    times_ = aggregate.windows.empty() ? nullptr : &table.column(aggregate.time_field);
    rows_.clear();
    state_ = State::Unordered;
    for (const RowIndex row : evaluation.records().children(owner_, aggregate.collection)) {
        if (since_ != nullptr && !since_->known(row))
            continue; // never there
        const Evaluation::WithElement inside(evaluation, node.level, {aggregate.collection, row});
        if (aggregate.where != plan::kNoNode && !evaluation.value(aggregate.where).is_true())
            continue;
        if (times_ != nullptr && !times_->known(row))
            return;
        rows_.push_back(row);
    }
    const auto ascends = [&](const data::Column* column) {
        return column == nullptr || std::ranges::is_sorted(rows_, {}, [&](RowIndex row) {
                   return column->integer(row);
               });
    };
    if (ascends(times_) && ascends(since_))
        state_ = State::Kept;
}

} // namespace rulebook::interpret
