#include "runtime/plan/moving_windows.hpp"

#include <algorithm>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::plan {

namespace {

class Windows {
public:
    explicit Windows(const Plan& plan) : plan_(plan) {}

    std::optional<std::vector<MovingWindow>> of(NodeId node) {
        for (const NodeId id : nodes_behind(plan_, node))
            if (!add(plan_.node(id)))
                return std::nullopt;
        return std::move(found_);
    }

private:
    // False: time does something else.
    bool add(const Node& node) {
        switch (motion(node.op)) {
        case OpMotion::Instant:
        case OpMotion::Past:
            return false;
        case OpMotion::OfRecords:
            return node.op == Op::Aggregate && add(plan_.aggregates[node.index]);
        case OpMotion::OfRule:
            return add(plan_.rules[node.index]);
        default:
            return true;
        }
    }

    bool add(const Aggregate& aggregate) {
        if (aggregate.source != AggregateSource::Collection)
            return false;
        for (const Window& window : aggregate.windows) {
            if (window.kind != WindowKind::Last) {
                // Of an anchor that nothing moves: all that is behind it is looked at, too.
                if (window.anchor == kNoNode)
                    return false;
                continue;
            }
            if (plan_.schema.entities[aggregate.collection].parent != plan_.schema.root ||
                !aggregate.has_time_field)
                return false;
            const MovingWindow moving{aggregate.collection, aggregate.time_field, window};
            if (std::ranges::find(found_, moving) == found_.end())
                found_.push_back(moving);
        }
        return true;
    }

    bool add(const Rule& rule) {
        if (rule.versions.size() != 1)
            return false;
        const std::uint32_t version = rule.versions.front();
        const auto is_always_in_force = [](const Effective& effective) {
            return !effective.from && !effective.until;
        };
        switch (rule.kind) {
        case RuleKind::Fit:
            return is_always_in_force(plan_.fits[version].effective) && add(plan_.fits[version]);
        case RuleKind::Decision:
            return is_always_in_force(plan_.decisions[version].effective);
        case RuleKind::Table:
            return is_always_in_force(plan_.tables[version].effective);
        case RuleKind::Trigger:
        case RuleKind::Credit:
            break;
        }
        return false;
    }

    bool add(const Fit& fit) {
        return std::ranges::all_of(fit.clauses, [&](const PointsClause& clause) {
            return !clause.for_each || (clause.for_each->fading == ForEach::Fading::None &&
                                        add(clause.for_each->elements));
        });
    }

    const Plan& plan_;
    std::vector<MovingWindow> found_;
};

} // namespace

std::optional<std::vector<MovingWindow>> moving_windows(const Plan& plan, NodeId node) {
    return Windows(plan).of(node);
}

} // namespace rulebook::plan
