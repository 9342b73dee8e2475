#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include <fmt/format.h>

#include "compiler/lower/cost.hpp"
#include "compiler/lower/span_words.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::lower {

namespace {

using rulebook::plan::Aggregate;
using rulebook::plan::EntityIndex;
using rulebook::plan::kNoNode;
using rulebook::plan::Node;
using rulebook::plan::NodeId;
using rulebook::plan::On;
using rulebook::plan::Op;
using rulebook::plan::Pattern;
using rulebook::plan::Plan;
using rulebook::plan::Window;
using rulebook::plan::WindowKind;

constexpr std::int64_t kValue = 8;  // bytes of an instant, a number, the code of a text
constexpr std::int64_t kMatch = 16; // its start and its end

// ---- which records

// How far back a collection is read.
struct Reach {
    double length = 0; // infinite: everything
    std::string window;
    NodeId read_by = kNoNode;
    bool all() const { return window.empty(); }
};

class Reading {
public:
    explicit Reading(const Plan& plan) : plan_(plan) {}

    void follow(const std::vector<NodeId>& roots) {
        for (const NodeId root : roots)
            follow(root, 0);
    }
    const std::map<EntityIndex, Reach>& reaches() const { return reaches_; }

private:
    // `ago`: how much earlier than the candidate the value is asked for.
    void follow(NodeId id, std::int64_t ago) {
        if (id == kNoNode || !seen_.insert({id, ago}).second)
            return;
        const Node& node = plan_.node(id);
        const bool past =
            node.op == Op::AsOfAgo || node.op == Op::Change || node.op == Op::ChangeNumber;
        for (const NodeId operand : node.operands) {
            if (past)
                follow(operand, ago + node.detail);
            if (node.op != Op::AsOfAgo)
                follow(operand, ago);
        }
        if (node.op == Op::Aggregate)
            note(plan_.aggregates[node.index], ago, id);
        if (rulebook::plan::reads_rule(node.op))
            follow_rule(node.index, ago);
    }

    void follow_rule(std::uint32_t index, std::int64_t ago) {
        const auto& rule = plan_.rules[index];
        if (rule.kind == rulebook::plan::RuleKind::Trigger)
            return; // of another trigger only its firings are asked
        for (const std::uint32_t version : rule.versions) {
            std::vector<NodeId> roots;
            switch (rule.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case rulebook::plan::RuleKind::Name:                                                           \
        rulebook::plan::append_roots(plan_.member[version], roots);                                \
        break;
#include "runtime/plan/rule_kinds.def"
            }
            for (const NodeId root : roots)
                follow(root, ago);
            if (rule.kind == rulebook::plan::RuleKind::Fit)
                for (const auto& clause : plan_.fits[version].clauses)
                    if (clause.for_each)
                        note(clause.for_each->elements, ago, kNoNode);
        }
    }

    void note(const Aggregate& aggregate, std::int64_t ago, NodeId read_by) {
        std::vector<NodeId> parts;
        rulebook::plan::append_roots(aggregate, parts);
        for (const NodeId part : parts)
            follow(part, ago);
        const Reach reach = reach_of(aggregate, ago, read_by);
        const auto [kept, is_new] = reaches_.try_emplace(aggregate.collection, reach);
        if (!is_new && reach.length > kept->second.length)
            kept->second = reach;
    }

    // The shortest window that ends with the instant and goes by the time from which records are
    // there: the others do not say how old a record may be.
    Reach reach_of(const Aggregate& aggregate, std::int64_t ago, NodeId read_by) const {
        Reach reach{std::numeric_limits<double>::infinity(), {}, read_by};
        const auto& entity = plan_.schema.entities[aggregate.collection];
        if (!aggregate.has_time_field || aggregate.time_field != entity.visible_from())
            return reach;
        for (const Window& window : aggregate.windows) {
            const double length = longest(window.span) + static_cast<double>(ago);
            if (window.kind != WindowKind::Last || length >= reach.length)
                continue;
            reach.length = length;
            reach.window = "in last " + span_words(window.span);
            if (ago > 0)
                reach.window += " as of " + duration_words(ago) + " ago";
        }
        return reach;
    }

