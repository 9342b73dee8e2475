// Elements are found by their place in time: the same ones as by a look at each.
#include <algorithm>
#include <optional>
#include <random>

#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

struct Event {
    std::optional<std::int64_t> time;
    std::int64_t value = 0;
    int sequence = 0;
};

// Few instants, so that many events share one, and events without time.
class WindowsLaw : public EvaluationTest {
protected:
    static constexpr std::int64_t kInstants = 12;
    static constexpr std::int64_t kLimit = 5;

    void SetUp() override {
        const plan::FieldIndex time = plan.field_index("event.at");
        plan.plan.schema.entities[plan.entity("event")].fields[time].optional = true;
        data.account({{"employees", integer(kLimit)}, {"renews_at", integer(at_hour(6))}});
        for (int i = 0; i < 60; ++i) {
            Event event{std::nullopt, random(0, 9), i};
            if (random(0, 9) > 0)
                event.time = at_hour(random(0, kInstants));
            data.event(0, {{"at", event.time ? integer(*event.time) : missing()},
                           {"seq", integer(i)},
                           {"value", integer(event.value)}});
            events.push_back(event);
        }
        std::ranges::sort(events, {},
                          [](const Event& event) { return std::pair(event.time, event.sequence); });
    }

    static std::int64_t at_hour(std::int64_t hour) { return at("2026-03-01") + hour * kHour; }
    std::int64_t random(std::int64_t low, std::int64_t high) {
        return low +
               static_cast<std::int64_t>(generator() % static_cast<std::uint64_t>(high - low + 1));
    }

    // Of the events that are there at the instant and lie in [from, to]: those above the limit.
    std::vector<Event> inside(std::int64_t now, std::int64_t from, std::int64_t to) const {
        std::vector<Event> found;
        std::ranges::copy_if(events, std::back_inserter(found), [&](const Event& event) {
            return event.time && *event.time <= now && *event.time >= from && *event.time <= to &&
                   event.value > kLimit;
        });
        return found;
    }
    NodeId over(plan::AggregateKind kind, NodeId bound, std::vector<plan::Window> windows) {
        const NodeId value = plan.field("event.value");
        plan::Aggregate aggregate =
            plan.over("events", kind, plan.condition(Op::Greater, {value, bound}),
                      kind == plan::AggregateKind::Count ? kNoNode : value);
        aggregate.windows = std::move(windows);
        return plan.aggregate(aggregate, kInt);
    }

    std::vector<Event> events; // as the collection orders them
    std::mt19937_64 generator{20260301};
};

// One condition reads the account, so that every look asks anew; the other the element alone, whose
// elements are kept from the second look on.
TEST_F(WindowsLaw, ThoseInsideAreFound) {
    using Kind = plan::AggregateKind;
    const NodeId anchor = plan.field("account.renews_at");
    const std::vector<plan::Window> windows{SmallPlan::last(3 * kHour), SmallPlan::since(anchor),
                                            SmallPlan::before(anchor),
                                            SmallPlan::last_before(2 * kHour, anchor)};
    const NodeId read = plan.field("account.employees");
    const NodeId fixed = plan.whole(kLimit);
    std::vector<std::vector<NodeId>> asked;
    for (const plan::Window& window : windows)
        asked.push_back({over(Kind::Count, read, {window}), over(Kind::Count, fixed, {window}),
                         over(Kind::Sum, read, {window}), over(Kind::First, read, {window}),
                         over(Kind::First, fixed, {window}), over(Kind::Last, read, {window}),
                         over(Kind::Last, fixed, {window})});
    std::size_t counted = 0;
    for (int look = 0; look < 400; ++look) {
        const std::int64_t now = at_hour(random(-1, kInstants + 1)) + random(-1, 1);
        const std::int64_t since = at_hour(6);
        const std::vector<std::pair<std::int64_t, std::int64_t>> bounds{
            {now - 3 * kHour + 1, now},
            {since, INT64_MAX},
            {INT64_MIN, since - 1},
            {since - 2 * kHour + 1, since}};
        for (std::size_t i = 0; i < windows.size(); ++i) {
            const auto expected = inside(now, bounds[i].first, bounds[i].second);
            std::int64_t sum = 0;
            for (const Event& event : expected)
                sum += event.value;
            counted += expected.size();
            const auto count = integer(static_cast<std::int64_t>(expected.size()));
            EXPECT_VALUE(value(asked[i][0], now), count);
            EXPECT_VALUE(value(asked[i][1], now), count);
            EXPECT_VALUE(value(asked[i][2], now), integer(sum));
            for (const std::size_t node : {3U, 4U, 5U, 6U}) {
                const Value chosen = value(asked[i][node], now);
                ASSERT_EQ(chosen.known(), !expected.empty());
                if (chosen.known())
                    EXPECT_EQ(chosen.integer(),
                              node < 5 ? expected.front().value : expected.back().value);
            }
        }
    }
    EXPECT_GT(counted, 5'000U); // else it said nothing
}

} // namespace
} // namespace rulebook::testing
