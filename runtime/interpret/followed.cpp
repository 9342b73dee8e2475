#include "runtime/interpret/followed.hpp"

#include "runtime/value/integer.hpp"

namespace rulebook::interpret {

using plan::AggregateKind;
using plan::ForEach;

std::optional<Followed> followed(const plan::Plan& plan, const plan::Aggregate& aggregate,
                                 std::uint32_t level, const std::vector<plan::FrameSet>& frames,
                                 const std::vector<plan::Motion>& motions) {
    Followed made{&aggregate, level,
                  plan::element_changes(plan, aggregate, level, frames, motions)};
    if (!made.changes.followed())
        return std::nullopt;
    const plan::Entity& entity = plan.schema.entities[aggregate.collection];
    const bool ordered = !aggregate.windows.empty() || aggregate.kind == AggregateKind::First ||
                         aggregate.kind == AggregateKind::Last;
    made.is_run = !made.changes.changing && entity.parent == aggregate.owner &&
                  (!ordered || entity.visible_from() == aggregate.time_field);
    return made;
}

namespace {

// The age at which an element's points are gone.
std::optional<std::int64_t> age_of_nothing(const plan::PointsClause& clause) {
    const Int128 loses = clause.for_each->loses;
    const Int128 size = clause.points < 0 ? -Int128{clause.points} : Int128{clause.points};
    const Int128 whole = size * clause.for_each->every_microseconds;
    return loses <= 0 ? std::nullopt : narrow((whole + loses - 1) / loses);
}

} // namespace

std::optional<FollowedClause> followed(const plan::Plan& plan, const plan::PointsClause& clause,
                                       const std::vector<plan::FrameSet>& frames,
                                       const std::vector<plan::Motion>& motions) {
    const ForEach& each = *clause.for_each;
    auto all = followed(plan, each.elements, each.level, frames, motions);
    if (!all || !all->is_run)
        return std::nullopt;
    FollowedClause made{.clause = &clause, .all = *std::move(all)};
    if (each.fading == ForEach::Fading::None)
        return made;
    if (each.elements.time_field != plan.schema.entities[each.elements.collection].visible_from())
        return std::nullopt;
    if (each.fading == ForEach::Fading::Halving) {
        made.all.of_times = true;
        return made;
    }
    const auto gone = age_of_nothing(clause);
    if (!gone)
        return std::nullopt;
    plan::Aggregate not_gone = each.elements;
    not_gone.kind = plan::AggregateKind::Sum;
    not_gone.windows.push_back({.kind = plan::WindowKind::Last, .span = {.microseconds = *gone}});
    made.not_gone = std::make_unique<const plan::Aggregate>(std::move(not_gone));
    made.fading = made.all;
    made.fading.aggregate = made.not_gone.get();
    made.fading.of_times = true;
    return made;
}

} // namespace rulebook::interpret
