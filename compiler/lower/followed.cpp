#include "compiler/lower/followed.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/element_changes.hpp"
#include "runtime/plan/motion.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::ElementChanges;
using rulebook::plan::Motion;
using rulebook::plan::On;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;

class FollowedConditions {
public:
    FollowedConditions(const Plan& plan, const ExpressionLowering& expressions,
                       Diagnostics& diagnostics)
        : plan_(plan), motions_(rulebook::plan::motions(plan)),
          frames_(rulebook::plan::frames_of_nodes(plan)), expressions_(expressions),
          diagnostics_(diagnostics) {}

    void check(const On& on, Span place) {
        if (on.condition == kNoNode)
            return;
        if (motions_[on.condition].kind != Motion::Kind::Unfollowed)
            return warn_of_cost(on.condition, place);
        const Motion& motion = motions_[on.condition];
        const Span narrow = narrowest(motion.fault, place);
        Diagnostic& report = emit(motion, place.contains(narrow) ? narrow : place);
        if (narrow.somewhere() && !place.contains(narrow))
            report.label(narrow, "here");
    }

private:
    // Of collections that are gone through anew at every look.
    void warn_of_cost(NodeId condition, Span place) {
        for (const NodeId id : rulebook::plan::nodes_behind(plan_, condition)) {
            const rulebook::plan::Node& node = plan_.nodes[id];
            // One that depends on another collection's element is that one's fault.
            if (node.op != rulebook::plan::Op::Aggregate ||
                rulebook::plan::innermost(frames_[id]) != 0)
                continue;
            const std::string_view why = why_all_again(plan_.aggregates[node.index], node.level);
            if (why.empty())
                continue;
            const Span narrow = narrowest(id, place);
            Diagnostic& report = diagnostics_.emit<RB3115>(place.contains(narrow) ? narrow : place,
                                                           written(id), why);
            if (narrow.somewhere() && !place.contains(narrow))
                report.label(narrow, "here");
        }
    }

    // Empty where the elements are not asked again.
    std::string_view why_all_again(const rulebook::plan::Aggregate& aggregate,
                                   std::uint32_t level) const {
        using Reason = ElementChanges::Reason;
        const ElementChanges changes =
            rulebook::plan::element_changes(plan_, aggregate, level, frames_, motions_);
        switch (changes.reason) {
        case Reason::None:
            break;
        case Reason::Owner:
            return {}; // of the records below one element
        case Reason::Continuous:
            return "it asks about a value of theirs that moves with every instant, and not evenly";
        case Reason::Uneven:
            return "their values move, and not all alike";
        case Reason::Past:
            return "it looks at their past";
        case Reason::Others:
            return "for each of them it asks about other records";
        case Reason::Fired:
            return "for each of them it asks what fired since";
        }
        for (const NodeId input : changes.inputs)
            for (const auto& source : rulebook::plan::sources_of_change(plan_, input))
                if (source.kind == rulebook::plan::ChangeSource::Kind::Visible &&
                    source.entity == aggregate.collection)
                    return "what each is compared with changes with the records";
        return {};
    }

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
    std::vector<rulebook::plan::FrameSet> frames_;
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
