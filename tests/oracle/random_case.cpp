#include "tests/oracle/random_case.hpp"

#include <algorithm>

#include "runtime/value/calendar.hpp"
#include "tests/oracle/on.hpp"
#include "tests/oracle/random_conditions.hpp"

namespace rulebook::oracle {

using plan::CalendarUnit;
using plan::NodeId;
using plan::Op;
using testing::at;
using testing::integer;
using testing::kDay;
using testing::kHour;
using testing::text;

namespace {

constexpr std::int64_t kDays = 9;     // that a history lasts
constexpr std::int64_t kMinutes = 60; // of an hour

plan::Entity touch_entity() {
    plan::Entity touch;
    touch.name = "touch";
    touch.collection = "touches";
    touch.parent = 0;
    touch.parent_key_column = "account_id";
    const auto field = [&](const char* name, plan::Type type, bool optional) {
        plan::Field made;
        made.name = name;
        made.type = type;
        made.optional = optional;
        touch.fields.push_back(made);
    };
    field("at", testing::kTime, false);
    field("seq", testing::kInt, true);
    field("name", testing::kText, true);
    field("value", testing::kInt, true);
    touch.fields[1].sequence = true;
    touch.ordered_by = 0;
    touch.sequence = 1;
    return touch;
}

// Signals 0 to 3 range over events, 4 and 5 over touches; one event may be several.
constexpr std::uint32_t kOfEvents = 4;
constexpr std::uint32_t kSignals = 6;

void add_signals(testing::SmallPlan& plan) {
    const auto add = [&](const char* name, const char* entity, NodeId where) {
        plan::Signal signal;
        signal.name = name;
        signal.collection = plan.entity(entity);
        signal.where = where;
        plan.plan.signals.push_back(signal);
    };
    const auto named = [&](const char* field, const char* name) {
        return plan.condition(Op::Equal, {plan.field(field), plan.words(name)});
    };
    add("A", "event", named("event.name", "A"));
    add("B", "event", named("event.name", "B"));
    add("C", "event", named("event.name", "C"));
    add("large", "event",
        plan.condition(Op::GreaterEqual, {plan.field("event.value"), plan.whole(2)}));
    add("touched", "touch", plan::kNoNode);
    add("called", "touch", named("touch.name", "B"));
}

class CaseMaker {
public:
    CaseMaker(generator::Randomness& random, const Wanted& wanted)
        : random_(random), wanted_(wanted), conditions_(made_.plan, random, instants_) {}

    Case make() {
        made_.plan.plan.timezone = random_.pick({"America/New_York", "Europe/Berlin", "UTC"});
        made_.plan.plan.schema.entities.push_back(touch_entity());
        made_.plan.plan.schema.entities[0].fields[made_.plan.field_index("account.email")].tracked =
            true;
        add_signals(made_.plan);
        choose_instants();
        add_records();
        made_.plan.plan.calendars = {office()};
        if (wanted_.conditions) {
            add_rules();
            add_policies();
        }
        const std::size_t triggers = 1 + random_.below(wanted_.most_triggers);
        for (std::uint32_t i = 0; i < triggers; ++i)
            add_trigger(i);
        // A strict comparison, and what fired seen by one trigger after the other.
        made_.question.microseconds = static_cast<std::int64_t>(triggers) + 2;
        if (wanted_.conditions)
            choose_preferences();
        return std::move(made_);
    }

private:
    // ---- the history

    void choose_instants() {
        // New York's clocks change on 03-08 and 11-01, Berlin's on 03-29 and 10-25.
        const std::int64_t base = at(random_.pick(
            {"2026-03-04", "2026-03-25", "2026-10-21", "2026-10-28", "2026-06-10", "2026-01-27"}));
        const auto count = 4 + random_.below(5);
        for (std::size_t i = 0; i < count; ++i)
            instants_.push_back(base + random_.between(0, kDays * 24) * kHour);
        if (random_.one_in(2)) { // midnight in winter and in summer, there and here
            for (std::int64_t& instant : instants_)
                if (random_.one_in(3))
                    instant = instant / kDay * kDay +
                              random_.pick(std::vector<std::int64_t>{0, 4, 5, 22, 23}) * kHour;
        }
        const bool late = random_.one_in(2);
        made_.question.from = base - 60 * kDay;
        made_.question.step = kHour;
        made_.question.as_of = late ? base + (kDays + 6) * kDay : random_.pick(instants_);
    }

    std::optional<std::string> some_zone() {
        if (random_.one_in(6))
            return std::nullopt;
        return std::string(
            random_.pick({"Europe/Berlin", "America/New_York", "UTC", "Mars/Olympus"}));
    }

    std::int64_t some_instant() { return random_.pick(instants_); }

    std::optional<std::int64_t> some_or_none(std::size_t one_in) {
        return random_.one_in(one_in) ? std::nullopt : std::optional(some_instant());
    }

