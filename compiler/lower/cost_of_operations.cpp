#include <algorithm>
#include <map>
#include <set>

#include "compiler/lower/cost.hpp"
#include "compiler/lower/span_words.hpp"
#include "runtime/plan/element_lookup.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::Aggregate;
using rulebook::plan::EntityIndex;
using rulebook::plan::kNoNode;
using rulebook::plan::Node;
using rulebook::plan::NodeId;
using rulebook::plan::Op;
using rulebook::plan::Plan;
using rulebook::plan::Window;
using rulebook::plan::WindowKind;

// Goes over the nodes of one rule, frame by frame: what reads nothing of the element at hand is
// asked once, outside of the loop over the elements.
class Counting {
public:
    // `kept`: takes the loops over elements of which the interpreter keeps which they are, where
    // nothing but their places is asked; null: they count like the others.
    explicit Counting(const Plan& plan, std::vector<PerRecord>* kept = nullptr)
        : plan_(plan), kept_(kept), innermost_(plan.nodes.size(), kUnasked) {}

    // Of the nodes behind `roots`, those that belong into frame `level`; others go to `outside`.
    Operations count(const std::vector<NodeId>& roots, std::uint32_t level,
                     std::vector<NodeId>& outside) {
        Operations found;
        std::set<NodeId> seen;
        std::vector<NodeId> open = roots;
        while (!open.empty()) {
            const NodeId id = open.back();
            open.pop_back();
            if (id == kNoNode || !seen.insert(id).second)
                continue;
            if (innermost(id) < level) {
                outside.push_back(id);
                continue;
            }
            add(id, found, open);
        }
        return found;
    }
    // A loop over the elements of an aggregate, whose frame is `level`.
    PerRecord loop(const Aggregate& aggregate, std::uint32_t level, std::vector<NodeId>& outside) {
        PerRecord loop;
        loop.collection = aggregate.collection;
        if (aggregate.owner != plan_.schema.root)
            loop.of = aggregate.owner;
        loop.window = narrowing_window(aggregate);
        loop.each = count({aggregate.where, aggregate.value, aggregate.have}, level, outside);
        loop.each.once += 1 + static_cast<std::int64_t>(aggregate.windows.size());
        for (const auto& window : aggregate.windows)
            outside.push_back(window.anchor);
        return loop;
    }

private:
    static constexpr std::uint32_t kUnasked = 0xffffffff;

    void add(NodeId id, Operations& found, std::vector<NodeId>& open) {
        const Node& node = plan_.node(id);
        found.once += node.op == Op::Constant ? 0 : 1;
        open.insert(open.end(), node.operands.begin(), node.operands.end());
        if (rulebook::plan::reads_rule(node.op))
            found.rules.push_back(node.index);
        if (node.op != Op::Aggregate)
            return;
        auto& loops = kept_ != nullptr && rulebook::plan::asks_for_places(plan_, node)
                          ? *kept_
                          : found.per_record;
        PerRecord made = loop(plan_.aggregates[node.index], node.level, open);
        if (&loops == kept_)
            made.window.clear(); // each is asked once, whenever it was
        loops.push_back(std::move(made));
    }

    // The shortest of the windows by which the elements are found.
    std::string narrowing_window(const Aggregate& aggregate) const {
        const Window* shortest = nullptr;
        if (rulebook::plan::windows_go_by_arrival(plan_.schema, aggregate))
            for (const Window& window : aggregate.windows)
                if (window.kind == WindowKind::Last &&
                    (shortest == nullptr || longest(window.span) < longest(shortest->span)))
                    shortest = &window;
        return shortest == nullptr ? "" : "in last " + span_words(shortest->span);
    }

    // The innermost frame that a node reads.
    std::uint32_t innermost(NodeId id) {
        if (id == kNoNode)
            return 0;
        if (innermost_[id] != kUnasked)
            return innermost_[id];
        const Node& node = plan_.node(id);
        std::uint32_t found = node.op == Op::Field ? node.level : 0;
        for (const NodeId operand : node.operands)
            found = std::max(found, innermost(operand));
        if (node.op == Op::Aggregate)
            found = std::max(found, innermost_outside(plan_.aggregates[node.index], node.level));
        return innermost_[id] = found;
    }
    std::uint32_t innermost_outside(const Aggregate& aggregate, std::uint32_t level) {
        std::uint32_t found = aggregate.owner_level;
        for (const auto& window : aggregate.windows)
            found = std::max(found, innermost(window.anchor));
        // What stands around the element: of the parts that read it, their parts.
        std::vector<NodeId> outside;
        loop(aggregate, level, outside);
        for (const NodeId id : outside)
            found = std::max(found, innermost(id));
        return found;
    }

    const Plan& plan_;
    std::vector<PerRecord>* kept_;
    std::vector<std::uint32_t> innermost_;
};

void sort_rules(Operations& operations) {
    std::ranges::sort(operations.rules);
    const auto repeated = std::ranges::unique(operations.rules);
    operations.rules.erase(repeated.begin(), repeated.end());
    for (PerRecord& loop : operations.per_record)
        sort_rules(loop.each);
}

