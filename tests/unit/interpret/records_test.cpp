// What an expression sees of the records at an instant.
#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

class RecordsTest : public EvaluationTest {};

TEST_F(RecordsTest, AFieldIsItsValueOrUnknownWithTheDatasCause) {
    data.account({{"employees", integer(12)}});
    const NodeId employees = plan.field("account.employees");
    const NodeId revenue = plan.field("account.revenue");
    EXPECT_VALUE(value(employees), integer(12));
    EXPECT_UNKNOWN(value(revenue), MissingInput, revenue);
}

TEST_F(RecordsTest, ACollectionShowsWhatIsThereAtTheInstant) {
    data.account();
    data.event(0, {{"at", integer(at("2026-03-01"))}});
    data.event(0, {{"at", integer(at("2026-03-02"))}});
    data.deal(0, {{"created_at", integer(at("2026-03-02"))}, {"amount", integer(1)}});
    const NodeId events = plan.aggregate(plan.over("events", plan::AggregateKind::Count), kInt);
    const NodeId deals = plan.aggregate(plan.over("deals", plan::AggregateKind::Count), kInt);
    EXPECT_VALUE(value(events, at("2026-03-01") - 1), integer(0));
    EXPECT_VALUE(value(events, at("2026-03-01")), integer(1));
    EXPECT_VALUE(value(events, at("2026-03-02")), integer(2));
    EXPECT_VALUE(value(deals, at("2026-03-02") - 1), integer(0));
    EXPECT_VALUE(value(deals, at("2026-03-02")), integer(1));
}

// A field of the only deal.
class DatedFieldTest : public RecordsTest {
protected:
    void deal(Value closed_at, Value status, Value outcome) {
        data.account();
        data.deal(0, {{"created_at", integer(at("2026-03-01"))},
                      {"closed_at", std::move(closed_at)},
                      {"status", std::move(status)},
                      {"outcome", std::move(outcome)},
                      {"amount", integer(1)}});
    }
    NodeId of_deal(std::string_view field, plan::Type type) {
        const NodeId inner = plan.field(field);
        inner_.push_back(inner);
        return plan.aggregate(plan.over("deals", plan::AggregateKind::First, kNoNode, inner), type);
    }
    std::vector<NodeId> inner_;
};

constexpr std::int64_t kOpen = 0;
constexpr std::int64_t kWon = 1;

TEST_F(DatedFieldTest, HasItsValueFromItsInstantOn) {
    deal(integer(at("2026-03-20")), integer(kWon), text("signed"));
    const NodeId status = of_deal("deal.status", plan.status_type());
    const NodeId outcome = of_deal("deal.outcome", kText);
    const NodeId closed_at = of_deal("deal.closed_at", kTime);
    EXPECT_VALUE(value(status, at("2026-03-20") - 1), integer(kOpen)) << "its `before`";
    EXPECT_VALUE(value(status, at("2026-03-20")), integer(kWon));
    EXPECT_UNKNOWN(value(outcome, at("2026-03-20") - 1), NotYetKnown, inner_[1]);
    EXPECT_VALUE(value(outcome, at("2026-03-20")), text("signed"));
    EXPECT_UNKNOWN(value(closed_at, at("2026-03-20") - 1), NotYetKnown, inner_[2]);
    EXPECT_VALUE(value(closed_at, at("2026-03-20")), integer(at("2026-03-20")));
}

TEST_F(DatedFieldTest, WithoutADateIsWhatItWasBefore) {
    deal(missing(), integer(kOpen), missing());
    const NodeId status = of_deal("deal.status", plan.status_type());
    const NodeId outcome = of_deal("deal.outcome", kText);
    EXPECT_VALUE(value(status), integer(kOpen));
    EXPECT_UNKNOWN(value(outcome), NoDate, inner_[1]);
}

TEST_F(DatedFieldTest, WithoutADateAndAnotherValueIsUnknown) {
    deal(missing(), integer(kWon), text("signed"));
    const NodeId status = of_deal("deal.status", plan.status_type());
    const NodeId outcome = of_deal("deal.outcome", kText);
    EXPECT_UNKNOWN(value(status), NoDate, inner_[0]);
    EXPECT_UNKNOWN(value(outcome), NoDate, inner_[1]);
}

TEST_F(DatedFieldTest, WithoutDateAndValueIsWhatItWasBefore) {
    deal(missing(), missing(), missing());
    const NodeId status = of_deal("deal.status", plan.status_type());
    EXPECT_VALUE(value(status), integer(kOpen));
}

TEST_F(RecordsTest, ATrackedFieldIsUnknownBeforeItsHistory) {
    data.account({{"plan", integer(1)}});
    data.taken_at(at("2026-06-01"));
    const NodeId tracked = plan.field("account.plan");
    EXPECT_UNKNOWN(value(tracked, at("2026-06-01") - 1), BeforeHistory, tracked);
    EXPECT_VALUE(value(tracked, at("2026-06-01")), integer(1));
}

TEST_F(RecordsTest, ATrackedFieldIsTheLastVersionOfItsHistory) {
    data.account({{"plan", integer(2)}});
    data.plan_version(0, at("2026-03-01"), integer(0));
    data.plan_version(0, at("2026-03-10"), integer(1));
    data.taken_at(at("2026-06-01"));
    const NodeId tracked = plan.field("account.plan");
    EXPECT_UNKNOWN(value(tracked, at("2026-03-01") - 1), BeforeHistory, tracked);
    EXPECT_VALUE(value(tracked, at("2026-03-10") - 1), integer(0));
    EXPECT_VALUE(value(tracked, at("2026-03-10")), integer(1));
    EXPECT_VALUE(value(tracked, at("2026-06-01")), integer(2));
}

} // namespace
} // namespace rulebook::testing