    void add_records() {
        if (!random_.one_in(10))
            made_.since = random_.one_in(3) ? std::ranges::min(instants_) : some_instant();
        made_.renews_at = some_or_none(6);
        if (made_.renews_at && random_.one_in(3))
            *made_.renews_at += random_.between(0, 96) * kHour;
        if (!random_.one_in(4))
            made_.active = random_.one_in(2);
        if (!random_.one_in(3)) // long before everything else
            made_.versions.push_back({made_.question.from, some_zone(), random_.between(0, 2)});
        for (std::size_t i = random_.below(4); i > 0; --i)
            if (const auto from = some_instant();
                std::ranges::count(made_.versions, from, &VersionRow::known_from) == 0)
                made_.versions.push_back({from, some_zone(), random_.between(0, 2)});
        for (std::size_t i = random_.below(3); i > 0; --i)
            made_.deals.push_back({some_instant(), some_or_none(3), random_.between(0, 2)});
        const std::size_t least = wanted_.most_events / 3;
        const std::size_t events = least + random_.below(wanted_.most_events - least + 1);
        const std::size_t sequences = random_.below(3); // none, some, all have one
        const std::size_t touches = random_.below(3);   // no, a third, half of them
        for (std::size_t i = 0; i < events; ++i) {
            EventRow row;
            row.touch = touches > 0 && random_.one_in(4 - touches);
            row.at = some_instant();
            if (sequences == 2 || (sequences == 1 && random_.one_in(2)))
                row.sequence = random_.between(0, 2);
            row.name = random_.pick({"A", "A", "B", "B", "C", "other"});
            if (!random_.one_in(5))
                row.value = random_.between(0, 3);
            if (!row.touch && random_.one_in(2))
                row.due = some_instant() + random_.between(0, 2) * 24 * kHour;
            made_.events.push_back(row);
        }
    }

    // ---- what is waited for

    plan::Calendar office() {
        plan::Calendar office;
        office.name = "office";
        if (random_.one_in(2))
            office.zone = random_.pick({"Europe/Berlin", "America/New_York", "UTC"});
        else
            office.zone_field = made_.plan.field("account.email");
        office.days = random_.one_in(2) ? 0b11111 : random_.between(1, 127);
        switch (random_.below(4)) {
        case 0:
            office.hours = {{0, 24 * kMinutes}};
            break;
        case 1:
            office.hours = {{9 * kMinutes, 12 * kMinutes}, {13 * kMinutes, 17 * kMinutes}};
            break;
        case 2:
            office.hours = {{0, 3 * kMinutes}, {3 * kMinutes, 4 * kMinutes}}; // where clocks change
            break;
        default:
            office.hours = {{10 * kMinutes, 18 * kMinutes}};
        }
        const auto date = static_cast<std::int64_t>(utc_date_of({some_instant()}).days);
        if (random_.one_in(2))
            office.holidays = {date, date + random_.between(1, 3)};
        return office;
    }

    plan::Extent extent(bool may_be_bucket) {
        switch (random_.below(may_be_bucket ? 8 : 7)) {
        case 0:
            return calendar(random_.between(1, 3), CalendarUnit::Day);
        case 1:
            return calendar(random_.between(1, 2),
                            random_.one_in(2) ? CalendarUnit::IsoWeek : CalendarUnit::Month);
        case 2:
            return working(random_.between(1, 24) * kHour, 0);
        case 7:
            return same(some_unit());
        default:
            return elapsed(conditions_.length());
        }
    }

    CalendarUnit some_unit() {
        return random_.pick(std::vector{CalendarUnit::Day, CalendarUnit::Day, CalendarUnit::IsoWeek,
                                        CalendarUnit::Month});
    }

    std::uint32_t some_signal() {
        // The first two are the most frequent.
        return random_.one_in(2) ? static_cast<std::uint32_t>(random_.below(2))
                                 : static_cast<std::uint32_t>(random_.below(kSignals));
    }

    Patterns single() {
        const std::uint32_t first = some_signal();
        if (!random_.one_in(4))
            return signal(first);
        const auto second = static_cast<std::uint32_t>(
            first < kOfEvents ? random_.below(kOfEvents)
                              : kOfEvents + random_.below(kSignals - kOfEvents));
        return either(signal(first), signal(second));
    }

    Patterns count() {
        const std::int64_t most = random_.between(1, 3);
        const Patterns of = single();
        switch (random_.below(3)) {
        case 0:
            return times(most, of);
        case 1: // `value` is field 3 of both collections
            return with_different(most, 3, of);
        default:
            return on_different(most, some_unit(), of);
        }
    }

