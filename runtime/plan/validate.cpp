#include "runtime/plan/validate.hpp"

#include <array>

#include <fmt/format.h>

namespace rulebook::plan {

namespace {

constexpr EntityIndex kUnbound = 0xffffffff; // the frame is not read

// Which entity a node needs in each frame.
using Frames = std::array<EntityIndex, kFrames>;

constexpr Frames no_frames() {
    Frames frames{};
    frames.fill(kUnbound);
    return frames;
}

// Thrown and caught in this file only.
struct Unsound {
    std::string what;
};

void require(bool condition, const char* what) {
    if (!condition)
        throw Unsound{what};
}

void merge(Frames& into, const Frames& from) {
    for (std::size_t level = 0; level < kFrames; ++level) {
        if (from[level] == kUnbound)
            continue;
        require(into[level] == kUnbound || into[level] == from[level],
                "two records of different entities in one frame");
        into[level] = from[level];
    }
}

char letter(Representation representation) {
    switch (representation) {
    case Representation::Bool:
        return 'B';
    case Representation::Integer:
        return 'I';
    case Representation::Real:
        return 'R';
    case Representation::Text:
        return 'T';
    }
    return '?';
}

class Validator {
public:
    explicit Validator(const Plan& plan) : plan_(plan) {}

    void run() {
        check_schema();
        for (NodeId id = 0; id < plan_.nodes.size(); ++id)
            frames_.push_back(check_node(id));
        for (const Signal& signal : plan_.signals) {
            check_entity(signal.collection);
            check_root(signal.where, {plan_.schema.root, signal.collection}, 'B');
        }
        check_rules();
        for (const Fit& fit : plan_.fits)
            check_fit(fit);
        for (const Decision& decision : plan_.decisions)
            check_decision(decision);
        for (const Table& table : plan_.tables)
            check_table(table);
        for (const Trigger& trigger : plan_.triggers)
            check_trigger(trigger);
        for (const Credit& credit : plan_.credits)
            check_credit(credit);
        require(plan_.labels.empty() || plan_.labels.size() == plan_.nodes.size(),
                "labels and nodes differ in number");
    }

private:
    void check_schema() {
        require(!plan_.schema.entities.empty(), "no entity");
        check_entity(plan_.schema.root);
        for (const EnumType& type : plan_.schema.enums)
            require(!type.values.empty(), "an enum without values");
        for (const Entity& entity : plan_.schema.entities) {
            if (entity.parent)
                check_entity(*entity.parent);
        }
        for (const Entity& entity : plan_.schema.entities) {
            std::size_t above = 0;
            for (auto parent = entity.parent; parent;
                 parent = plan_.schema.entities[*parent].parent)
                require(++above <= plan_.schema.entities.size(), "records belong to themselves");
            for (const auto& reference :
                 {entity.key, entity.ordered_by, entity.known_from, entity.sequence})
                if (reference)
                    require(*reference < entity.fields.size(), "a field index is out of range");
            if (entity.visible_from())
                require(entity.fields[*entity.visible_from()].type.is(TypeKind::Time),
                        "records are ordered by something that is no time");
            for (const Field& field : entity.fields)
                check_field(entity, field);
        }
    }

    void check_field(const Entity& entity, const Field& field) {
        check_type(field.type);
        if (field.known_from) {
            require(*field.known_from < entity.fields.size(), "a field index is out of range");
            require(entity.fields[*field.known_from].type.is(TypeKind::Time),
                    "`known from` names something that is no time");
        }
        if (field.before)
            check_value(*field.before, field.type);
        if (field.range) {
            check_value(field.range->low, field.type);
            check_value(field.range->high, field.type);
        }
    }

    void check_type(Type type) {
        if (type.is(TypeKind::Enum))
            require(type.enum_index() < plan_.schema.enums.size(), "an enum index is out of range");
        if (type.is(TypeKind::Money))
            require(Currency::of(type.currency().code()) == type.currency(), "an unknown currency");
    }

    void check_value(const Value& value, Type type) {
        if (!value.known())
            return;
        static constexpr std::string_view kLetters = "?BIRT";
        require(kLetters[value.alternative()] == letter(representation(type.kind)),
                "a value is not held as its type says");
        if (type.is(TypeKind::Enum))
            require(value.integer() >= 0 &&
                        value.integer() < static_cast<std::int64_t>(
                                              plan_.schema.enums[type.enum_index()].values.size()),
                    "an enum value is out of range");
    }

