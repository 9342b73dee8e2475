#include "tests/unit/engine/small_rulebook.hpp"

#include <array>
#include <stdexcept>

#include "runtime/data/dataset_builder.hpp"

namespace rulebook::testing {

SmallRulebook::SmallRulebook() {
    add_icp();
    add_route();
    add_offer();
    add_asked();
    add_shares();
}

void SmallRulebook::add_icp() {
    const NodeId employees = field("account.employees");
    const NodeId active = field("account.active");
    plan::Fit fit;
    fit.outs = {{condition(Op::Not, {active}), "inactive", {}}};
    fit.groups = {{"size", points(40), std::nullopt, {}}};
    fit.clauses = {clause(points(30), condition(Op::GreaterEqual, {employees, whole(100)})),
                   clause(points(20), condition(Op::Greater, {field("account.revenue"),
                                                              constant(kDollars, integer(5000))})),
                   clause(points(3))};
    fit.clauses[0].group = 0;
    fit.clauses[1].group = 0;
    fit.clauses[2].for_each.emplace();
    fit.clauses[2].for_each->elements = over("events", plan::AggregateKind::Count);
    fit.clauses[2].for_each->fading = plan::ForEach::Fading::Halving;
    fit.clauses[2].for_each->every_microseconds = 14 * kDay;
    fit.clauses[2].at_most = points(10);
    fit.score_low = 0;
    fit.score_high = points(45);
    fit.tiers = {{points(40), 4}, {points(20), 3}, {INT64_MIN, 1}};
    const std::uint32_t rule = add(fit, "icp");
    const auto of_account = [&](std::string_view path) {
        return plan::FieldRead{entity("account"), field_index(path)};
    };
    plan.rules[rule].reads = {of_account("account.employees"),
                              of_account("account.revenue"),
                              of_account("account.active"),
                              {entity("event"), field_index("event.at")}};
}

void SmallRulebook::add_route() {
    const NodeId tier = rule_result(Op::FitTier, tier_type(), kIcp);
    const NodeId good = condition(Op::GreaterEqual, {tier, constant(tier_type(), integer(3))});
    plan::Decision decision;
    decision.choices = {{good, words("sales"), "", {}}, {kNoNode, words("self"), "", {}}};
    const std::uint32_t rule = add(decision, kText, "route");
    plan.rules[rule].rules_read = {kIcp};
}

void SmallRulebook::add_offer() {
    const NodeId few = condition(Op::Less, {field("account.employees"), whole(50)});
    plan::Table table;
    table.columns = {"employees"};
    table.outputs = {{"discount", kPercent, true}};
    table.rows = {{{few}, {constant(kPercent, integer(100'000))}, "", {}}};
    add(table, "offer");
}

void SmallRulebook::add_asked() {
    plan::Signal signal;
    signal.name = "ask";
    signal.collection = entity("event");
    signal.where = condition(Op::Equal, {field("event.name"), words("ask")});
    plan.signals = {signal};
    plan::Trigger trigger;
    trigger.on.patterns = {{}};
    trigger.cooldown = 7 * kDay;
    trigger.when = condition(Op::GreaterEqual, {field("account.employees"), whole(10)});
    trigger.say = words("Asked");
    plan.triggers = {trigger};
    plan::Rule rule;
    rule.kind = plan::RuleKind::Trigger;
    rule.name = "asked";
    rule.versions = {0};
    rule.reads = {{entity("account"), field_index("account.employees")},
                  {entity("event"), field_index("event.name")}};
    plan.rules.push_back(rule);
}

void SmallRulebook::add_shares() {
    plan::Credit credit;
    credit.deals = entity("deal");
    credit.deal_where =
        condition(Op::Equal, {field("deal.status"), constant(status_type(), integer(1))});
    credit.at = field("deal.closed_at");
    credit.divide = field("deal.amount");
    credit.touches = entity("event");
    credit.party_field = field_index("event.name");
    plan::Span lookback;
    lookback.microseconds = 60 * kDay;
    credit.lookback = lookback;
    plan::Split equal;
    equal.model = plan::SplitModel::Equal;
    equal.when = rule_result(Op::TriggerFired, kBool, kAsked);
    plan::Split first;
    first.model = plan::SplitModel::First;
    credit.splits = {equal, first};
    plan::Flag flag;
    flag.name = "small";
    flag.when = condition(Op::Less, {field("deal.amount"), constant(kDollars, integer(10'000))});
    credit.flags = {flag};
    plan.credits = {credit};
    plan::Rule rule;
    rule.kind = plan::RuleKind::Credit;
    rule.name = "shares";
    rule.versions = {0};
    rule.rules_read = {kAsked};
    plan.rules.push_back(rule);
}

namespace {

class RandomRecords {
public:
    explicit RandomRecords(std::mt19937& random) : random_(random) {}

    SmallRecord account(data::RowIndex account) {
        return {SmallRecord::Kind::Account,
                account,
                {{"employees", whole(0, 300)},
                 {"revenue", whole(0, 10'000)},
                 {"active", sometimes(truth(number(0, 9) > 0))},
                 {"email", text("a" + std::to_string(account) + "@example.com")}}};
    }
    SmallRecord event(data::RowIndex account) {
        constexpr std::array kNames{"ask", "ads", "call"};
        return {SmallRecord::Kind::Event,
                account,
                {{"at", instant()},
                 {"name", text(kNames[static_cast<std::size_t>(number(0, 2))])},
                 {"value", whole(0, 9)}}};
    }
    SmallRecord deal(data::RowIndex account, std::size_t number_of_deal) {
        return {SmallRecord::Kind::Deal,
                account,
                {{"id", text(std::to_string(account) + "/" + std::to_string(number_of_deal))},
                 {"created_at", instant()},
                 {"closed_at", sometimes(instant())},
                 {"status", integer(number(0, 2))},
                 {"amount", integer(number(-50'00, 500'00))}}};
    }
    std::int64_t number(std::int64_t low, std::int64_t high) {
        return std::uniform_int_distribution<std::int64_t>(low, high)(random_);
    }

private:
    Value sometimes(Value value) { return number(0, 9) == 0 ? missing() : value; }
    Value whole(std::int64_t low, std::int64_t high) {
        return sometimes(integer(number(low, high)));
    }
    // Few days, so that some coincide.
    Value instant() { return integer(at("2026-03-01") + number(0, 60) * kDay / 2); }

    std::mt19937& random_;
};

} // namespace

std::vector<SmallRecord> random_records(std::mt19937& random, data::RowIndex accounts) {
    RandomRecords make(random);
    std::vector<SmallRecord> records;
    for (data::RowIndex account = 0; account < accounts; ++account) {
        records.push_back(make.account(account));
        for (std::int64_t i = make.number(0, 6); i > 0; --i)
            records.push_back(make.event(account));
        for (std::int64_t i = make.number(0, 2); i > 0; --i)
            records.push_back(make.deal(account, static_cast<std::size_t>(i)));
    }
    return records;
}

data::Dataset dataset_of(const SmallPlan& plan, const std::vector<SmallRecord>& records) {
    constexpr std::array<std::string_view, 3> kEntities{"account", "event", "deal"};
    data::DatasetBuilder builder(plan.plan.schema, {});
    for (const SmallRecord& record : records) {
        const plan::Entity& entity =
            plan.plan.schema
                .entities[plan.entity(kEntities[static_cast<std::size_t>(record.kind)])];
        data::RecordValues values;
        values.fields.resize(entity.fields.size());
        const Value account = text("account" + std::to_string(10'000 + record.account));
        if (entity.parent)
            values.parent_key = account;
        else
            values.fields[*entity.key] = account;
        for (const auto& [name, value] : record.fields)
            values.fields[entity.field_named(name).value()] = value;
        if (const auto added = builder.add(entity.collection, values); !added)
            throw std::logic_error(added.error().message);
    }
    return builder.finish();
}

} // namespace rulebook::testing