    Patterns pattern(int depth) {
        using Kind = plan::Pattern::Kind;
        Patterns made;
        if (depth == 0 || random_.one_in(4)) {
            made = random_.one_in(3) ? count() : signal(some_signal());
        } else {
            std::vector<Patterns> parts;
            for (std::size_t i = random_.one_in(4) ? 3 : 2; i > 0; --i)
                parts.push_back(pattern(depth - 1));
            made = joined(random_.pick(std::vector{Kind::Then, Kind::Then, Kind::And, Kind::Or}),
                          parts);
        }
        for (int i = 0; i < 2 && random_.one_in(3); ++i)
            made = within(made, extent(true));
        return made;
    }

    std::vector<std::uint32_t> absent() {
        std::vector<std::uint32_t> signals{some_signal()};
        if (random_.one_in(4))
            signals.push_back(some_signal());
        std::ranges::sort(signals);
        const auto repeated = std::ranges::unique(signals);
        signals.erase(repeated.begin(), repeated.end());
        return signals;
    }

    plan::On some_on() {
        const std::size_t kind = wanted_.patterns_only ? random_.below(12) : random_.below(20);
        if (kind < 8)
            return on(pattern(random_.pick(std::vector{0, 0, 1, 1, 2, 3})));
        if (kind < 12)
            return without(pattern(random_.pick(std::vector{0, 0, 1, 2})), absent(), extent(false));
        if (kind < 14)
            return silence(absent(), extent(false));
        if (kind < 16)
            return clock(conditions_.time(), random_.between(-2, 2) * conditions_.length());
        const NodeId condition =
            random_.one_in(5) ? conditions_.in_the_past() : conditions_.moving(2);
        return random_.one_in(2) ? becomes(condition) : becomes(condition, conditions_.length());
    }

    // ---- what becomes of it

    std::vector<plan::Stopper> stoppers(bool event) {
        std::vector<plan::Stopper> made;
        while (made.size() < 2 && random_.one_in(4))
            made.push_back({conditions_.asked(event), "", {}});
        return made;
    }

    plan::ControlGroup control() {
        return {random_.pick(std::vector<std::int64_t>{200'000, 500'000, 1'000'000}),
                "salt" + std::to_string(random_.below(1000))};
    }

    plan::AtMost limit() { return {random_.between(1, 2), conditions_.length()}; }

    plan::Trigger some_version() {
        plan::Trigger made;
        made.on = some_on();
        if (!wanted_.conditions)
            return made;
        made.completing = {made_.plan.entity("event")};
        const bool event =
            made.on.kind == plan::On::Kind::Pattern || made.on.kind == plan::On::Kind::Without;
        if (random_.one_in(3))
            made.when = conditions_.asked(event);
        made.unless = stoppers(event);
        made.once = random_.one_in(6);
        if (random_.one_in(3))
            made.cooldown = conditions_.length();
        if (random_.one_in(4))
            made.at_most.push_back(limit());
        if (!made_.plan.plan.policies.empty() && !random_.one_in(3))
            made.policy =
                static_cast<std::uint32_t>(random_.below(made_.plan.plan.policies.size()));
        else if (random_.one_in(5))
            made.control = control();
        if (event)
            made.say = made_.plan.node(Op::Interpolate, testing::kText,
                                       {made_.plan.field("event.name"), made_.plan.as_of()});
        return made;
    }

    void add_trigger(std::uint32_t number) {
        plan::Rule rule;
        rule.kind = plan::RuleKind::Trigger;
        rule.name = "trigger_" + std::to_string((number * 5 + 3) % 7); // not in their order
        made_.plan.plan.rules.push_back(rule);
        const std::size_t versions = wanted_.conditions && random_.one_in(4) ? 2 : 1;
        const std::int64_t change = some_instant();
        for (std::size_t i = 0; i < versions; ++i) {
            plan::Trigger version = some_version();
            if (i == 1)
                version.effective.from = change;
            else if (versions == 2 || (wanted_.conditions && random_.one_in(8)))
                version.effective.until =
                    random_.one_in(4) ? change - conditions_.length() : change;
            made_.plan.plan.rules.back().versions.push_back(
                static_cast<std::uint32_t>(made_.plan.plan.triggers.size()));
            made_.plan.plan.triggers.push_back(version);
        }
        conditions_.add_trigger(static_cast<std::uint32_t>(made_.plan.plan.rules.size() - 1));
    }

    // A fit and a decision whose versions change.
    void add_rules() {
        if (random_.one_in(2))
            return;
        plan::Decision decision;
        decision.effective.until = some_instant();
        const auto plan = [&](std::int64_t value) {
            return made_.plan.constant(made_.plan.plan_type(), integer(value));
        };
        decision.choices = {{conditions_.moving(1), plan(1), "", {}},
                            {plan::kNoNode, plan(0), "", {}}};
        const auto chosen = made_.plan.add(decision, made_.plan.plan_type());
        plan::Fit fit;
        fit.effective.until = some_instant();
        fit.clauses = {testing::clause(2000, conditions_.moving(1))};
        const auto scored = made_.plan.add(fit);
        std::swap(fit.effective.from, fit.effective.until);
        fit.clauses[0].points = 1000;
        made_.plan.plan.rules[scored].versions.push_back(
            static_cast<std::uint32_t>(made_.plan.plan.fits.size()));
        made_.plan.plan.fits.push_back(fit);
        conditions_.add_decision(chosen);
        conditions_.add_fit(scored);
    }