void append(Operations& to, Operations from) {
    to.once += from.once;
    std::ranges::move(from.per_record, std::back_inserter(to.per_record));
    std::ranges::move(from.rules, std::back_inserter(to.rules));
}

// Of nodes in the frames of records that the rule goes over by itself: a loop over `collection`.
void add_loop(const Plan& plan, EntityIndex collection, std::uint32_t level,
              const std::vector<NodeId>& roots, Operations& operations,
              std::vector<NodeId>& outside) {
    PerRecord loop;
    loop.collection = collection;
    loop.each = Counting(plan).count(roots, level, outside);
    loop.each.once += 1;
    operations.per_record.push_back(std::move(loop));
}

Operations of_root(const Plan& plan, const std::vector<NodeId>& roots) {
    std::vector<NodeId> outside;
    return Counting(plan).count(roots, 0, outside);
}

Operations of_fit(const Plan& plan, const rulebook::plan::Fit& fit) {
    std::vector<NodeId> roots;
    for (const auto& out : fit.outs)
        roots.push_back(out.when);
    Operations loops;
    for (const auto& clause : fit.clauses) {
        ++loops.once; // the points are added
        roots.push_back(clause.when);
        if (clause.ramp)
            roots.push_back(clause.ramp->input);
        if (clause.for_each)
            loops.per_record.push_back(
                Counting(plan).loop(clause.for_each->elements, clause.for_each->level, roots));
    }
    append(loops, of_root(plan, roots));
    return loops;
}

// What comes to an account is asked once of each record.
Operations of_events(const Plan& plan, const rulebook::plan::Trigger& trigger) {
    std::map<EntityIndex, std::vector<NodeId>> asked; // of the records of each collection
    for (const std::uint32_t signal : rulebook::plan::signals_of(trigger))
        asked[plan.signals[signal].collection].push_back(plan.signals[signal].where);
    std::vector<NodeId> roots{trigger.on.clock, trigger.on.condition};
    Operations found;
    for (const auto& [collection, wheres] : asked)
        add_loop(plan, collection, 1, wheres, found, roots);
    append(found, of_root(plan, roots));
    return found;
}

// The rest anew at each candidate, but for the loops over elements that are kept.
Operations of_candidate(const Plan& plan, const rulebook::plan::Trigger& trigger,
                        std::vector<PerRecord>& kept) {
    std::vector<NodeId> roots{trigger.when};
    for (const auto& unless : trigger.unless)
        roots.push_back(unless.when);
    if (trigger.policy)
        for (const auto& suppress : plan.policies[*trigger.policy].suppress)
            roots.push_back(suppress.when);
    roots.push_back(trigger.say);
    std::ranges::reverse(roots); // the last one is gone through first
    std::vector<NodeId> outside;
    return Counting(plan, &kept).count(roots, 0, outside);
}

Operations of_credit(const Plan& plan, const rulebook::plan::Credit& credit) {
    std::vector<NodeId> touch_outside;
    PerRecord touches;
    touches.collection = credit.touches;
    touches.each = Counting(plan).count({credit.touch_where}, 2, touch_outside);
    touches.each.once += 1;
    std::vector<NodeId> of_deal = touch_outside;
    of_deal.insert(of_deal.end(), {credit.deal_where, credit.at, credit.divide});
    for (const auto& split : credit.splits)
        of_deal.push_back(split.when);
    for (const auto& flag : credit.flags)
        of_deal.push_back(flag.when);
    Operations found;
    std::vector<NodeId> outside;
    add_loop(plan, credit.deals, 1, of_deal, found, outside);
    found.per_record.back().each.per_record.push_back(std::move(touches));
    append(found, of_root(plan, outside));
    return found;
}

} // namespace

RuleCost operations_of(const Plan& plan, std::uint32_t rule, std::uint32_t version) {
    using rulebook::plan::RuleKind;
    RuleCost cost{rule, version, {}, {}};
    Operations& found = cost.operations;
    std::vector<NodeId> roots;
    switch (plan.rules[rule].kind) {
    case RuleKind::Fit:
        found = of_fit(plan, plan.fits[version]);
        break;
    case RuleKind::Decision:
        rulebook::plan::append_roots(plan.decisions[version], roots);
        found = of_root(plan, roots);
        break;
    case RuleKind::Table:
        rulebook::plan::append_roots(plan.tables[version], roots);
        found = of_root(plan, roots);
        break;
    case RuleKind::Trigger: {
        const rulebook::plan::Trigger& trigger = plan.triggers[version];
        std::vector<PerRecord> kept;
        found = of_events(plan, trigger);
        Operations again = of_candidate(plan, trigger, kept);
        sort_rules(again);
        if (again.once > 0) // a loop or a rule is an operation's
            cost.at_candidate = std::move(again);
        std::ranges::move(kept, std::back_inserter(found.per_record));
        break;
    }
    case RuleKind::Credit:
        found = of_credit(plan, plan.credits[version]);
        break;
    }
    sort_rules(found);
    return cost;
}

} // namespace rulec::lower
