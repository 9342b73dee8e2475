#include "compiler/lower/asked_again.hpp"

#include <algorithm>
#include <optional>
#include <set>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/element_lookup.hpp"
#include "runtime/plan/frames.hpp"
#include "runtime/plan/motion.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::Aggregate;
using rulebook::plan::AggregateSource;
using rulebook::plan::EntityIndex;
using rulebook::plan::Motion;
using rulebook::plan::Node;
using rulebook::plan::Op;
using rulebook::plan::Plan;
using rulebook::plan::RuleKind;
using rulebook::plan::Trigger;
using rulebook::plan::Window;
using rulebook::plan::WindowKind;

class AskedAgain {
public:
    AskedAgain(const model::Rulebook& book, const Plan& plan, const ExpressionLowering& expressions,
               Diagnostics& diagnostics)
        : book_(book), plan_(plan), frames_(rulebook::plan::frames_of_nodes(plan)),
          motions_(rulebook::plan::motions(plan)), expressions_(expressions),
          diagnostics_(diagnostics) {}

    // `written`: the trigger as the model has it.
    void check(const Trigger& trigger, const Trigger& written) {
        trigger_ = &trigger;
        collections_.clear();
        for (const std::uint32_t signal : rulebook::plan::signals_of(trigger))
            collections_.insert(plan_.signals[signal].collection);
        if (collections_.empty())
            return;
        check(trigger.when, written.when);
        for (std::size_t i = 0; i < trigger.unless.size(); ++i)
            check(trigger.unless[i].when, written.unless[i].when);
        if (!trigger.policy)
            return;
        const auto& stoppers = plan_.policies[*trigger.policy].suppress;
        for (std::size_t i = 0; i < stoppers.size(); ++i)
            check(stoppers[i].when, book_.policies[*written.policy].suppress[i].when);
    }

private:
    void check(NodeId condition, model::ExprId written) {
        if (condition == kNoNode || !model::present(written))
            return;
        for (const NodeId id : rulebook::plan::nodes_behind(plan_, condition))
            if (const auto collection = goes_over_all(id);
                collection && reported_.insert(id).second)
                report(id, *collection, book_[written].span);
    }

    // The collection of which the node goes over all.
    std::optional<EntityIndex> goes_over_all(NodeId id) const {
        const Node& node = plan_.nodes[id];
        if (node.op == Op::Aggregate) {
            const Aggregate& aggregate = plan_.aggregates[node.index];
            const bool reported =
                rulebook::plan::innermost(frames_[id]) <= trigger_->completing.size() &&
                goes_over_all(aggregate) && !rulebook::plan::asks_for_places(plan_, node);
            return reported ? std::optional(aggregate.collection) : std::nullopt;
        }
        if (rulebook::plan::reads_rule(node.op) && plan_.rules[node.index].kind == RuleKind::Fit)
            for (const std::uint32_t version : plan_.rules[node.index].versions)
                for (const auto& clause : plan_.fits[version].clauses)
                    if (clause.for_each && goes_over_all(clause.for_each->elements))
                        return clause.for_each->elements.collection;
        return std::nullopt;
    }

    bool goes_over_all(const Aggregate& aggregate) const {
        const bool by_place = rulebook::plan::windows_go_by_arrival(plan_.schema, aggregate);
        return aggregate.source == AggregateSource::Collection &&
               aggregate.owner == plan_.schema.root &&
               collections_.contains(aggregate.collection) &&
               !(by_place && std::ranges::any_of(aggregate.windows, [&](const Window& window) {
                     return moves_on(window);
                 }));
    }

    // Whether what lies before the window falls behind as events come.
    bool moves_on(const Window& window) const {
        if (window.kind == WindowKind::Before)
            return false;
        if (window.kind != WindowKind::Since)
            return true;
        return rulebook::plan::innermost(frames_[window.anchor]) > 0 ||
               motions_[window.anchor].kind != Motion::Kind::Still;
    }

    // In the condition itself if the node is written there, else at the condition.
    void report(NodeId id, EntityIndex collection, Span condition) {
        const std::vector<Span> places = expressions_.places(id);
        const auto own =
            std::ranges::find_if(places, [&](Span span) { return condition.contains(span); });
        const std::string_view label = plan_.labels[id];
        Diagnostic& report = diagnostics_.emit<RB3116>(
            own == places.end() ? condition : *own, label.empty() ? "this" : label,
            plan_.schema.entities[collection].collection);
        if (own == places.end() && !places.empty())
            report.label(places.front(), "here");
    }

    const model::Rulebook& book_;
    const Plan& plan_;
    std::vector<rulebook::plan::FrameSet> frames_;
    std::vector<Motion> motions_;
    const ExpressionLowering& expressions_;
    Diagnostics& diagnostics_;
    const Trigger* trigger_ = nullptr;
    std::set<EntityIndex> collections_; // whose records the trigger waits for
    std::set<NodeId> reported_;         // each once, however many triggers ask it
};

} // namespace

void check_asked_again(const model::Rulebook& book, const Plan& plan, const RuleOrder& order,
                       const ExpressionLowering& expressions, Diagnostics& diagnostics) {
    AskedAgain asked(book, plan, expressions, diagnostics);
    for (std::size_t position = 0; position < order.rules.size(); ++position) {
        const auto& head = plan.rules[position];
        if (head.kind != RuleKind::Trigger)
            continue;
        // The plan's versions stand in the order of time, the model's as they are written.
        for (const std::uint32_t version : head.versions)
            for (const std::uint32_t source : book.rules[order.rules[position]].head.versions)
                if (book.triggers[source].effective == plan.triggers[version].effective)
                    asked.check(plan.triggers[version], book.triggers[source]);
    }
}

} // namespace rulec::lower