    void add_policies() {
        for (std::size_t i = random_.below(3); i > 0; --i) {
            plan::Policy policy;
            policy.name = "policy_" + std::to_string(i);
            while (policy.limits.size() < 2 && random_.one_in(2))
                policy.limits.push_back(limit());
            if (random_.one_in(4))
                policy.control = control();
            made_.plan.plan.policies.push_back(policy);
        }
    }

    void choose_preferences() {
        std::vector<std::uint32_t> rules;
        for (std::uint32_t i = 0; i < made_.plan.plan.rules.size(); ++i)
            if (made_.plan.plan.rules[i].kind == plan::RuleKind::Trigger)
                rules.push_back(i);
        for (plan::Policy& policy : made_.plan.plan.policies) {
            policy.suppress = stoppers(false);
            random_.shuffle(rules);
            policy.prefer.assign(rules.begin(),
                                 rules.begin() + std::int64_t(random_.below(rules.size() + 1)));
            if (random_.one_in(3))
                policy.exempt = {random_.pick(rules)};
        }
    }

    generator::Randomness& random_;
    Wanted wanted_;
    Case made_;
    std::vector<std::int64_t> instants_;
    RandomConditions conditions_;
};

plan::Value value_of(const std::optional<std::int64_t>& number) {
    return number ? integer(*number) : plan::Value();
}

} // namespace

Case random_case(generator::Randomness& random, const Wanted& wanted) {
    return CaseMaker(random, wanted).make();
}

Case random_fading_case(generator::Randomness& random) {
    Case made = random_case(random, {.conditions = false, .patterns_only = true});
    made.versions.clear();
    made.deals.clear();
    std::erase_if(made.events, [](const EventRow& row) { return row.touch; });
    made.question.microseconds = 1;
    made.question.continuous = {0};
    made.plan.plan.rules.clear();
    made.plan.plan.triggers.clear();

    plan::ForEach each;
    each.elements = made.plan.over("events", plan::AggregateKind::Count);
    each.fading = random.one_in(2) ? plan::ForEach::Fading::Halving : plan::ForEach::Fading::Losing;
    each.every_microseconds = random.between(6, 72) * kHour;
    each.loses = 500;
    plan::Fit fit;
    fit.clauses = {testing::clause(2000)};
    fit.clauses[0].for_each = each;
    const auto rule = made.plan.add(fit);
    const NodeId score = made.plan.rule_result(Op::FitScore, testing::kPoints, rule);
    const NodeId bound = made.plan.constant(testing::kPoints, integer(random.between(1, 25) * 200));
    const NodeId condition =
        made.plan.condition(random.one_in(2) ? Op::GreaterEqual : Op::Less, {score, bound});
    plan::Trigger trigger;
    trigger.on =
        random.one_in(2) ? becomes(condition) : becomes(condition, random.between(6, 60) * kHour);
    plan::Rule named;
    named.kind = plan::RuleKind::Trigger;
    named.name = "fading";
    named.versions = {0};
    made.plan.plan.rules.push_back(named);
    made.plan.plan.triggers = {trigger};
    return made;
}

data::Dataset Case::dataset() const {
    testing::SmallData data(plan);
    data.account({{"since", value_of(since)},
                  {"active", active ? testing::truth(*active) : plan::Value()},
                  {"renews_at", value_of(renews_at)},
                  {"plan", integer(1)}});
    for (const VersionRow& row : versions)
        data.version(0, row.known_from,
                     {row.zone ? text(*row.zone) : plan::Value(), integer(row.plan)});
    // Later than all that is asked about: the history alone says what was when.
    data.taken_at(question.as_of + 400 * kDay);
    for (const EventRow& row : events) {
        testing::FieldValues fields{{"at", integer(row.at)},
                                    {"seq", value_of(row.sequence)},
                                    {"name", text(row.name)},
                                    {"value", value_of(row.value)}};
        if (!row.touch)
            fields.emplace_back("due", value_of(row.due));
        data.child(row.touch ? "touch" : "event", 0, fields);
    }
    for (const DealRow& row : deals)
        data.deal(0, {{"created_at", integer(row.created_at)},
                      {"closed_at", value_of(row.closed_at)},
                      {"status", integer(row.status)},
                      {"amount", integer(100)}});
    return data.build();
}

} // namespace rulebook::oracle
