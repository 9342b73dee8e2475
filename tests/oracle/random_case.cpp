#include "tests/oracle/random_case.hpp"

#include <algorithm>

#include "runtime/value/calendar.hpp"
#include "tests/oracle/random_on.hpp"

namespace rulebook::oracle {

using plan::NodeId;
using plan::Op;
using testing::at;
using testing::integer;
using testing::kDay;
using testing::kHour;

namespace {

constexpr std::int64_t kDays = 9;     // that a history lasts
constexpr std::int64_t kMinutes = 60; // of an hour
class CaseMaker {
public:
    CaseMaker(generator::Randomness& random, const Wanted& wanted)
        : random_(random), wanted_(wanted), conditions_(made_.plan, random, instants_),
          on_(random, conditions_, wanted) {}

    Case make() {
        made_.plan.plan.timezone = random_.pick({"America/New_York", "Europe/Berlin", "UTC"});
        made_.plan.plan.schema.entities[0].fields[made_.plan.field_index("account.email")].tracked =
            true;
        add_signals(made_.plan);
        if (wanted_.simple && random_.one_in(2))
            for (plan::Entity& entity : made_.plan.plan.schema.entities)
                entity.sequence.reset();
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
        made.on = on_.some();
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
    RandomOn on_;
};

} // namespace

Case random_case(generator::Randomness& random, const Wanted& wanted) {
    return CaseMaker(random, wanted).make();
}

} // namespace rulebook::oracle
