// Plans that no compiler writes are refused before anything evaluates them.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "runtime/plan/validate.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Aggregate;
using rulebook::plan::AggregateKind;
using rulebook::plan::Plan;
using rulebook::plan::validate;

constexpr std::string_view kSoundRulebook = R"(
rulebook sums { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  t : time origin }
entity event of account as events ordered by at {
  at : time  name : text  amount : int  kind : enum { x, y }  rank : ordered_rank
}
enum ordered_rank ordered { low, high }
entity touch of account as touches ordered by at { at : time  channel : text  motion : motion }
entity deal of account as deals known from made_at { id : text key  made_at : time  amount : money }
rates helps { unassisted 5%  assisted 15% }
credit shares {
  owner sales  for deals  at made_at  divide amount  among touches  parties channel
  split incremental(helps) to "call", rest to "ads"  when amount > $1
  split weights(by motion: hybrid 2, otherwise 1)    when amount > $2
  split fixed("ads" 100%)
  at least 5% to "call"
  without touches to "self"
}
decide busy -> bool { owner sales  choose true when sum(events.amount in last 3 days) > 5  choose false otherwise }
decide mean -> number? { owner sales  choose avg(events.amount) when true }
decide last_name -> text? { owner sales  choose last(events.name) when true }
decide last_kind -> bool { owner sales  choose last(events.kind) is x when true  choose false otherwise }
)";

class UnsoundPlan : public testing::Test {
protected:
    void SetUp() override {
        RulebookText text;
        text.files = {text.sources.add("sums.rules", std::string(kSoundRulebook))};
        Diagnostics diagnostics;
        const auto plan = compile_rulebook(text, diagnostics).plan;
        for (const Diagnostic* one : diagnostics.sorted())
            EXPECT_NE(one->severity, Severity::Error) << one->message;
        ASSERT_TRUE(plan);
        plan_ = *plan;
        ASSERT_EQ(validate(plan_), std::nullopt);
    }

    Aggregate& aggregate(AggregateKind kind) {
        return *std::ranges::find(plan_.aggregates, kind, &Aggregate::kind);
    }

    Plan plan_;
};

TEST_F(UnsoundPlan, AWindowUntilNowWithAnotherEnd) {
    aggregate(AggregateKind::Sum).windows.at(0).anchor = 1'000'000;
    EXPECT_EQ(validate(plan_), "a window until now has another end");
}

TEST_F(UnsoundPlan, SumsOfTextsAndTheLeastOfWhatHasNoOrder) {
    const auto is_of_text = [&](const Aggregate& each) {
        return each.kind == AggregateKind::Last &&
               plan_.nodes[each.value].type.is(rulebook::plan::TypeKind::Text);
    };
    Aggregate& last = *std::ranges::find_if(plan_.aggregates, is_of_text);
    last.kind = AggregateKind::Sum;
    EXPECT_EQ(validate(plan_), "a sum of what cannot be added");
    last.kind = AggregateKind::Avg;
    EXPECT_EQ(validate(plan_), "a sum of what cannot be added");
    last.kind = AggregateKind::Min;
    EXPECT_EQ(validate(plan_), "the least of what has no order");
}

TEST_F(UnsoundPlan, ASumThatClaimsToBeAnAverage) {
    aggregate(AggregateKind::Avg).kind = AggregateKind::Sum;
    EXPECT_EQ(validate(plan_), "a sum or average of another type");
}

TEST_F(UnsoundPlan, TheLeastOfAnEnumWithoutOrder) {
    const auto is_of_enum = [&](const Aggregate& each) {
        return plan_.nodes[each.value].type.is(rulebook::plan::TypeKind::Enum);
    };
    std::ranges::find_if(plan_.aggregates, is_of_enum)->kind = AggregateKind::Min;
    EXPECT_EQ(validate(plan_), "the least of what has no order");
}

// Values of the field of parties, or of the one that weights go by.
TEST_F(UnsoundPlan, PartiesAndKeysOfAnotherType) {
    using rulebook::plan::Credit;
    using rulebook::plan::Value;
    const Value number = Value::of(std::int64_t{3});
    const auto fault_after = [&](auto change) {
        Plan changed = plan_;
        change(changed.credits.at(0));
        return validate(changed);
    };
    constexpr const char* kOther = "a value is not held as its type says";
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[0].assisted_party = number; }), kOther);
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[0].rest_party = number; }), kOther);
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[1].weights[0].key = Value::of(true); }),
              kOther);
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[1].weights[0].key = number; }),
              "an enum value is out of range");
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[1].by.reset(); }), "weights go by no field");
    EXPECT_EQ(fault_after([&](Credit& c) { c.splits[2].shares[0].party = number; }), kOther);
    EXPECT_EQ(fault_after([&](Credit& c) { c.floors[0].party = number; }), kOther);
    EXPECT_EQ(fault_after([&](Credit& c) { c.without_touches = number; }), kOther);
}

} // namespace
} // namespace rulec::tool
