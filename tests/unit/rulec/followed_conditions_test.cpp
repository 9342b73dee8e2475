// `becomes C` for every operation and builtin: C is followed in time, or refused with a code that
// says what to write. Nothing in between.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "compiler/diagnostics/render.hpp"
#include "runtime/plan/motion.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Motion;
using rulebook::plan::Op;

constexpr std::string_view kRulebook = R"(
rulebook followed { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
list vips from "vips.csv"
lookup rate(days: int) -> number from "rates.csv"
entity account {
  id : text key  t : time origin  seats : int tracked  p : percent fixed  m : money fixed
  n : number fixed  d : date fixed  title : text fixed  vip : bool fixed
}
entity event of account as events ordered by at { at : time  name : text }
signal seen = events where name is "seen"
fit fading {
  owner sales
  out when seats > 100
  points 3 for each of events where seen halving every 14 days at most 50 points
  score 0 to 50
  tier A from 20, B otherwise
}
decide warmth -> enum { hot, cold } {
  owner sales
  choose hot when fading.score >= 20
  choose cold otherwise
}
table label -> (words: text, discount: percent) {
  owner sales
  hit first
  | seats     || words            | discount |
  | > 3       || "{age(t)}"       | 5%       |
  | otherwise || "few"            | 0%       |
}
trigger asked { owner sales  on seen  each time  say "x" }
)";

// A condition that uses the operation, and the code that refuses it; none: it is followed.
struct Case {
    Op op;
    std::string condition;
    std::string refused;
};

