// Plans made by hand, for tests that must not depend on the compiler.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::testing {

using plan::kNoNode;
using plan::NodeId;
using plan::Op;
using plan::Value;

inline constexpr std::int64_t kSecond = 1'000'000;
inline constexpr std::int64_t kHour = 3600 * kSecond;
inline constexpr std::int64_t kDay = 24 * kHour;

const plan::Type kBool = plan::Type::of(plan::TypeKind::Bool);
const plan::Type kInt = plan::Type::of(plan::TypeKind::Int);
const plan::Type kNumber = plan::Type::of(plan::TypeKind::Number);
const plan::Type kPercent = plan::Type::of(plan::TypeKind::Percent);
const plan::Type kText = plan::Type::of(plan::TypeKind::Text);
const plan::Type kDate = plan::Type::of(plan::TypeKind::Date);
const plan::Type kTime = plan::Type::of(plan::TypeKind::Time);
const plan::Type kDuration = plan::Type::of(plan::TypeKind::Duration);
const plan::Type kPoints = plan::Type::of(plan::TypeKind::Points);
const plan::Type kDollars = plan::Type::money(*Currency::of("USD"));

inline Value integer(std::int64_t value) {
    return Value::of(value);
}
inline Value number(double value) {
    return Value::of(value);
}
inline Value truth(bool value) {
    return Value::of(value);
}
inline Value text(std::string value) {
    return Value::of(std::move(value));
}
// Of an optional field, as the data gives it.
inline Value missing() {
    return {};
}

// `2026-03-01`, `2026-03-01T04:30:00Z`: microseconds; a date alone is its midnight in UTC.
std::int64_t at(std::string_view written);
// Days since 1970.
std::int64_t day(std::string_view written);

// A plan under construction. Its schema, in short (all optional unless said otherwise):
//
//   entity account { id: text key  since: time origin  employees: int  revenue: money
//     ratio: number  share: percent  email: text  active: bool  plan: plan tracked  industry
//     renews_on: date  renews_at: time }
//   entity event of account as events ordered by at { at: time  seq: int sequence  name: text
//     value: int  size: number  price: money  due: time }
//   entity deal of account as deals known from created_at { id: text key  created_at: time
//     closed_at: time known from closed_at  status known from closed_at, open before
//     amount: money (required)  outcome: text known from closed_at }
//   entity line of deal as lines { amount: money (required) }
//
// Zone America/New_York, currency USD.
class SmallPlan {
public:
    SmallPlan();

    plan::Plan plan;

    // ---- nodes; each call makes a new one
    NodeId constant(plan::Type type, Value value);
    NodeId yes() { return constant(kBool, truth(true)); }
    NodeId no() { return constant(kBool, truth(false)); }
    NodeId whole(std::int64_t value) { return constant(kInt, integer(value)); }
    NodeId words(std::string value) { return constant(kText, text(std::move(value))); }
    NodeId instant(std::string_view written) { return constant(kTime, integer(at(written))); }
    NodeId unknown(plan::Type type);
    NodeId as_of() { return node(Op::EvaluationInstant, kTime, {}); }
    // `account.employees`; of a collection's element: `event.name`, which stands in frame 1 unless
    // said otherwise.
    NodeId field(std::string_view path, std::uint32_t level = 1);
    NodeId node(Op op, plan::Type type, std::vector<NodeId> operands);
    NodeId condition(Op op, std::vector<NodeId> operands) {
        return node(op, kBool, std::move(operands));
    }
    NodeId rule_result(Op op, plan::Type type, std::uint32_t rule, std::int64_t detail = 0);
    NodeId aggregate(plan::Aggregate aggregate, plan::Type type, std::uint32_t level = 1);
    plan::Node& last_node() { return plan.nodes.back(); }

    // Over `events` (by `at`), `deals` (by `created_at`) or `lines`.
    plan::Aggregate over(std::string_view collection, plan::AggregateKind kind,
                         NodeId where = kNoNode, NodeId value = kNoNode) const;
    static plan::Window last(std::int64_t microseconds);
    static plan::Window last_calendar(plan::CalendarUnit unit, std::int64_t count);
    static plan::Window since(NodeId anchor);
    static plan::Window before(NodeId anchor);
    static plan::Window last_before(std::int64_t microseconds, NodeId anchor);

    // ---- rules; each gives its index in Plan::rules
    std::uint32_t add(plan::Fit fit, std::string name = "fit");
    std::uint32_t add(plan::Decision decision, plan::Type type, std::string name = "decision");
    std::uint32_t add(plan::Table table, std::string name = "table");

    plan::Type plan_type() const { return plan::Type::enumeration(0); } // free, team, enterprise
    plan::Type industry_type() const { return plan::Type::enumeration(1); }
    plan::Type status_type() const { return plan::Type::enumeration(2); } // open, won, lost
    plan::Type tier_type() const { return plan::Type::enumeration(3); }   // out, D, C, B, A

    plan::EntityIndex entity(std::string_view name) const;
    plan::FieldIndex field_index(std::string_view path) const;

private:
    std::uint32_t add_rule(plan::RuleKind kind, std::string name, plan::Type type,
                           std::size_t version);
};

// Points as people write them: 12.5.
constexpr std::int64_t points(double value) {
    return static_cast<std::int64_t>(value * 100 + (value < 0 ? -0.5 : 0.5));
}

// `points P when C`.
plan::PointsClause clause(std::int64_t points, NodeId when = kNoNode);

} // namespace rulebook::testing
