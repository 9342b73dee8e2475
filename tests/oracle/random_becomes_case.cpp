// Cases of one trigger, on a `becomes`.
#include <span>

#include "tests/oracle/random_case.hpp"
#include "tests/oracle/random_on.hpp"

namespace rulebook::oracle {

using plan::NodeId;
using plan::Op;
using testing::integer;
using testing::kDay;
using testing::kHour;

namespace {

// The only trigger. Often it waits for as long as one of `lengths` of the condition: what is true
// for exactly so long is at its end true no more.
void wait_for(Case& made, NodeId condition, std::span<const std::int64_t> lengths,
              generator::Randomness& random) {
    plan::Trigger trigger;
    if (random.one_in(2))
        trigger.on = becomes(condition);
    else if (lengths.empty() || random.one_in(2))
        trigger.on = becomes(condition, random.between(6, 60) * kHour);
    else
        trigger.on = becomes(condition, lengths[random.below(lengths.size())]);
    plan::Rule named;
    named.kind = plan::RuleKind::Trigger;
    named.name = "waiting";
    named.versions = {0};
    made.plan.plan.rules.push_back(named);
    made.plan.plan.triggers = {trigger};
}

} // namespace

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
    if (random.one_in(2))
        fit.clauses[0].for_each->elements.where =
            made.plan.condition(Op::Equal, {made.plan.field("event.name"), made.plan.words("A")});
    if (random.one_in(3)) { // points that follow the account's age
        const NodeId age = made.plan.node(
            Op::SubtractExact, testing::kDuration,
            {random.one_in(3) ? made.plan.field("account.renews_at") : made.plan.as_of(),
             random.one_in(2) ? made.plan.field("account.since") : made.plan.as_of()});
        fit.clauses.push_back(testing::clause(random.between(-5, 5) * 100));
        fit.clauses[1].points_to = random.between(-5, 5) * 300;
        fit.clauses[1].ramp = {age, integer(random.between(-4, 3) * kDay),
                               integer(random.between(4, 9) * 20 * kHour)};
    }
    const auto rule = made.plan.add(fit);
    const NodeId score = made.plan.rule_result(Op::FitScore, testing::kPoints, rule);
    const NodeId bound = made.plan.constant(testing::kPoints, integer(random.between(1, 25) * 200));
    std::vector<std::int64_t> instants;
    for (const EventRow& row : made.events)
        instants.push_back(row.at);
    NodeId condition =
        made.plan.condition(random.one_in(2) ? Op::GreaterEqual : Op::Less, {score, bound});
    if (!instants.empty() && random.one_in(3))
        condition = RandomConditions(made.plan, random, instants).moving_values();
    wait_for(made, condition, {}, random);
    return made;
}

namespace {

// `question` of random conditions is all that the trigger waits for.
Case case_of(generator::Randomness& random, NodeId (RandomConditions::*question)()) {
    Case made = random_case(random, {.conditions = false, .patterns_only = true});
    made.question.microseconds = 2;
    made.plan.plan.rules.clear();
    made.plan.plan.triggers.clear();
    std::vector<std::int64_t> instants;
    for (const EventRow& row : made.events)
        instants.push_back(row.at);
    instants.push_back(made.question.as_of);
    RandomConditions conditions(made.plan, random, instants);
    const NodeId condition = (conditions.*question)();
    wait_for(made, condition, conditions.lengths(), random);
    return made;
}

} // namespace

Case random_elements_case(generator::Randomness& random) {
    return case_of(random, &RandomConditions::of_elements);
}

Case random_windows_case(generator::Randomness& random) {
    return case_of(random, &RandomConditions::of_windows);
}

} // namespace rulebook::oracle
