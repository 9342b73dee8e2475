#include "compiler/lower/followed.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "runtime/plan/motion.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::Motion;
using rulebook::plan::On;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

class FollowedConditions {
public:
    FollowedConditions(const Plan& plan, const ExpressionLowering& expressions,
                       Diagnostics& diagnostics)
        : plan_(plan), motions_(rulebook::plan::motions(plan)), expressions_(expressions),
          diagnostics_(diagnostics) {}

    void check(const On& on, Span place) {
        if (on.condition == kNoNode || motions_[on.condition].kind != Motion::Kind::Unfollowed)
            return;
        const Motion& motion = motions_[on.condition];
        const Span narrow = narrowest(motion.fault, place);
        Diagnostic& report = emit(motion, place.contains(narrow) ? narrow : place);
        if (narrow.somewhere() && !place.contains(narrow))
            report.label(narrow, "here");
    }

private:
    // Where the node is written: in the condition itself if it is, else in what that reads.
    Span narrowest(NodeId node, Span place) const {
        const std::vector<Span> places = expressions_.places(node);
        const auto own =
            std::ranges::find_if(places, [&](Span span) { return place.contains(span); });
        if (own != places.end())
            return *own;
        return places.empty() ? Span{} : places.front();
    }

    Diagnostic& emit(const Motion& motion, Span place) {
        const std::string operation = written(motion.fault);
        switch (motion.reason) {
        case Motion::Reason::Equality: {
            const std::string value = written(moving_operand(motion.fault));
            return diagnostics_.emit<RB3050>(place, operation, value);
        }
        case Motion::Reason::Window:
            return diagnostics_.emit<RB3051>(place, operation);
        default:
            return diagnostics_.emit<RB3052>(place, operation);
        }
    }

    // The operand that moves all the time.
    NodeId moving_operand(NodeId id) const {
        if (id == kNoNode)
            return kNoNode;
        for (const NodeId operand : plan_.nodes[id].operands)
            if (motions_[operand].moves_all_the_time())
                return operand;
        return id;
    }

    std::string written(NodeId id) const {
        return id == kNoNode || plan_.labels[id].empty() ? "this" : plan_.labels[id];
    }

    const Plan& plan_;
    std::vector<Motion> motions_;
    const ExpressionLowering& expressions_;
    Diagnostics& diagnostics_;
};

bool waits_for_condition(const rulebook::plan::Trigger& trigger) {
    return trigger.on.condition != kNoNode;
}

} // namespace

void check_followed(const model::Rulebook& book, const Plan& plan, const RuleOrder& order,
                    const ExpressionLowering& expressions, Diagnostics& diagnostics) {
    if (std::ranges::none_of(plan.triggers, waits_for_condition))
        return;
    FollowedConditions followed(plan, expressions, diagnostics);
    for (std::size_t position = 0; position < order.rules.size(); ++position) {
        const auto& head = plan.rules[position];
        if (head.kind != RuleKind::Trigger)
            continue;
        // The plan's versions stand in the order of time, the model's as they are written.
        for (const std::uint32_t version : head.versions)
            for (const std::uint32_t source : book.rules[order.rules[position]].head.versions)
                if (book.triggers[source].effective == plan.triggers[version].effective)
                    followed.check(plan.triggers[version].on, book.trigger_spans[source].on);
    }
}

} // namespace rulec::lower
