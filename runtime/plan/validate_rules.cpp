#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

void Validator::check_rules() {
    for (const Rule& rule : plan_.rules) {
        check_type(rule.type);
        std::size_t versions = 0;
        switch (rule.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case RuleKind::Name:                                                                           \
        versions = plan_.member.size();                                                            \
        break;
#include "runtime/plan/rule_kinds.def"
        }
        require(!rule.versions.empty(), "a rule without versions");
        for (const std::uint32_t version : rule.versions)
            require(version < versions, "a version is out of range");
        for (const FieldRead& read : rule.reads) {
            check_entity(read.entity);
            require(read.field < plan_.schema.entities[read.entity].fields.size(),
                    "a field index is out of range");
        }
        for (const std::uint32_t other : rule.rules_read)
            require(other < plan_.rules.size() && &plan_.rules[other] < &rule,
                    "a rule reads a later one");
    }
}

void Validator::check_fit(const Fit& fit) {
    const EntityIndex root = plan_.schema.root;
    for (const OutClause& out : fit.outs)
        check_root(out.when, std::array{root}, 'B', true);
    for (const PointsClause& clause : fit.clauses) {
        check_root(clause.when, std::array{root}, 'B');
        require(!clause.group || *clause.group < fit.groups.size(),
                "a group index is out of range");
        if (clause.ramp) {
            check_root(clause.ramp->input, std::array{root}, 'A', true);
            const Type type = plan_.nodes[clause.ramp->input].type;
            check_value(clause.ramp->from, type);
            check_value(clause.ramp->to, type);
        }
        if (clause.for_each)
            check_for_each(*clause.for_each);
    }
}

void Validator::check_for_each(const ForEach& for_each) {
    Frames frames = no_frames();
    const auto past_all = static_cast<NodeId>(plan_.nodes.size());
    check_aggregate(for_each.elements, for_each.level, past_all, Type::of(TypeKind::Int), frames);
    require(for_each.fading == ForEach::Fading::None ||
                (for_each.every_microseconds > 0 && for_each.elements.has_time_field),
            "points fade over no time");
}

void Validator::check_decision(const Decision& decision) {
    for (const Choice& choice : decision.choices) {
        check_root(choice.when, std::array{plan_.schema.root}, 'B');
        check_root(choice.value, std::array{plan_.schema.root}, 'A', true);
    }
}

void Validator::check_table(const Table& table) {
    if (table.hit == HitPolicy::CollectCount)
        for (const TableOutputColumn& output : table.outputs)
            require(output.type.is(TypeKind::Int), "a number of rows is no int");
    for (const TableRow& row : table.rows) {
        require(row.conditions.empty() || row.conditions.size() == table.columns.size(),
                "a row has another number of conditions than columns");
        require(row.outputs.size() == table.outputs.size(),
                "a row has another number of outputs than columns");
        for (const NodeId condition : row.conditions)
            check_root(condition, std::array{plan_.schema.root}, 'B');
        for (const NodeId output : row.outputs)
            check_root(output, std::array{plan_.schema.root}, 'A', true);
    }
}

// What a model needs beyond what credit/model.hpp asks of its numbers.
void Validator::check_split(const Credit& credit, const Split& split) {
    const EntityIndex root = plan_.schema.root;
    const Entity& touch = plan_.schema.entities[credit.touches];
    check_root(split.when, std::array{root, credit.deals}, 'B');
    require(!split.by || *split.by < touch.fields.size(), "a field index is out of range");
    const bool by_key = split.model == SplitModel::Weights || split.model == SplitModel::Markov;
    require(!by_key || split.by.has_value(), "weights go by no field");
    for (const MilestoneShare& milestone : split.milestones) {
        check_root(milestone.instant, std::array{root, credit.deals}, 'I');
        require(milestone.instant == kNoNode ||
                    plan_.nodes[milestone.instant].type.is(TypeKind::Time),
                "a milestone is at no time");
    }
    for (const RateRow& row : split.rates)
        check_root(row.when, std::array{root}, 'B');
    for (const KeyWeight& weight : split.weights)
        check_value(weight.key, touch.fields[by_key ? *split.by : credit.party_field].type);
    const Type party = touch.fields[credit.party_field].type;
    for (const PartyShare& share : split.shares)
        check_value(share.party, party);
    check_value(split.assisted_party, party);
    check_value(split.rest_party, party);
}

void Validator::check_credit(const Credit& credit) {
    check_entity(credit.deals);
    check_entity(credit.touches);
    const EntityIndex root = plan_.schema.root;
    check_root(credit.deal_where, std::array{root, credit.deals}, 'B');
    check_root(credit.at, std::array{root, credit.deals}, 'I', true);
    check_root(credit.divide, std::array{root, credit.deals}, 'I', true);
    require(plan_.nodes[credit.at].type.is(TypeKind::Time), "credit is taken at no time");
    require(plan_.nodes[credit.divide].type.is(TypeKind::Money), "what is divided is no money");
    check_root(credit.touch_where, std::array{root, credit.deals, credit.touches}, 'B');
    const Entity& touch = plan_.schema.entities[credit.touches];
    require(credit.party_field < touch.fields.size(), "a field index is out of range");
    require(touch.visible_from().has_value(), "touches have no time");
    for (const Split& split : credit.splits)
        check_split(credit, split);
    const Type party = touch.fields[credit.party_field].type;
    for (const PartyShare& floor : credit.floors)
        check_value(floor.party, party);
    if (credit.without_touches)
        check_value(*credit.without_touches, party);
    for (const Flag& flag : credit.flags)
        check_root(flag.when, std::array{root, credit.deals}, 'B', true);
}

} // namespace rulebook::plan
