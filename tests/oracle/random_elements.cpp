// Questions about elements of collections, of every kind.
#include "tests/oracle/random_conditions.hpp"

namespace rulebook::oracle {

using plan::Aggregate;
using plan::AggregateKind;
using plan::NodeId;
using plan::Op;
using testing::integer;
using testing::kBool;
using testing::kDollars;
using testing::kDuration;
using testing::kInt;
using testing::kNoNode;
using testing::kNumber;
using testing::kText;
using testing::kTime;

NodeId RandomConditions::of_elements() {
    switch (random_.below(5)) {
    case 0:
        return of_deals();
    case 1:
        return of_lines();
    default:
        return of_events();
    }
}

NodeId RandomConditions::of_windows() {
    const auto one = [&] {
        const NodeId where =
            random_.one_in(2)
                ? plan_.condition(Op::Equal, {plan_.field("event.name"), plan_.words("A")})
                : kNoNode;
        const bool sums = random_.one_in(3);
        Aggregate elements = plan_.over("events", sums ? AggregateKind::Sum : AggregateKind::Count,
                                        where, sums ? plan_.field("event.value") : kNoNode);
        if (random_.one_in(3)) // which lies before or after the event itself
            elements.time_field = plan_.field_index("event.due");
        elements.windows.push_back(
            random_.one_in(3)
                ? testing::SmallPlan::last_calendar(random_.one_in(2) ? plan::CalendarUnit::Day
                                                                      : plan::CalendarUnit::IsoWeek,
                                                    random_.between(1, 2))
                : testing::SmallPlan::last(length()));
        return plan_.condition(some_comparison(), {plan_.aggregate(elements, kInt),
                                                   plan_.whole(random_.between(0, 3))});
    };
    const NodeId first = one();
    return random_.one_in(2)
               ? first
               : plan_.condition(random_.one_in(2) ? Op::And : Op::Or, {first, one()});
}

// Some stand still, some look at the clock themselves, some at the account or at other records.
NodeId RandomConditions::event_condition() {
    switch (random_.below(8)) {
    case 0:
        return kNoNode;
    case 1:
        return plan_.condition(some_comparison(), {plan_.field("event.due"), plan_.as_of()});
    case 2:
        return plan_.condition(
            some_comparison(),
            {plan_.node(Op::SubtractExact, kDuration, {plan_.as_of(), plan_.field("event.at")}),
             duration()});
    case 3:
        return plan_.condition(Op::Equal, {plan_.field("event.name"), plan_.words("A")});
    case 4:
        return plan_.condition(some_comparison(),
                               {plan_.field("event.value"), plan_.whole(random_.between(0, 3))});
    case 5: { // true of more elements from some version of the account's plan on
        const NodeId team =
            plan_.condition(Op::GreaterEqual, {plan_.field("account.plan"),
                                               plan_.constant(plan_.plan_type(), integer(1))});
        const NodeId own =
            random_.one_in(2)
                ? plan_.condition(Op::Equal, {plan_.field("event.name"), plan_.words("A")})
                : plan_.condition(some_comparison(), {plan_.field("event.due"), plan_.as_of()});
        return plan_.condition(random_.one_in(2) ? Op::And : Op::Or, {team, own});
    }
    case 6:
        return event_that_asks_others();
    default: {
        const NodeId one = event_condition();
        const NodeId other = event_condition();
        if (one == kNoNode || other == kNoNode)
            return one;
        return plan_.condition(random_.one_in(2) ? Op::And : Op::Or, {one, other});
    }
    }
}

NodeId RandomConditions::event_that_asks_others() {
    const NodeId value = plan_.field("event.value", 2);
    const NodeId later =
        plan_.condition(Op::Greater, {plan_.field("event.at", 2), plan_.field("event.at")});
    if (random_.one_in(2)) // of this one
        return plan_.condition(
            Op::GreaterEqual,
            {plan_.aggregate(plan_.over("events", AggregateKind::Count, later), kInt, 2),
             plan_.whole(1)});
    Aggregate all = plan_.over("events", AggregateKind::Max, kNoNode, value);
    if (random_.one_in(2))
        all.windows.push_back(testing::SmallPlan::last(length()));
    return plan_.condition(Op::Equal, {plan_.field("event.value"), plan_.aggregate(all, kInt, 2)});
}

Aggregate RandomConditions::of_kind(AggregateKind kind, std::string_view collection, NodeId where,
                                    NodeId value) {
    Aggregate elements = plan_.over(collection, kind, where, value);
    while (elements.has_time_field && elements.windows.size() < 2 && random_.one_in(2))
        elements.windows.push_back(window());
    return elements;
}

NodeId RandomConditions::compared(const Aggregate& elements, plan::Type type) {
    const NodeId asked = plan_.aggregate(elements, type);
    if (type == kBool)
        return asked;
    if (type == kText)
        return plan_.condition(Op::Equal, {asked, plan_.words("A")});
    if (type == kTime)
        return plan_.condition(some_comparison(), {asked, time()});
    const std::int64_t bound = random_.between(0, 4);
    if (type == kNumber)
        return plan_.condition(
            some_comparison(),
            {asked, plan_.constant(kNumber, plan::Value::of(static_cast<double>(bound) / 3))});
    return plan_.condition(some_comparison(), {asked, plan_.constant(type, integer(bound))});
}

NodeId RandomConditions::of_events() {
    const NodeId where = event_condition();
    const auto pick = [&](std::initializer_list<AggregateKind> kinds) {
        return random_.pick(std::vector<AggregateKind>(kinds));
    };
    using enum AggregateKind;
    switch (random_.below(8)) {
    case 0:
        return compared(of_kind(Any, "events", where, kNoNode), kBool);
    case 1: {
        const NodeId have = event_condition();
        Aggregate every = of_kind(Every, "events", where, kNoNode);
        every.have = have == kNoNode ? plan_.yes() : have;
        return compared(every, kBool);
    }
    case 2: {
        const NodeId name = plan_.field("event.name");
        const auto kind = pick({Distinct, First, Last}); // text has no order
        return compared(of_kind(kind, "events", where, name), kind == Distinct ? kInt : kText);
    }
    case 3: {
        const NodeId due = plan_.field("event.due");
        const auto kind = pick({Distinct, First, Last, Min, Max});
        return compared(of_kind(kind, "events", where, due), kind == Distinct ? kInt : kTime);
    }
    case 4: { // thirds are rounded, halves are not
        const NodeId value = plan_.node(Op::IntToNumber, kNumber, {plan_.field("event.value")});
        const NodeId part = plan_.constant(kNumber, plan::Value::of(random_.one_in(2) ? 3.0 : 2.0));
        const NodeId number = plan_.node(Op::DivideNumber, kNumber, {value, part});
        return compared(of_kind(pick({Sum, Avg, Min, Max}), "events", where, number), kNumber);
    }
    case 5: {
        const NodeId value = plan_.field("event.value");
        return compared(of_kind(Avg, "events", where, value), kNumber);
    }
    default: {
        const NodeId value = plan_.field("event.value");
        return compared(
            of_kind(pick({Sum, Min, Max, Distinct, First, Last, Count}), "events", where, value),
            kInt);
    }
    }
}

// Their fields become known when they are closed.
NodeId RandomConditions::deal_condition() {
    const NodeId won = plan_.condition(
        Op::Equal, {plan_.field("deal.status"), plan_.constant(plan_.status_type(), integer(1))});
    switch (random_.below(4)) {
    case 0:
        return kNoNode;
    case 1:
        return plan_.condition(Op::Less, {plan_.field("deal.closed_at"), time()});
    case 2: { // the lines below it
        const NodeId sum = plan_.aggregate(
            plan_.over("lines", AggregateKind::Sum, kNoNode, plan_.field("line.amount", 2)),
            kDollars, 2);
        return plan_.condition(Op::Greater, {sum, plan_.constant(kDollars, integer(2))});
    }
    default:
        return won;
    }
}

NodeId RandomConditions::of_deals() {
    const NodeId where = deal_condition();
    const NodeId closed = plan_.field("deal.closed_at");
    using enum AggregateKind;
    const auto kind = random_.pick(std::vector<AggregateKind>{Count, Any, First, Last, Min, Max});
    const plan::Type type = kind == Count ? kInt : kind == Any ? kBool : kTime;
    Aggregate deals =
        of_kind(kind, "deals", where, kind == Count || kind == Any ? kNoNode : closed);
    if (random_.one_in(2)) // … by closed_at
        deals.time_field = plan_.field_index("deal.closed_at");
    return compared(deals, type);
}

NodeId RandomConditions::of_lines() {
    const NodeId amount = plan_.field("line.amount");
    const NodeId large = plan_.condition(
        Op::Greater, {amount, plan_.constant(kDollars, integer(random_.between(0, 3)))});
    using enum AggregateKind;
    const auto kind = random_.pick(std::vector<AggregateKind>{Count, Sum, Max, Avg, Distinct});
    const bool counts = kind == Count || kind == Distinct;
    return compared(plan_.over("lines", kind, random_.one_in(2) ? large : kNoNode,
                               kind == Count ? kNoNode : amount),
                    counts ? kInt : kDollars);
}

NodeId RandomConditions::moving_values() {
    const NodeId at = plan_.field("event.at");
    const NodeId due = plan_.field("event.due");
    NodeId value = kNoNode;
    switch (random_.below(4)) {
    case 0:
        value = plan_.node(Op::SubtractExact, kDuration, {due, plan_.as_of()});
        break;
    case 1:
        value = plan_.node(
            Op::MultiplyExact, kDuration,
            {plan_.node(Op::SubtractExact, kDuration, {plan_.as_of(), at}), plan_.whole(2)});
        break;
    default:
        value = plan_.node(Op::SubtractExact, kDuration, {plan_.as_of(), at});
    }
    using enum AggregateKind;
    const auto kind = random_.pick(std::vector<AggregateKind>{Sum, Avg, Min, Max, First, Last});
    const NodeId where =
        random_.one_in(2)
            ? kNoNode
            : plan_.condition(Op::Equal, {plan_.field("event.name"), plan_.words("A")});
    const NodeId asked = plan_.aggregate(plan_.over("events", kind, where, value), kDuration);
    return plan_.condition(random_.one_in(2) ? Op::GreaterEqual : Op::Less, {asked, duration()});
}

} // namespace rulebook::oracle
