// Planes have the bits of the records that match, and no others: of any piece of the rows, as of
// any instant, whatever the way in which a signal is found.
#include "runtime/scan/signal_planes.hpp"

#include <array>

#include <gtest/gtest.h>

#include "tests/generator/randomness.hpp"
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

constexpr std::int64_t kNames = 12;

class SignalPlanesTest : public EvaluationTest {
protected:
    SignalPlanesTest() {
        plan.plan.schema.entities[plan.entity("event")]
            .fields[plan.field_index("event.at")]
            .optional = true;
    }
    std::uint32_t signal(NodeId where) {
        plan::Signal signal;
        signal.name = "signal " + std::to_string(plan.plan.signals.size());
        signal.collection = plan.entity("event");
        signal.where = where;
        plan.plan.signals.push_back(signal);
        return static_cast<std::uint32_t>(plan.plan.signals.size() - 1);
    }
    // Whatever the record; by one of its texts, of which there are more than a table has room for;
    // by a number; by the account's fields, too; by the instant.
    void add_signals() {
        signal(kNoNode);
        for (std::int64_t name = 0; name < kNames; ++name)
            signal(plan.condition(
                Op::Equal, {plan.field("event.name"), plan.words("name " + std::to_string(name))}));
        signal(plan.condition(Op::Not, {plan.condition(Op::IsKnown, {plan.field("event.name")})}));
        signal(plan.condition(Op::GreaterEqual, {plan.field("event.value"), plan.whole(2)}));
        signal(
            plan.condition(Op::Less, {plan.field("event.value"), plan.field("account.employees")}));
        signal(plan.condition(Op::Less, {plan.field("event.due"), plan.as_of()}));
    }
    // Of some account; of every twelfth the time is missing.
    void add_events(std::size_t count) {
        constexpr data::RowIndex kAccounts = 9;
        for (data::RowIndex i = 0; i < kAccounts; ++i)
            data.account({{"employees", integer(random_.between(0, 4))}});
        const auto mostly = [&](Value value) {
            return random_.one_in(12) ? missing() : std::move(value);
        };
        for (std::size_t i = 0; i < count; ++i)
            data.event(static_cast<data::RowIndex>(random_.below(kAccounts)),
                       {{"at", mostly(integer(some_instant()))},
                        {"name", mostly(text("name " + std::to_string(random_.below(kNames))))},
                        {"value", mostly(integer(random_.between(0, 4)))},
                        {"due", mostly(integer(some_instant()))}});
    }
    std::int64_t some_instant() { return kToday - random_.between(0, 30) * kHour; }

    bool is_there(data::RowIndex row, std::int64_t as_of) {
        const data::Column& times = events().column(plan.field_index("event.at"));
        return times.known(row) && times.integer(row) <= as_of;
    }
    bool matches(std::uint32_t signal, data::RowIndex row) {
        const NodeId where = plan.plan.signals[signal].where;
        const std::array frames{interpret::Record{plan.plan.schema.root, events().parent(row)},
                                interpret::Record{plan.entity("event"), row}};
        interpret::RowContext context;
        context.instant = events().column(plan.field_index("event.at")).integer(row);
        context.frames = frames;
        return where == kNoNode || evaluator().evaluate(where, context).is_true();
    }
    const data::Table& events() { return dataset().table(plan.entity("event")); }

    void compare(scan::SignalPlanes& planes, data::RowRange rows, std::int64_t as_of) {
        planes.find(rows, as_of);
        for (std::uint32_t signal = 0; signal < plan.plan.signals.size(); ++signal) {
            const scan::Plane& plane = planes.of(signal);
            ASSERT_EQ(plane.size(), scan::words_for(rows.size()));
            for (std::size_t place = 0; place < plane.size() * scan::kBitsOfWord; ++place) {
                const auto row = static_cast<data::RowIndex>(rows.first + place);
                const bool wanted = row < rows.last && is_there(row, as_of) && matches(signal, row);
                const bool found =
                    (plane[place / scan::kBitsOfWord] >> (place % scan::kBitsOfWord) & 1) != 0;
                ASSERT_EQ(found, wanted)
                    << "signal " << signal << " of row " << row << ", the rows " << rows.first
                    << " to " << rows.last << ", as of " << as_of;
            }
        }
    }

    std::vector<std::uint32_t> all_signals() const {
        std::vector<std::uint32_t> all;
        for (std::uint32_t signal = 0; signal < plan.plan.signals.size(); ++signal)
            all.push_back(signal);
        return all;
    }

    generator::Randomness random_{1};
};

TEST_F(SignalPlanesTest, HaveTheRecordsThatMatch) {
    add_signals();
    add_events(400);
    scan::SignalPlanes planes(evaluator(), plan.entity("event"), all_signals());
    const auto count = static_cast<data::RowIndex>(events().size());
    compare(planes, {0, 0}, kToday);
    for (const data::RowIndex length : {1U, 63U, 64U, 65U, 128U, count})
        for (int i = 0; i < 6; ++i) {
            const auto first = static_cast<data::RowIndex>(random_.below(count - length + 1));
            compare(planes, {first, first + length}, i == 0 ? kToday : some_instant());
        }
}

// Where all records are there at all times, nothing is left out.
TEST_F(SignalPlanesTest, OfRecordsThatAreAllThere) {
    add_signals();
    data.account({});
    for (std::int64_t i = 0; i < 100; ++i)
        data.event(0, {{"at", integer(kToday - i * kHour)}, {"value", integer(i % 4)}});
    scan::SignalPlanes planes(evaluator(), plan.entity("event"), all_signals());
    compare(planes, {0, 100}, kToday);
    compare(planes, {0, 100}, kToday - 50 * kHour);
}

} // namespace
} // namespace rulebook::testing