    void check_entity(EntityIndex entity) {
        require(entity < plan_.schema.entities.size(), "an entity index is out of range");
    }

    Frames check_node(NodeId id) {
        const Node& node = plan_.nodes[id];
        check_type(node.type);
        require(node.operands.size() >= least_operands(node.op) &&
                    node.operands.size() <= most_operands(node.op),
                "an operation has too few or too many operands");
        Frames frames = no_frames();
        for (const NodeId operand : node.operands) {
            require(operand < id, "an operand does not precede its user");
            merge(frames, frames_[operand]);
        }
        check_signature(node);
        check_reference(node, id, frames);
        return frames;
    }

    // Operands and result against the signature in ops.def.
    void check_signature(const Node& node) {
        const std::string_view written = signature(node.op);
        const auto arrow = written.find('>');
        std::size_t at = 0;
        for (const NodeId operand : node.operands) {
            require(at < arrow, "an operation has too many operands");
            check_letter(written[at], node, letter_of(operand));
            if (at + 1 < arrow && written[at + 1] != '*')
                ++at;
            else if (at + 1 >= arrow)
                at = arrow;
        }
        check_letter(written[arrow + 1], node, letter(representation(node.type.kind)));
    }

    char letter_of(NodeId id) const { return letter(representation(plan_.nodes[id].type.kind)); }

    void check_letter(char expected, const Node& node, char held) {
        if (expected >= '1' && expected <= '9')
            expected = letter_of(node.operands[static_cast<std::size_t>(expected - '1')]);
        require(expected == 'A' || expected == held, "an operand is not held as it should be");
    }

    void check_reference(const Node& node, NodeId id, Frames& frames) {
        switch (node.op) {
        case Op::Constant:
            require(node.literal.known() || node.literal.why().cause == Cause::NotWritten ||
                        node.literal.why().cause == Cause::NotInForce,
                    "a constant is unknown");
            return check_value(node.literal, node.type);
        case Op::Field:
            return check_field_node(node, frames);
        case Op::FitScore:
        case Op::FitTier:
        case Op::FitOut:
        case Op::FitUnknowns:
            return check_rule_reference(node, RuleKind::Fit);
        case Op::DecisionResult:
            return check_rule_reference(node, RuleKind::Decision);
        case Op::TableOutput:
            return check_table_output(node);
        case Op::TriggerFired:
            return check_rule_reference(node, RuleKind::Trigger);
        case Op::InList:
            return require(node.index < plan_.lists.size(), "a list index is out of range");
        case Op::Lookup:
            require(node.index < plan_.lookups.size(), "a lookup index is out of range");
            return require(plan_.lookups[node.index].key_types.size() == node.operands.size() &&
                               plan_.lookups[node.index].type == node.type,
                           "a lookup is read with other types than it has");
        case Op::Aggregate:
            require(node.index < plan_.aggregates.size(), "an aggregate index is out of range");
            return check_aggregate(plan_.aggregates[node.index], node.level, id, node.type, frames);
        case Op::Matches:
            return require(plan_.nodes[node.operands[1]].op == Op::Constant,
                           "a regular expression is not a constant");
        case Op::AtLeast:
            return require(node.detail >= 0, "`at least` counts below 0");
        default:
            return;
        }
    }

    void check_field_node(const Node& node, Frames& frames) {
        require(node.level < kFrames, "a frame is out of range");
        check_entity(static_cast<EntityIndex>(node.detail));
        const Entity& entity = plan_.schema.entities[static_cast<std::size_t>(node.detail)];
        require(node.index < entity.fields.size(), "a field index is out of range");
        require(entity.fields[node.index].type == node.type, "a field is read as another type");
        Frames own = no_frames();
        own[node.level] = static_cast<EntityIndex>(node.detail);
        merge(frames, own);
    }

    void check_rule_reference(const Node& node, RuleKind kind) {
        require(node.index < plan_.rules.size(), "a rule index is out of range");
        const Rule& rule = plan_.rules[node.index];
        require(rule.kind == kind, "a rule is read as another kind");
        if (node.op == Op::FitTier || node.op == Op::DecisionResult)
            require(rule.type == node.type, "a rule's result is read as another type");
    }