    const Plan& plan_;
    std::set<std::pair<NodeId, std::int64_t>> seen_;
    std::map<EntityIndex, Reach> reaches_;
};

std::vector<KeptRecords> records_of(const Plan& plan, const rulebook::plan::Trigger& trigger) {
    std::vector<NodeId> roots;
    rulebook::plan::append_roots(trigger, roots);
    if (trigger.policy)
        for (const auto& suppress : plan.policies[*trigger.policy].suppress)
            roots.push_back(suppress.when);
    for (const std::uint32_t signal : rulebook::plan::signals_of(trigger))
        roots.push_back(plan.signals[signal].where);
    Reading reading(plan);
    reading.follow(roots);
    std::vector<KeptRecords> records;
    for (const auto& [collection, reach] : reading.reaches()) {
        std::string read_by = reach.read_by == kNoNode ? "" : plan.labels[reach.read_by];
        records.push_back({collection, reach.all(), reach.window, std::move(read_by)});
    }
    return records;
}

// ---- the machine

// Of how many `then`s a part stands on the right side: what precedes it is kept with it.
void count_pattern(const On& on, std::uint32_t index, std::int64_t after,
                   std::map<std::string, Kept>& kept) {
    const Pattern& pattern = on.patterns[index];
    const auto add = [&](const char* what, std::int64_t count, std::int64_t bytes) {
        Kept& entry = kept[what];
        entry.what = what;
        entry.count += count;
        entry.bytes += count * (bytes + after * kMatch);
    };
    switch (pattern.kind) {
    case Pattern::Kind::Signal:
        add("partial match", 1, kMatch);
        return;
    case Pattern::Kind::Times:
        add("counted event", pattern.count, kValue);
        return;
    case Pattern::Kind::DifferentValues:
        add("counted value", pattern.count, kMatch);
        return;
    case Pattern::Kind::DifferentBuckets:
        add("counted period", pattern.count, kMatch);
        return;
    case Pattern::Kind::Then:
        for (std::size_t i = 0; i < pattern.operands.size(); ++i)
            count_pattern(on, pattern.operands[i], after + (i > 0 ? 1 : 0), kept);
        return;
    case Pattern::Kind::And:
    case Pattern::Kind::Or:
        for (const std::uint32_t operand : pattern.operands)
            count_pattern(on, operand, after, kept);
        return;
    }
}

std::vector<Kept> machine_of(const On& on) {
    std::map<std::string, Kept> counted;
    if (!on.patterns.empty())
        count_pattern(on, static_cast<std::uint32_t>(on.patterns.size() - 1), 0, counted);
    std::vector<Kept> machine;
    for (const char* what : {"partial match", "counted event", "counted value", "counted period"})
        if (const auto found = counted.find(what); found != counted.end())
            machine.push_back(found->second);
    switch (on.kind) {
    case On::Kind::Pattern:
        break;
    case On::Kind::Without:
        machine.push_back({1, "open wait", 3 * kValue}); // opening, deadline, start
        break;
    case On::Kind::Silence:
        machine.push_back({1, "deadline", 2 * kValue}); // and the opening
        break;
    case On::Kind::Clock:
        machine.push_back({1, "deadline", kValue});
        break;
    case On::Kind::Becomes:
        machine.push_back({1, "last truth and next look", 2 * kValue});
        if (on.lasting)
            machine.push_back({1, "edge", kValue});
        break;
    }
    return machine;
}

// How many of its own firings a trigger remembers for `once`, `cooldown` and `at most`.
std::int64_t firings_remembered(const rulebook::plan::Trigger& trigger) {
    std::int64_t count = trigger.once || trigger.cooldown ? 1 : 0;
    for (const auto& limit : trigger.at_most)
        count = std::max(count, limit.count);
    return count;
}

bool somebody_asks(const Plan& plan, std::uint32_t rule) {
    return std::ranges::any_of(plan.nodes, [&](const Node& node) {
        return node.op == Op::TriggerFired && node.index == rule;
    });
}

std::string counted(const Kept& kept) {
    const bool plural = kept.count != 1;
    const bool match = kept.what.ends_with('h');
    return fmt::format("{} {}{} ({} bytes)", kept.count, kept.what,
                       plural ? (match ? "es" : "s") : "", kept.bytes);
}

} // namespace

StateCost state_of(const Plan& plan, std::uint32_t rule, std::uint32_t version) {
    const rulebook::plan::Trigger& trigger = plan.triggers[version];
    StateCost state{rule,
                    version,
                    machine_of(trigger.on),
                    records_of(plan, trigger),
                    trigger.policy,
                    somebody_asks(plan, rule)};
    if (const std::int64_t count = firings_remembered(trigger))
        state.machine.push_back({count, "firing", count * kValue});
    return state;
}

std::string formula(const Plan& plan, const StateCost& state) {
    std::string text;
    const auto add = [&](const std::string& part) { text += (text.empty() ? "" : " + ") + part; };
    for (const Kept& kept : state.machine)
        add(counted(kept));
    if (state.all_firings)
        add("its firings: all (8 bytes each, asked for by `fired`)");
    for (const KeptRecords& records : state.records) {
        const std::string& name = plan.schema.entities[records.collection].collection;
        if (!records.all)
            add(fmt::format("{}: {}", name, records.window));
        else
            add(fmt::format("{}: all (read without a window{})", name,
                            records.read_by.empty() ? "" : " by `" + records.read_by + "`"));
    }
    return text.empty() ? "nothing" : text;
}

std::string formula(const Kept& kept) {
    return counted(kept);
}

} // namespace rulec::lower
