#include "runtime/interpret/followed.hpp"

namespace rulebook::interpret {

using plan::AggregateKind;

std::optional<Followed> followed(const plan::Plan& plan, const plan::Aggregate& aggregate,
                                 std::uint32_t level, const std::vector<plan::Frames>& frames,
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

} // namespace rulebook::interpret