    void check_table_output(const Node& node) {
        check_rule_reference(node, RuleKind::Table);
        for (const std::uint32_t version : plan_.rules[node.index].versions) {
            require(version < plan_.tables.size(), "a version is out of range");
            const Table& table = plan_.tables[version];
            require(node.detail >= 0 &&
                        static_cast<std::size_t>(node.detail) < table.outputs.size() &&
                        table.outputs[static_cast<std::size_t>(node.detail)].type == node.type,
                    "a table's output is read as another type");
        }
    }

    void check_aggregate(const Aggregate& aggregate, std::uint32_t level, NodeId id, Type type,
                         Frames& frames) {
        require(level >= 1 && level < kFrames, "a frame is out of range");
        check_entity(aggregate.collection);
        require(aggregate.owner_level < level, "elements belong to a record of an inner frame");
        require(plan_.schema.is_above(aggregate.owner, aggregate.collection),
                "elements do not belong to the record that they are taken from");
        Frames owner = no_frames();
        owner[aggregate.owner_level] = aggregate.owner;
        merge(frames, owner);
        const Entity& entity = plan_.schema.entities[aggregate.collection];
        if (aggregate.has_time_field)
            require(aggregate.time_field < entity.fields.size() &&
                        entity.fields[aggregate.time_field].type.is(TypeKind::Time),
                    "a collection is ordered by something that is no time");
        else
            require(aggregate.windows.empty() && aggregate.kind != AggregateKind::First &&
                        aggregate.kind != AggregateKind::Last,
                    "a window over an unordered collection");
        Frames inner = no_frames();
        inner[level] = aggregate.collection;
        for (const NodeId part : {aggregate.where, aggregate.value, aggregate.have})
            if (part != kNoNode) {
                require(part < id, "an operand does not precede its user");
                merge(inner, frames_[part]);
            }
        for (const NodeId condition : {aggregate.where, aggregate.have})
            require(condition == kNoNode || letter_of(condition) == 'B',
                    "a condition that is neither true nor false");
        inner[level] = kUnbound;
        merge(frames, inner);
        check_windows(aggregate, id, frames);
        check_aggregate_type(aggregate, type);
    }

    void check_windows(const Aggregate& aggregate, NodeId id, Frames& frames) {
        for (const Window& window : aggregate.windows) {
            if (window.kind == WindowKind::Last)
                continue;
            require(window.anchor < id && plan_.nodes[window.anchor].type.is(TypeKind::Time),
                    "a window has no instant");
            merge(frames, frames_[window.anchor]);
        }
    }

    void check_aggregate_type(const Aggregate& aggregate, Type type) {
        switch (aggregate.kind) {
        case AggregateKind::Count:
            return require(type.is(TypeKind::Int), "a count that is no int");
        case AggregateKind::Any:
        case AggregateKind::Every:
            require(aggregate.kind == AggregateKind::Any || aggregate.have != kNoNode,
                    "`every` without `have`");
            return require(type.is(TypeKind::Bool), "an `any` that is no bool");
        case AggregateKind::Distinct:
            require(aggregate.value != kNoNode, "nothing to take from the elements");
            return require(type.is(TypeKind::Int), "a count that is no int");
        case AggregateKind::Avg:
            require(aggregate.value != kNoNode, "nothing to take from the elements");
            return require(plan_.nodes[aggregate.value].type == type || type.is(TypeKind::Number),
                           "an average of another type");
        default:
            require(aggregate.value != kNoNode, "nothing to take from the elements");
            return require(plan_.nodes[aggregate.value].type == type,
                           "an aggregate gives another type than its elements");
        }
    }

    // A node that a rule evaluates with these entities in the frames.
    void check_root(NodeId id, std::initializer_list<EntityIndex> entities, char held,
                    bool required = false) {
        if (id == kNoNode)
            return require(!required, "a rule lacks a part");
        require(id < plan_.nodes.size(), "a node index is out of range");
        require(held == 'A' || letter_of(id) == held, "a rule's part is of another type");
        std::size_t level = 0;
        for (const EntityIndex entity : entities) {
            const EntityIndex needed = frames_[id][level++];
            require(needed == kUnbound || needed == entity, "a frame holds another entity");
        }
        for (; level < kFrames; ++level)
            require(frames_[id][level] == kUnbound, "a frame is read that holds no record");
    }

