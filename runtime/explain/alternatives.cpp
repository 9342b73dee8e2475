#include "runtime/explain/alternatives.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <tuple>

#include "runtime/explain/inverse.hpp"
#include "runtime/plan/roots.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/calendar.hpp"
#include "runtime/value/integer.hpp"

namespace rulebook::explain {

namespace {

using plan::FieldIndex;
using plan::kNoNode;
using plan::Node;
using plan::NodeId;
using plan::Op;
using plan::Representation;
using plan::TypeKind;
using plan::Value;

bool is_integer(plan::Type type) {
    return plan::representation(type.kind) == Representation::Integer;
}

// What a text must be for a test with this pattern to hold, more or less.
std::string without_stars(std::string pattern) {
    std::erase(pattern, '*');
    return pattern;
}

class Gathering {
public:
    Gathering(interpret::Evaluator& evaluator, const interpret::RowContext& row,
              const time::Zone& zone)
        : evaluator_(evaluator), plan_(evaluator.plan()), row_(row),
          inverse_(evaluator, row, zone, [this](FieldIndex field, const Value& value) {
              told_[field].push_back({value, false});
          }) {}

    void walk(NodeId id, bool inside) {
        if (id == kNoNode || !seen_.insert({id, inside}).second)
            return;
        const Node& node = plan_.node(id);
        for (const NodeId operand : node.operands)
            walk(operand, inside);
        if (node.op == Op::Field && node.level == 0)
            read_.insert(node.index);
        inverse_.set_inside(inside);
        compare(node);
        if (node.op == Op::Aggregate) {
            std::vector<NodeId> parts;
            plan::append_roots(plan_.aggregates[node.index], parts);
            for (const NodeId part : parts)
                walk(part, true);
        }
        if (plan::reads_rule(node.op))
            walk_rule(node.index);
    }

    std::vector<Changeable> changeable();

private:
    void walk_rule(std::uint32_t rule);
    template <class Version>
    void walk_versions(const std::vector<std::uint32_t>& versions, const std::vector<Version>& all);
    void walk_clauses(const plan::Fit& fit);
    void compare(const Node& node);
    void solve_beside(NodeId id, const Value& bound);
    void solve_with(const Node& node, std::size_t unknown, bool texts);
    bool may_be_changed(const plan::Field& field) const;
    void add_kinds_of_value(const plan::Field& field, std::vector<Alternative>& alternatives) const;
    Value fitted(const plan::Field& field, const Value& value) const;

