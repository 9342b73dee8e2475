#include "runtime/scan/scan_shape.hpp"

#include <algorithm>
#include <set>

#include "runtime/plan/change_source.hpp"
#include "runtime/plan/fingerprint.hpp"
#include "runtime/plan/roots.hpp"

namespace rulebook::scan {

using plan::On;
using plan::Pattern;
using trigger::PatternShape;

namespace {

// So many times are kept of one account.
constexpr std::size_t kMostTimes = 32;

// The signals of which a node is any: one, or several joined by `or`.
std::optional<std::vector<std::uint32_t>> alternatives(const PatternShape& shape,
                                                       std::uint32_t index) {
    const PatternShape::Node& node = shape.nodes()[index];
    if (!node.within.empty())
        return std::nullopt;
    if (node.kind == Pattern::Kind::Signal)
        return node.signals;
    if (node.kind != Pattern::Kind::Or)
        return std::nullopt;
    auto left = alternatives(shape, node.left);
    const auto right = alternatives(shape, node.right);
    if (!left || !right)
        return std::nullopt;
    std::set<std::uint32_t> all(left->begin(), left->end());
    all.insert(right->begin(), right->end());
    return std::vector(all.begin(), all.end());
}

// D of `within D`; nothing where it is no length of time.
std::optional<std::int64_t> elapsed(const std::vector<plan::Extent>& within) {
    std::int64_t least = INT64_MAX;
    for (const plan::Extent& extent : within) {
        if (extent.kind != plan::Extent::Kind::Elapsed)
            return std::nullopt;
        least = std::min(least, extent.microseconds);
    }
    return least;
}

ScanKind kind_of_pattern(const PatternShape& pattern, ScanShape& shape) {
    const auto whole = static_cast<std::uint32_t>(pattern.nodes().size() - 1);
    const PatternShape::Node& node = pattern.nodes()[whole];
    if (auto single = alternatives(pattern, whole)) {
        shape.a = *std::move(single);
        return ScanKind::Single;
    }
    const auto within = elapsed(node.within);
    if (!within)
        return ScanKind::Machine;
    shape.within = *within;
    if (node.kind == Pattern::Kind::Times && node.count <= kMostTimes) {
        shape.a = node.signals;
        shape.count = node.count;
        return ScanKind::Times;
    }
    if (node.kind != Pattern::Kind::Then && node.kind != Pattern::Kind::And)
        return ScanKind::Machine;
    auto left = alternatives(pattern, node.left);
    auto right = alternatives(pattern, node.right);
    if (!left || !right)
        return ScanKind::Machine;
    shape.a = *std::move(left);
    shape.b = *std::move(right);
    return node.kind == Pattern::Kind::Then ? ScanKind::Then : ScanKind::Both;
}

ScanKind kind_of(const trigger::OnShape& on, ScanShape& shape) {
    if (on.on->kind == On::Kind::Pattern)
        return kind_of_pattern(on.pattern, shape);
    if (on.on->wait.kind != plan::Extent::Kind::Elapsed)
        return ScanKind::Machine;
    shape.within = on.on->wait.microseconds;
    if (on.on->kind == On::Kind::Silence) {
        shape.a = on.on->absent;
        return ScanKind::Silence;
    }
    auto waits =
        alternatives(on.pattern, static_cast<std::uint32_t>(on.pattern.nodes().size() - 1));
    if (!waits)
        return ScanKind::Machine;
    shape.a = *std::move(waits);
    shape.b = on.on->absent;
    return ScanKind::Without;
}

// Of the signals of all versions.
std::set<plan::EntityIndex> collections_of(const plan::Plan& plan,
                                           const trigger::TriggerShapes::Rule& rule) {
    std::set<plan::EntityIndex> collections;
    for (const trigger::TriggerShapes::Version& version : rule.versions)
        for (const std::uint32_t signal : version.signals)
            collections.insert(plan.signals[signal].collection);
    return collections;
}

bool is_right_below_root(const plan::Plan& plan, plan::EntityIndex collection) {
    const plan::Entity& entity = plan.schema.entities[collection];
    return entity.parent == plan.schema.root && entity.visible_from();
}

bool rule_asks_what_fired(const plan::Plan& plan, std::uint32_t rule) {
    const auto behind = plan::nodes_behind(plan, plan::nodes_of_rule(plan, rule));
    return std::ranges::any_of(
        behind, [&](plan::NodeId id) { return plan.node(id).op == plan::Op::TriggerFired; });
}

} // namespace

std::optional<ScanShape> ScanShape::of(const plan::Plan& plan,
                                       const trigger::TriggerShapes::Rule& rule) {
    if (rule_asks_what_fired(plan, rule.index))
        return std::nullopt;
    const auto collections = collections_of(plan, rule);
    if (!std::ranges::all_of(collections, [&](plan::EntityIndex collection) {
            return is_right_below_root(plan, collection);
        }))
        return std::nullopt;
    ScanShape shape;
    shape.rule = &rule;
    const trigger::OnShape& on = rule.versions.front().on;
    if (rule.versions.size() != 1 || collections.size() > 1 || on.on->kind == On::Kind::Clock)
        return shape;
    if (on.on->kind == On::Kind::Becomes) {
        shape.kind = ScanKind::Becomes;
        return shape;
    }
    shape.collection = *collections.begin();
    shape.kind = kind_of(on, shape);
    return shape;
}

} // namespace rulebook::scan