    void check_rules() {
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

    void check_fit(const Fit& fit) {
        const EntityIndex root = plan_.schema.root;
        for (const OutClause& out : fit.outs)
            check_root(out.when, {root}, 'B', true);
        for (const PointsClause& clause : fit.clauses) {
            check_root(clause.when, {root}, 'B');
            require(!clause.group || *clause.group < fit.groups.size(),
                    "a group index is out of range");
            if (clause.ramp) {
                check_root(clause.ramp->input, {root}, 'A', true);
                const Type type = plan_.nodes[clause.ramp->input].type;
                check_value(clause.ramp->from, type);
                check_value(clause.ramp->to, type);
            }
            if (clause.for_each)
                check_for_each(*clause.for_each);
        }
    }

    void check_for_each(const ForEach& for_each) {
        Frames frames = no_frames();
        const auto past_all = static_cast<NodeId>(plan_.nodes.size());
        check_aggregate(for_each.elements, for_each.level, past_all, Type::of(TypeKind::Int),
                        frames);
        require(for_each.fading == ForEach::Fading::None ||
                    (for_each.every_microseconds > 0 && for_each.elements.has_time_field),
                "points fade over no time");
    }

    void check_decision(const Decision& decision) {
        for (const Choice& choice : decision.choices) {
            check_root(choice.when, {plan_.schema.root}, 'B');
            check_root(choice.value, {plan_.schema.root}, 'A', true);
        }
    }

    void check_table(const Table& table) {
        for (const TableRow& row : table.rows) {
            require(row.conditions.empty() || row.conditions.size() == table.columns.size(),
                    "a row has another number of conditions than columns");
            require(row.outputs.size() == table.outputs.size(),
                    "a row has another number of outputs than columns");
            for (const NodeId condition : row.conditions)
                check_root(condition, {plan_.schema.root}, 'B');
            for (const NodeId output : row.outputs)
                check_root(output, {plan_.schema.root}, 'A', true);
        }
    }

    void check_trigger(const Trigger& trigger) {
        require(!trigger.patterns.empty(), "a trigger without `on`");
        for (std::size_t i = 0; i < trigger.patterns.size(); ++i) {
            const Pattern& pattern = trigger.patterns[i];
            if (pattern.kind == Pattern::Kind::Signal)
                require(pattern.signal < plan_.signals.size(), "a signal index is out of range");
            else
                require(pattern.operands.size() >= 2, "a pattern of one part");
            for (const std::uint32_t operand : pattern.operands)
                require(operand < i, "a pattern does not precede its user");
        }
        // `when`, `unless` and `say` read the root; the completing record comes with issue of
        // triggers.
        for (const NodeId condition : {trigger.when, trigger.unless})
            check_root(condition, {plan_.schema.root}, 'B');
        check_root(trigger.say, {plan_.schema.root}, 'T');
    }

    void check_credit(const Credit& credit) {
        check_entity(credit.deals);
        check_entity(credit.touches);
        const EntityIndex root = plan_.schema.root;
        check_root(credit.deal_where, {root, credit.deals}, 'B');
        check_root(credit.at, {root, credit.deals}, 'I', true);
        check_root(credit.divide, {root, credit.deals}, 'I', true);
        require(plan_.nodes[credit.at].type.is(TypeKind::Time), "credit is taken at no time");
        require(plan_.nodes[credit.divide].type.is(TypeKind::Money), "what is divided is no money");
        check_root(credit.touch_where, {root, credit.deals, credit.touches}, 'B');
        const Entity& touch = plan_.schema.entities[credit.touches];
        require(credit.party_field < touch.fields.size(), "a field index is out of range");
        require(touch.visible_from().has_value(), "touches have no time");
        for (const Split& split : credit.splits) {
            check_root(split.when, {root, credit.deals}, 'B');
            require(!split.by || *split.by < touch.fields.size(), "a field index is out of range");
            require(split.model != SplitModel::Incremental || split.rates < plan_.rates.size(),
                    "a rates index is out of range");
        }
        for (const Flag& flag : credit.flags)
            check_root(flag.when, {root, credit.deals}, 'B', true);
    }

    const Plan& plan_;
    std::vector<Frames> frames_; // per node, so far
};

} // namespace

std::optional<std::string> validate(const Plan& plan) {
    try {
        Validator(plan).run();
        return std::nullopt;
    } catch (const Unsound& fault) {
        return fault.what;
    }
}

} // namespace rulebook::plan