std::vector<Case> cases() {
    return {
        {Op::Constant, "seats > 3", ""},
        {Op::Field, "seats > 3", ""},
        {Op::EvaluationInstant, "as_of > t", ""},
        {Op::FitScore, "fading.score >= 20", ""},
        {Op::FitScore, "fading.score is 20", "RB3050"},
        {Op::FitTier, "fading.tier >= A", ""},
        {Op::FitTier, "fading.tier is A", "RB3050"},
        {Op::FitOut, "fading.out", ""},
        {Op::FitUnknowns, "fading.unknowns is 1", ""},
        {Op::DecisionResult, "warmth is hot", ""},
        {Op::TableOutput, "label.discount is 5%", ""},
        {Op::TriggerFired, "asked fired", ""},
        {Op::TriggerFired, "asked fired in last 7 days", ""},
        {Op::TriggerFired, "asked fired since (t + age(t) * 2)", "RB3051"},
        {Op::And, "vip and age(t) > 3 days", ""},
        {Op::Or, "vip or age(t) > 3 days", ""},
        {Op::Not, "not (age(t) > 3 days)", ""},
        {Op::If, "(if vip then age(t) else 3 days) > 5 days", ""},
        {Op::AtLeast, "at least 1 of (vip, age(t) > 3 days)", ""},
        {Op::IsKnown, "age(t) is known", ""},
        {Op::Default, "(age(t) default 3 days) > 5 days", ""},
        {Op::Equal, "age(t) is 30 days", ""},
        {Op::Equal, "(1.5 * share(age(t), 1 day)) is 30.0", "RB3050"},
        {Op::NotEqual, "age(t) is not 30 days", ""},
        {Op::NotEqual, "(1.5 * share(age(t), 1 day)) is not 30.0", "RB3050"},
        {Op::Less, "age(t) < 30 days", ""},
        {Op::LessEqual, "age(t) <= 30 days", ""},
        {Op::Greater, "(1.5 * share(age(t), 1 day)) > 30.0", ""},
        {Op::GreaterEqual, "age(t) >= 30 days", ""},
        {Op::InRange, "age(t) in 1 day to 3 days", ""},
        {Op::InRangeUnder, "age(t) in 1 day to under 3 days", ""},
        {Op::InSet, "seats in (1, 2)", ""},
        {Op::InSet, "age(t) in (1 day, 2 days)", "RB3050"},
        {Op::InList, "domain(title) in vips", ""},
        {Op::AddExact, "t + age(t) > 2026-03-01T00:00:00Z", ""},
        {Op::SubtractExact, "as_of - t > 30 days", ""},
        {Op::MultiplyExact, "age(t) * 2 > 30 days", ""},
        {Op::MultiplyExact, "age(t) * seats > 30 days", ""},
        {Op::MultiplyExact, "age(t) * seats is 30 days", "RB3050"},
        {Op::NegateExact, "-age(t) < -(3 days)", ""},
        {Op::AbsExact, "abs(t - as_of) > 3 days", ""},
        {Op::MultiplyPercent, "p * share(age(t), 1 day) > 3%", ""},
        {Op::MultiplyMoneyPercent, "m * share(age(t), 1 day) > $3", ""},
        {Op::Share, "share(age(t), 1 day) > 3%", ""},
        {Op::RoundExact, "round(age(t), 1 day) >= 3 days", ""},
        {Op::RoundExact, "round(age(t), 1 day) is 3 days", "RB3050"},
        {Op::AddDays, "d + 3 days > 2026-03-01", ""},
        {Op::AddDays, "d + age(t) > 2026-03-01", "RB3052"},
        {Op::SubtractDays, "d - 3 days > 2026-03-01", ""},
        {Op::SubtractDays, "d - age(t) > 2026-03-01", "RB3052"},
        {Op::AddNumber, "n + (1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::SubtractNumber, "n - (1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::MultiplyNumber, "n * (1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::DivideNumber, "n / (1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::NegateNumber, "-(1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::AbsNumber, "abs(1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::RoundNumber, "round((1.5 * share(age(t), 1 day)), 1.0) > 3", ""},
        {Op::Floor, "floor(1.5 * share(age(t), 1 day)) >= 3", ""},
        {Op::Floor, "floor(1.5 * share(age(t), 1 day)) is 3", "RB3050"},
        {Op::Ceil, "ceil(1.5 * share(age(t), 1 day)) >= 3", ""},
        {Op::Power, "power((1.5 * share(age(t), 1 day)), n) > 3", ""},
        {Op::IntToNumber, "n + floor(1.5 * share(age(t), 1 day)) > 3", ""},
        {Op::PercentToNumber, "n * share(age(t), 1 day) > 3", ""},
        {Op::PointsToNumber, "fading.score * n > 3", ""},
        {Op::DivideExact, "share(age(t), 1 day) / 10% > 3", ""},
        {Op::MultiplyMoneyNumber, "m * (1.5 * share(age(t), 1 day)) > $3", ""},
        {Op::DivideMoneyNumber, "m / (1.5 * share(age(t), 1 day)) > $3", ""},
        {Op::ConvertMoney, "convert(m, EUR, (1.5 * share(age(t), 1 day))) > EUR 3.00", ""},
        {Op::Minimum, "min(age(t), 3 days) > 2 days", ""},
        {Op::Maximum, "max(age(t), 3 days) is 3 days", ""},
        {Op::Contains, "title contains \"x\"", ""},
        {Op::HasWord, "title has word \"x\"", ""},
        {Op::StartsWith, "title starts with \"x\"", ""},
        {Op::EndsWith, "title ends with \"x\"", ""},
        {Op::Like, "title like \"x*\"", ""},
        {Op::Matches, "title matches \"x\"", ""},
        {Op::Lower, "lower(title) is \"x\"", ""},
        {Op::Trim, "trim(title) is \"x\"", ""},
        {Op::Length, "length(title) > 3", ""},
        {Op::Domain, "domain(title) is \"x\"", ""},
        {Op::Interpolate, "label.words is \"few\"", "RB3052"},
        {Op::DateOf, "date(as_of) > 2026-03-01", ""},
        {Op::DateOf, "date(t + age(t) * 2) > 2026-03-01", "RB3052"},
        {Op::DaysBetween, "days_between(d, date(as_of)) is 3", ""},
        {Op::Year, "year(date(as_of)) is 2027", ""},
        {Op::Month, "month(date(as_of)) is 3", ""},
        {Op::Day, "day(date(as_of)) is 31", ""},
        {Op::Weekday, "weekday(date(as_of)) is 1", ""},
        {Op::StartOfWeek, "start_of_week(date(as_of)) is d", ""},
        {Op::StartOfMonth, "start_of_month(date(as_of)) is d", ""},
        {Op::StartOfYear, "start_of_year(date(as_of)) is d", ""},
        {Op::StartOfDay, "any(events since d)", ""},
        {Op::Aggregate, "count(events in last 7 days) >= 3", ""},
        {Op::Aggregate, "count(events where as_of - at > 7 days) >= 3", ""},
        {Op::Aggregate, "any(events since t + age(t) * 2)", "RB3051"},
        {Op::Aggregate, "max(as_of - at of events) > 3 days", ""},
        {Op::Aggregate, "distinct(as_of - at of events) > 3", "RB3052"},
        {Op::Lookup, "rate(seats) > 2", ""},
        {Op::Lookup, "rate(floor(1.5 * share(age(t), 1 day))) > 2", "RB3052"},
        {Op::AsOfAgo, "(seats as of 7 days ago) is 3", ""},
        {Op::Change, "change(seats, 7 days) > 5%", ""},
        {Op::CreditedAmount, "credited(\"x\") > $3", "RB1307"}, // of a credit's flags
    };
}

struct Compiled {
    std::set<std::string> errors;
    std::string rendered;
    std::optional<rulebook::plan::Plan> plan;
};

Compiled compile(const std::string& condition) {
    RulebookText text;
    text.files = {text.sources.add(
        "followed.rules", std::string(kRulebook) + "trigger watched { owner sales  on becomes " +
                              condition + "  each time  say \"x\" }\n")};
    text.read = [](std::string_view path) -> rulebook::Result<std::string> {
        return path == "vips.csv" ? "domain\nexample.com\n" : "days,rate\n3,1.5\n";
    };
    Diagnostics diagnostics;
    Compiled made;
    made.plan = compile_rulebook(text, diagnostics).plan;
    for (const Diagnostic* one : diagnostics.sorted())
        if (one->severity == Severity::Error) {
            made.errors.insert(std::string(one->code()));
            made.rendered += one->message + "\n";
        }
    return made;
}

TEST(FollowedConditions, EveryCaseIsFollowedOrRefused) {
    for (const Case& one : cases()) {
        const Compiled made = compile(one.condition);
        const std::set<std::string> wanted =
            one.refused.empty() ? std::set<std::string>{} : std::set{one.refused};
        EXPECT_EQ(made.errors, wanted) << one.condition << '\n' << made.rendered;
        if (!one.refused.empty() || !made.plan)
            continue;
        EXPECT_TRUE(std::ranges::any_of(made.plan->nodes,
                                        [&](const auto& node) { return node.op == one.op; }))
            << one.condition << " does not use " << rulebook::plan::name(one.op);
    }
}

TEST(FollowedConditions, EveryOperationHasACase) {
    const std::vector<Case> all = cases();
    const auto has_case = [&](Op op) {
        return std::ranges::any_of(all, [&](const Case& one) { return one.op == op; });
    };
#define RB_OP(Name, ...) EXPECT_TRUE(has_case(Op::Name)) << #Name;
#include "runtime/plan/ops.def"
}

TEST(FollowedConditions, EveryBuiltinHasACase) {
    const std::vector<Case> all = cases();
    const auto has_case = [&](const std::string& name, Op op) {
        return std::ranges::any_of(all, [&](const Case& one) {
            return one.op == op && one.condition.find(name + "(") != std::string::npos;
        });
    };
#define RB_BUILTIN(name, Result, Parameters, Operation, cost, example)                             \
    EXPECT_TRUE(has_case(#name, Op::Operation)) << #name << ", " << #Operation;
#include "runtime/plan/builtins.def"
}

// The motion of the condition's first operand.
Motion motion_of(const std::string& condition) {
    const Compiled made = compile(condition);
    EXPECT_TRUE(made.plan) << condition << '\n' << made.rendered;
    if (!made.plan)
        return {};
    for (const auto& trigger : made.plan->triggers)
        if (trigger.on.condition != rulebook::plan::kNoNode)
            return rulebook::plan::motions(
                *made.plan)[made.plan->nodes[trigger.on.condition].operands.front()];
    return {};
}

Motion linear(std::int64_t least, std::int64_t greatest) {
    return {.kind = Motion::Kind::Linear, .least_slope = least, .greatest_slope = greatest};
}

TEST(Motions, SlopesAreExact) {
    EXPECT_EQ(motion_of("age(t) > 3 days"), linear(1, 1));
    EXPECT_EQ(motion_of("age(t) * 2 > 3 days"), linear(2, 2));
    EXPECT_EQ(motion_of("-age(t) * 3 > 3 days"), linear(-3, -3));
    EXPECT_EQ(motion_of("t + age(t) * 2 > t"), linear(2, 2));
    EXPECT_EQ(motion_of("t - age(t) * 2 > t"), linear(-2, -2));
    EXPECT_EQ(motion_of("min(age(t), 3 days) > 2 days"), linear(0, 1));
    EXPECT_EQ(motion_of("abs(t - as_of) > 2 days"), linear(-1, 1));
    EXPECT_EQ(motion_of("(if vip then age(t) * 5 else -age(t)) > 2 days"), linear(-1, 5));
    EXPECT_EQ(motion_of("(age(t) as of 7 days ago) > 2 days"), linear(1, 1));
}

TEST(Motions, WhatStandsStepsOrMoves) {
    const auto kind = [](const std::string& condition) { return motion_of(condition).kind; };
    EXPECT_EQ(kind("seats > 3"), Motion::Kind::Still);
    EXPECT_EQ(kind("count(events) > 3"), Motion::Kind::Still);
    EXPECT_EQ(kind("count(events in 3 days before t) > 3"), Motion::Kind::Still);
    EXPECT_EQ(kind("count(events in last 3 days) > 3"), Motion::Kind::Steps);
    EXPECT_EQ(kind("(seats as of 7 days ago) > 3"), Motion::Kind::Steps);
    EXPECT_EQ(kind("age(t) - age(t) > 3 days"), Motion::Kind::Steps);
    EXPECT_EQ(kind("fading.unknowns > 3"), Motion::Kind::Steps);
    EXPECT_EQ(kind("fading.score > 3"), Motion::Kind::Continuous);
    EXPECT_EQ(kind("age(t) * 5_000_000_000_000 * 5_000_000_000_000 > 3 days"),
              Motion::Kind::Continuous);
}

} // namespace
} // namespace rulec::tool
