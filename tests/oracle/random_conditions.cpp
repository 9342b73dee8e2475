#include "tests/oracle/random_conditions.hpp"

#include <algorithm>
#include <cstdlib>
#include <utility>

namespace rulebook::oracle {

using plan::AggregateKind;
using plan::NodeId;
using plan::Op;
using testing::integer;
using testing::kBool;
using testing::kDate;
using testing::kDuration;
using testing::kHour;
using testing::kInt;
using testing::kNoNode;
using testing::kTime;

std::int64_t RandomConditions::length() {
    const std::int64_t between = std::abs(random_.pick(instants_) - random_.pick(instants_));
    lengths_.push_back(std::max(between, random_.between(1, 30) * kHour));
    return lengths_.back();
}

NodeId RandomConditions::time() {
    switch (random_.below(5)) {
    case 0:
        return plan_.constant(kTime, integer(random_.pick(instants_)));
    case 1: {
        const auto kind = random_.one_in(2) ? AggregateKind::Last : AggregateKind::Max;
        return plan_.aggregate(plan_.over("events", kind, kNoNode, plan_.field("event.due")),
                               kTime);
    }
    case 2: {
        const NodeId left = plan_.field("account.renews_at");
        return plan_.node(random_.one_in(2) ? Op::Minimum : Op::Maximum, kTime, {left, time()});
    }
    default:
        return plan_.field("account.renews_at");
    }
}

NodeId RandomConditions::duration() {
    return plan_.constant(kDuration, integer(length()));
}

NodeId RandomConditions::today() {
    return plan_.node(Op::DateOf, kDate, {plan_.as_of()});
}

Op RandomConditions::some_comparison() {
    static constexpr Op kComparisons[] = {Op::Less,         Op::LessEqual, Op::Greater,
                                          Op::GreaterEqual, Op::Equal,     Op::NotEqual};
    return kComparisons[random_.below(6)];
}

plan::Window RandomConditions::window() {
    switch (random_.below(7)) {
    case 0:
        return testing::SmallPlan::last_calendar(plan::CalendarUnit::Day, random_.between(1, 3));
    case 1:
        return testing::SmallPlan::last_calendar(
            random_.one_in(2) ? plan::CalendarUnit::IsoWeek : plan::CalendarUnit::Month, 1);
    case 2:
        return testing::SmallPlan::since(time());
    case 3:
        return testing::SmallPlan::before(time());
    case 4:
        return testing::SmallPlan::last_before(length(), time());
    default:
        return testing::SmallPlan::last(length());
    }
}

NodeId RandomConditions::count() {
    plan::Aggregate events =
        plan_.over("events", AggregateKind::Count,
                   random_.one_in(3)
                       ? kNoNode
                       : plan_.condition(Op::Equal, {plan_.field("event.name"), plan_.words("A")}));
    for (int i = 0; i < 2 && !random_.one_in(3); ++i)
        events.windows.push_back(window());
    const NodeId number = plan_.aggregate(events, kInt);
    if (random_.one_in(6)) {
        const NodeId change = plan_.node(Op::Change, testing::kPercent, {number});
        plan_.last_node().detail = length();
        return plan_.condition(
            some_comparison(),
            {change, plan_.constant(testing::kPercent, integer(random_.between(-1, 1) * 500'000))});
    }
    return plan_.condition(random_.one_in(3) ? Op::Equal : Op::GreaterEqual,
                           {number, plan_.whole(random_.between(0, 3))});
}

// What time alone changes.
NodeId RandomConditions::by_time() {
    const auto age = [&] {
        return plan_.node(Op::SubtractExact, kDuration, {plan_.as_of(), time()});
    };
    switch (random_.below(6)) {
    case 0:
        return plan_.condition(some_comparison(), {plan_.as_of(), time()});
    case 1:
        return plan_.condition(some_comparison(), {age(), duration()});
    case 2: {
        const NodeId later = plan_.node(Op::AddExact, kTime, {time(), duration()});
        return plan_.condition(some_comparison(), {later, plan_.as_of()});
    }
    case 3: {
        const NodeId from = time();
        const NodeId to = plan_.node(Op::AddExact, kTime, {from, duration()});
        return plan_.condition(random_.one_in(2) ? Op::InRange : Op::InRangeUnder,
                               {plan_.as_of(), from, to});
    }
    case 4:
        return plan_.condition(some_comparison(),
                               {plan_.node(Op::AbsExact, kDuration, {age()}), duration()});
    default: // turns at a multiple of an hour
        return plan_.condition(some_comparison(),
                               {plan_.node(Op::MultiplyExact, kDuration, {age(), plan_.whole(2)}),
                                plan_.constant(kDuration, integer(2 * length()))});
    }
}

NodeId RandomConditions::by_date() {
    switch (random_.below(5)) {
    case 0:
        return plan_.condition(some_comparison(), {plan_.node(Op::Weekday, kInt, {today()}),
                                                   plan_.whole(random_.between(1, 7))});
    case 1: {
        const NodeId days =
            plan_.node(Op::DaysBetween, kInt, {plan_.node(Op::DateOf, kDate, {time()}), today()});
        return plan_.condition(some_comparison(), {days, plan_.whole(random_.between(-2, 3))});
    }
    case 2:
        return plan_.condition(Op::InSet, {plan_.node(Op::Day, kInt, {today()}),
                                           plan_.whole(random_.between(1, 31)),
                                           plan_.whole(random_.between(1, 31))});
    case 3: {
        const NodeId week = plan_.node(Op::StartOfWeek, kDate, {today()});
        const NodeId other = plan_.node(Op::DateOf, kDate, {time()});
        return plan_.condition(some_comparison(), {week, other});
    }
    default: {
        const NodeId morning = plan_.node(Op::StartOfDay, kTime, {today()});
        return plan_.condition(some_comparison(), {morning, time()});
    }
    }
}

// What records change.
NodeId RandomConditions::by_record() {
    switch (random_.below(5)) {
    case 0:
        return plan_.field("account.active");
    case 1: {
        const NodeId won =
            plan_.condition(Op::Equal, {plan_.field("deal.status"),
                                        plan_.constant(plan_.status_type(), integer(1))});
        return plan_.aggregate(plan_.over("deals", AggregateKind::Any, won), kBool);
    }
    case 2:
        return plan_.condition(Op::Equal,
                               {plan_.aggregate(plan_.over("events", AggregateKind::Last, kNoNode,
                                                           plan_.field("event.name")),
                                                testing::kText),
                                plan_.words("A")});
    case 3:
        return plan_.condition(Op::IsKnown, {plan_.field("account.email")});
    default:
        return plan_.condition(Op::GreaterEqual, {plan_.field("account.plan"),
                                                  plan_.constant(plan_.plan_type(), integer(1))});
    }
}

NodeId RandomConditions::by_rule() {
    if (!fits_.empty() && (decisions_.empty() || random_.one_in(2))) {
        const NodeId score = plan_.rule_result(Op::FitScore, testing::kPoints, random_.pick(fits_));
        return plan_.condition(
            some_comparison(),
            {score, plan_.constant(testing::kPoints, integer(random_.between(1, 3) * 1000))});
    }
    if (decisions_.empty())
        return count();
    return plan_.condition(Op::Equal, {plan_.rule_result(Op::DecisionResult, plan_.plan_type(),
                                                         random_.pick(decisions_)),
                                       plan_.constant(plan_.plan_type(), integer(1))});
}

NodeId RandomConditions::fired() {
    std::vector<NodeId> since;
    if (random_.one_in(2))
        since = {plan_.node(Op::SubtractExact, kTime, {plan_.as_of(), duration()})};
    else if (random_.one_in(3))
        since = {time()};
    const NodeId fired = plan_.node(Op::TriggerFired, kBool, since);
    plan_.last_node().index = random_.pick(triggers_);
    return random_.one_in(2) ? fired : plan_.condition(Op::Not, {fired});
}

NodeId RandomConditions::leaf() {
    switch (random_.below(7)) {
    case 0:
        return by_time();
    case 1:
        return by_date();
    case 2:
        return by_record();
    case 3:
        return of_elements();
    case 4:
        return by_rule();
    case 5:
        return triggers_.empty() ? count() : fired();
    default:
        return count();
    }
}

NodeId RandomConditions::moving(int depth) {
    if (depth == 0 || !random_.one_in(3))
        return leaf();
    const NodeId left = moving(depth - 1);
    switch (random_.below(7)) {
    case 0:
        return plan_.condition(Op::Not, {left});
    case 1:
        return plan_.condition(Op::Default, {left, plan_.yes()});
    case 2: {
        const NodeId right = moving(depth - 1);
        const NodeId third = moving(depth - 1);
        if (random_.one_in(2))
            return plan_.condition(Op::If, {left, right, third});
        const NodeId two = plan_.condition(Op::AtLeast, {left, right, third});
        plan_.last_node().detail = 2;
        return two;
    }
    default: {
        const NodeId right = moving(depth - 1);
        return plan_.condition(random_.one_in(2) ? Op::And : Op::Or, {left, right});
    }
    }
}

NodeId RandomConditions::in_the_past() {
    const std::vector<std::uint32_t> none;
    const auto triggers = std::exchange(triggers_, none); // asked of the present only
    const NodeId then = moving(1);
    triggers_ = triggers;
    const NodeId made = plan_.node(Op::AsOfAgo, kBool, {then});
    plan_.last_node().detail = length();
    return made;
}

NodeId RandomConditions::asked(bool event) {
    if (!triggers_.empty() && random_.one_in(3))
        return fired();
    if (event && random_.one_in(3))
        return plan_.condition(Op::Less, {plan_.field("event.value"), plan_.whole(2)});
    switch (random_.below(6)) {
    case 0:
        return plan_.yes();
    case 1:
        return plan_.no();
    case 2:
        return in_the_past();
    default:
        return moving(1);
    }
}

} // namespace rulebook::oracle