    interpret::Evaluator& evaluator_;
    const plan::Plan& plan_;
    const interpret::RowContext& row_;
    Inverse inverse_;
    std::set<std::pair<NodeId, bool>> seen_;
    std::set<std::uint32_t> rules_;
    std::set<FieldIndex> read_;
    std::map<FieldIndex, std::vector<Alternative>> told_;
};

void Gathering::walk_rule(std::uint32_t rule) {
    if (!rules_.insert(rule).second)
        return;
    const plan::Rule& head = plan_.rules[rule];
    switch (head.kind) {
    case plan::RuleKind::Fit:
        for (const std::uint32_t version : head.versions)
            if (plan_.fits[version].effective.contains(row_.instant))
                walk_clauses(plan_.fits[version]);
        return walk_versions(head.versions, plan_.fits);
    case plan::RuleKind::Decision:
        return walk_versions(head.versions, plan_.decisions);
    case plan::RuleKind::Table:
        return walk_versions(head.versions, plan_.tables);
    case plan::RuleKind::Trigger: // what fired stays as it is
    case plan::RuleKind::Credit:
        return;
    }
}

template <class Version>
void Gathering::walk_versions(const std::vector<std::uint32_t>& versions,
                              const std::vector<Version>& all) {
    for (const std::uint32_t version : versions) {
        if (!all[version].effective.contains(row_.instant))
            continue;
        std::vector<NodeId> roots;
        plan::append_roots(all[version], roots);
        for (const NodeId root : roots)
            walk(root, root != kNoNode && !inverse_.is_of_root(root));
    }
}

// What a straight line goes between; and of elements, that their conditions stand inside.
void Gathering::walk_clauses(const plan::Fit& fit) {
    for (const plan::PointsClause& clause : fit.clauses) {
        if (clause.ramp) {
            inverse_.set_inside(false);
            inverse_.solve(clause.ramp->input, clause.ramp->from);
            inverse_.solve(clause.ramp->input, clause.ramp->to);
        }
        if (clause.for_each)
            for (const NodeId part : {clause.for_each->elements.where})
                walk(part, true);
    }
}

// The bound itself, and what is just beside it.
void Gathering::solve_beside(NodeId id, const Value& bound) {
    inverse_.solve(id, bound);
    if (bound.alternative() == 2 && plan_.node(id).type.kind != TypeKind::Enum) {
        for (const std::int64_t step : {1, -1})
            if (const auto beside = checked_add(bound.integer(), step))
                inverse_.solve(id, Value::of(*beside));
    } else if (bound.alternative() == 3) {
        constexpr double kLeast = 0.01;
        const double size = std::abs(bound.real());
        const double step = size < 1 ? kLeast : kLeast * std::pow(10, std::floor(std::log10(size)));
        for (const double beside : {bound.real() + step, bound.real() - step})
            if (std::isfinite(beside))
                inverse_.solve(id, Value::of(beside));
    }
}

// One operand of a comparison is sought, the others are what it is compared with.
void Gathering::solve_with(const Node& node, std::size_t unknown, bool texts) {
    for (std::size_t other = 0; other < node.operands.size(); ++other) {
        if (other == unknown)
            continue;
        const Value bound = inverse_.value(node.operands[other]);
        if (!bound.known())
            continue;
        if (texts)
            inverse_.solve(node.operands[unknown], Value::of(without_stars(bound.text())));
        else
            solve_beside(node.operands[unknown], bound);
    }
}

void Gathering::compare(const Node& node) {
    if (plan::is_comparison(node.op)) {
        for (std::size_t unknown = 0; unknown < node.operands.size(); ++unknown)
            solve_with(node, unknown, false);
        return;
    }
    switch (node.op) {
    case Op::Contains:
    case Op::HasWord:
    case Op::StartsWith:
    case Op::EndsWith:
    case Op::Like:
        return solve_with(node, 0, true);
    case Op::InList:
        if (!plan_.lists[node.index].values.empty())
            inverse_.solve(node.operands[0], Value::of(plan_.lists[node.index].values.front()));
        return;
    case Op::Lookup:
        for (const auto& [key, value] : plan_.lookups[node.index].rows)
            for (std::size_t i = 0; i < key.size(); ++i)
                inverse_.solve(node.operands[i], key[i]);
        return;
    default:
        return;
    }
}

bool Gathering::may_be_changed(const plan::Field& field) const {
    if (field.key)
        return false;
    if (!field.known_from)
        return true;
    const Value since =
        evaluator_.dataset().value(plan_.schema.root, row_.frames[0].row, *field.known_from);
    return since.known() && since.integer() <= row_.instant;
}

// Where the rules compare it with nothing, or the other way round: some value, another one, none.
void Gathering::add_kinds_of_value(const plan::Field& field,
                                   std::vector<Alternative>& alternatives) const {
    switch (plan::representation(field.type.kind)) {
    case Representation::Bool:
        alternatives.push_back({Value::of(true), false});
        alternatives.push_back({Value::of(false), false});
        break;
    case Representation::Text:
        alternatives.push_back({Value::of(std::string("something else")), true});
        alternatives.push_back({Value::of(std::string("someone@example.org")), true});
        break;
    case Representation::Real:
        alternatives.push_back({Value::of(1.0), true});
        break;
    case Representation::Integer:
        if (field.type.is(TypeKind::Enum)) {
            const auto& values = plan_.schema.enums[field.type.enum_index()].values;
            for (std::size_t i = 0; i < values.size(); ++i)
                alternatives.push_back({Value::of(static_cast<std::int64_t>(i)), false});
        } else if (field.type.is(TypeKind::Time)) {
            alternatives.push_back({Value::of(row_.instant), true});
        } else if (field.range && field.range->low.known()) {
            alternatives.push_back({field.range->low, true});
        } else if (!field.type.is(TypeKind::Date)) {
            alternatives.push_back({Value::of(std::int64_t{1}), true});
        }
        break;
    }
    if (field.optional)
        alternatives.push_back({Value(), false});
}

// The value, if the data could have it in this field.
Value Gathering::fitted(const plan::Field& field, const Value& value) const {
    if (!value.known())
        return value;
    if (field.type.is(TypeKind::Time) && !in_calendar(Time{value.integer()}))
        return {};
    if (field.type.is(TypeKind::Date) &&
        (value.integer() < kFirstDate.days || value.integer() > kLastDate.days))
        return {};
    if (!field.range)
        return value;
    const auto outside = [&](auto number, auto low, auto high) {
        return number < low || (field.range->high_open ? number >= high : number > high);
    };
    const bool out =
        is_integer(field.type)
            ? outside(value.integer(), field.range->low.integer(), field.range->high.integer())
            : field.type.is(TypeKind::Number) &&
                  outside(value.real(), field.range->low.real(), field.range->high.real());
    return out ? Value() : value;
}

// How far a value lies from what the field is now: the known ones first, by distance where there
// is one.
auto rank(plan::Type type, const Value& now, const Alternative& alternative) {
    const Value& value = alternative.value;
    double distance = 0;
    if (now.known() && value.known() && now.alternative() == value.alternative()) {
        if (value.alternative() == 2)
            distance =
                std::abs(static_cast<double>(value.integer()) - static_cast<double>(now.integer()));
        else if (value.alternative() == 3)
            distance = std::abs(value.real() - now.real());
    }
    if (type.is(TypeKind::Enum))
        distance = std::min(distance, 1.0); // in the order of the declaration
    return std::tuple(!value.known(), alternative.example, distance);
}

// The nearest first; equal ones as they were.
std::vector<Alternative> in_order(plan::Type type, const Value& now,
                                  std::vector<Alternative> offered) {
    std::multimap<decltype(rank(type, now, offered[0])), Alternative> sorted;
    for (Alternative& each : offered) {
        const auto at = rank(type, now, each);
        sorted.emplace(at, std::move(each));
    }
    std::vector<Alternative> ordered;
    for (auto& [at, each] : sorted)
        ordered.push_back(std::move(each));
    return ordered;
}

std::vector<Changeable> Gathering::changeable() {
    std::vector<Changeable> fields;
    const plan::Entity& root = plan_.schema.root_entity();
    for (const FieldIndex index : read_) {
        const plan::Field& field = root.fields[index];
        if (!may_be_changed(field))
            continue;
        Changeable found{index, evaluator_.field(row_.frames[0], index, row_.instant), {}, true};
        std::vector<Alternative> offered = told_[index];
        for (Alternative& each : offered)
            each.value = fitted(field, each.value);
        std::erase_if(offered, [](const Alternative& each) { return !each.value.known(); });
        add_kinds_of_value(field, offered);
        for (Alternative& each : in_order(field.type, found.now, std::move(offered))) {
            const bool same = each.value.known() ? each.value == found.now : !found.now.known();
            if (!same && std::ranges::find(found.alternatives, each.value, &Alternative::value) ==
                             found.alternatives.end())
                found.alternatives.push_back(std::move(each));
        }
        found.all = found.alternatives.size() <= kMostAlternatives;
        if (!found.all)
            found.alternatives.resize(kMostAlternatives);
        if (!found.alternatives.empty())
            fields.push_back(std::move(found));
    }
    return fields;
}

} // namespace

std::vector<Changeable> changeable_fields(interpret::Evaluator& evaluator, NodeId node,
                                          const interpret::RowContext& row) {
    const time::Zone* zone = time::find_zone(evaluator.plan().timezone);
    Gathering gathering(evaluator, row, zone == nullptr ? time::utc() : *zone);
    gathering.walk(node, false);
    return gathering.changeable();
}

} // namespace rulebook::explain
