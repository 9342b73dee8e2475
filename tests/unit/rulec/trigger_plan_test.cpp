// What triggers, policies and calendars become in the plan; and that the plan is sound.
#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "runtime/plan/serialize.hpp"
#include "runtime/plan/validate.hpp"
#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::AtMost;
using rulebook::plan::CalendarUnit;
using rulebook::plan::Extent;
using rulebook::plan::OfficeHours;
using rulebook::plan::On;
using rulebook::plan::Pattern;
using rulebook::plan::Plan;
using rulebook::plan::Trigger;

constexpr std::int64_t kOneHour = 3'600'000'000;
constexpr std::int64_t kDay = 24 * kOneHour;

constexpr std::string_view kTriggerRulebook = R"(
rulebook triggers { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account {
  id : text key  t : time origin  ends_on : date? tracked  ends_at : time? tracked  zone : text? fixed
}
entity event of account as events ordered by at { at : time  name : text  user : text? }
entity touch of account as touches ordered by at { at : time  channel : text }
signal b = events where name is "b"
signal a = events where name is "a"
signal called = touches where channel is "call"
calendar theirs { zone account.zone  days sat, mon to wed  hours 13:00 to 17:00, 9:00 to 12:00 }
calendar office { zone "Europe/Berlin"  days mon to fri  hours 9:00 to 12:00, 12:00 to 17:30  holidays "days.csv" }
policy outreach {
  owner sales  "Not too often"
  suppress when any(events where a in last 3 days)  because "just seen"
  at most 1 per 14 days  at most 3 per 90 days
  prefer times, either  exempt values
  control group 10%
}
trigger times  { owner sales  policy outreach  on (a or (b or a)) 3 times within 7 days  each time  say "x" }
trigger values { owner sales  policy outreach  on a with 2 different user  once  say "{event.user}" }
trigger days   { owner sales  on a on 3 different iso weeks within the same month  cooldown 7 days  control group 5%  salt "s"  say "x" }
trigger either { owner sales  policy outreach  on called or (a then b within 2 calendar days)  at most 2 per 3 days  say "x" }
trigger wait   { owner sales  on a then called without (b or a) within 10 working hours of office  each time  say "{touch.channel}" }
trigger own    { owner sales  on a without b within 2 working hours of theirs  each time  say "x" }
trigger quiet  { owner sales  on no a for 2 iso weeks  each time  say "x" }
trigger clock  { owner sales  on 3 days before ends_at  each time  say "x" }
trigger date   { owner sales  on 2 hours after ends_on  each time  say "x" }
trigger dates  { owner sales  on 3 days before ends_on  each time  say "x" }
trigger sharp  { owner sales  on at ends_at  each time  say "x" }
trigger state  { owner sales  on becomes age(t) > 30 days lasting 2 days  each time  unless a_seen  say "x" }
define a_seen = any(events where a)
)";

class TriggerPlan : public testing::Test {
protected:
    void SetUp() override {
        RulebookText text;
        text.files = {text.sources.add("triggers.rules", std::string(kTriggerRulebook))};
        text.read = [](std::string_view) -> rulebook::Result<std::string> {
            return std::string("holiday\n2026-12-25\n1970-01-02\n2026-12-25\n");
        };
        Diagnostics diagnostics;
        const auto plan = compile_rulebook(text, diagnostics).plan;
        for (const Diagnostic* one : diagnostics.sorted())
            EXPECT_NE(one->severity, Severity::Error) << one->message;
        ASSERT_TRUE(plan);
        plan_ = *plan;
    }

    std::uint32_t rule(std::string_view name) const {
        const auto found = std::ranges::find(plan_.rules, name, &rulebook::plan::Rule::name);
        return static_cast<std::uint32_t>(found - plan_.rules.begin());
    }
    const Trigger& trigger(std::string_view name) const {
        return plan_.triggers[plan_.rules[rule(name)].versions.front()];
    }
    const On& on(std::string_view name) const { return trigger(name).on; }
    std::string signal(std::uint32_t index) const { return plan_.signals[index].name; }
    std::string entity(std::uint32_t index) const { return plan_.schema.entities[index].name; }

    Plan plan_;
};

TEST_F(TriggerPlan, IsSoundAndSurvivesWriting) {
    EXPECT_EQ(rulebook::plan::validate(plan_), std::nullopt);
    const auto read = rulebook::plan::deserialize(rulebook::plan::serialize(plan_), "triggers");
    ASSERT_TRUE(read);
    EXPECT_EQ(*read, plan_);
}

TEST_F(TriggerPlan, Calendars) {
    ASSERT_EQ(plan_.calendars.size(), 2U);
    const auto& office = plan_.calendars[0];
    EXPECT_EQ(office.zone, "Europe/Berlin");
    EXPECT_EQ(office.days, 0b0011111);
    EXPECT_EQ(office.hours, (std::vector<OfficeHours>{{540, 1050}}));
    EXPECT_EQ(office.holidays, (std::vector<std::int64_t>{1, 20'812}));
    const auto& theirs = plan_.calendars[1];
    EXPECT_EQ(theirs.zone, "");
    EXPECT_EQ(plan_.nodes[theirs.zone_field].op, rulebook::plan::Op::Field);
    EXPECT_EQ(theirs.days, 0b0100111);
    EXPECT_EQ(theirs.hours, (std::vector<OfficeHours>{{540, 720}, {780, 1020}}));
}

TEST_F(TriggerPlan, Policies) {
    ASSERT_EQ(plan_.policies.size(), 1U);
    const auto& policy = plan_.policies[0];
    EXPECT_EQ(policy.owners, std::vector<std::string>{"sales"});
    EXPECT_EQ(policy.doc, "Not too often");
    ASSERT_EQ(policy.suppress.size(), 1U);
    EXPECT_EQ(policy.suppress[0].because, "just seen");
    EXPECT_EQ(policy.limits, (std::vector<AtMost>{{1, 14 * kDay}, {3, 90 * kDay}}));
    EXPECT_EQ(policy.prefer, (std::vector<std::uint32_t>{rule("times"), rule("either")}));
    EXPECT_EQ(policy.exempt, (std::vector<std::uint32_t>{rule("values")}));
    ASSERT_TRUE(policy.control);
    EXPECT_EQ(policy.control->share, 100'000);
    EXPECT_EQ(policy.control->salt, "outreach");
    EXPECT_EQ(trigger("days").control->salt, "s");
    EXPECT_EQ(trigger("times").policy, std::optional(0U));
    EXPECT_EQ(trigger("days").policy, std::nullopt);
    EXPECT_TRUE(trigger("values").once);
    EXPECT_EQ(trigger("days").cooldown, std::optional(7 * kDay));
    EXPECT_EQ(trigger("either").at_most, (std::vector<AtMost>{{2, 3 * kDay}}));
}

TEST_F(TriggerPlan, Counts) {
    const Pattern& times = on("times").patterns.back();
    EXPECT_EQ(times.kind, Pattern::Kind::Times);
    EXPECT_EQ(times.count, 3);
    ASSERT_EQ(times.within.size(), 1U);
    EXPECT_EQ(times.within[0], (Extent{.microseconds = 7 * kDay}));
    const Pattern& counted = on("times").patterns[times.operands.at(0)];
    EXPECT_EQ(counted.kind, Pattern::Kind::Or);
    EXPECT_EQ(counted.operands.size(), 3U); // `or` inside of `or` is one
    const Pattern& values = on("values").patterns.back();
    EXPECT_EQ(values.kind, Pattern::Kind::DifferentValues);
    EXPECT_EQ(plan_.schema.entities[plan_.signals[0].collection].fields[values.field].name, "user");
    const Pattern& days = on("days").patterns.back();
    EXPECT_EQ(days.kind, Pattern::Kind::DifferentBuckets);
    EXPECT_EQ(days.unit, CalendarUnit::IsoWeek);
    EXPECT_EQ(days.within.at(0),
              (Extent{.kind = Extent::Kind::SameBucket, .unit = CalendarUnit::Month}));
}

TEST_F(TriggerPlan, CompletingRecords) {
    const auto names = [&](std::string_view name) {
        std::vector<std::string> found;
        for (const auto index : trigger(name).completing)
            found.push_back(entity(index));
        return found;
    };
    EXPECT_EQ(names("values"), std::vector<std::string>{"event"});
    EXPECT_EQ(names("either"), (std::vector<std::string>{"event", "touch"}));
    EXPECT_EQ(names("wait"), std::vector<std::string>{"touch"});
    EXPECT_TRUE(names("quiet").empty());
    EXPECT_TRUE(names("clock").empty());
    EXPECT_TRUE(names("state").empty());
}

TEST_F(TriggerPlan, Waits) {
    EXPECT_EQ(on("wait").kind, On::Kind::Without);
    ASSERT_EQ(on("wait").absent.size(), 2U);
    EXPECT_EQ(signal(on("wait").absent[0]), "a");
    EXPECT_EQ(signal(on("wait").absent[1]), "b");
    EXPECT_EQ(on("wait").wait,
              (Extent{.kind = Extent::Kind::Working, .microseconds = 10 * kOneHour}));
    EXPECT_EQ(on("own").wait.calendar, 1U);
    EXPECT_EQ(on("quiet").kind, On::Kind::Silence);
    EXPECT_EQ(on("quiet").wait,
              (Extent{.kind = Extent::Kind::Calendar, .unit = CalendarUnit::IsoWeek, .count = 2}));
}

TEST_F(TriggerPlan, ClocksAndConditions) {
    EXPECT_EQ(on("clock").kind, On::Kind::Clock);
    EXPECT_EQ(on("clock").offset, -3 * kDay);
    EXPECT_EQ(plan_.nodes[on("clock").clock].op, rulebook::plan::Op::Field);
    EXPECT_EQ(on("date").offset, 2 * kOneHour);
    EXPECT_EQ(plan_.nodes[on("date").clock].op, rulebook::plan::Op::StartOfDay);
    EXPECT_EQ(on("dates").offset, 0); // three dates earlier, whatever the clocks do between
    EXPECT_EQ(plan_.nodes[plan_.nodes[on("dates").clock].operands[0]].op,
              rulebook::plan::Op::AddDays);
    EXPECT_EQ(on("sharp").offset, 0);
    EXPECT_EQ(on("state").kind, On::Kind::Becomes);
    EXPECT_EQ(on("state").lasting, std::optional(2 * kDay));
    EXPECT_EQ(plan_.nodes[on("state").condition].op, rulebook::plan::Op::Greater);
}

// What a trigger asks through its policy and calendars counts as read by it.
TEST_F(TriggerPlan, ReadsWhatItShares) {
    const auto reads = [&](std::string_view name, std::string_view field) {
        return std::ranges::any_of(plan_.rules[rule(name)].reads, [&](const auto& read) {
            return plan_.schema.entities[read.entity].fields[read.field].name == field;
        });
    };
    EXPECT_TRUE(reads("own", "zone"));
    EXPECT_FALSE(reads("wait", "zone"));
    EXPECT_TRUE(reads("values", "user"));
    EXPECT_TRUE(reads("clock", "ends_at"));
}

} // namespace
} // namespace rulec::tool
