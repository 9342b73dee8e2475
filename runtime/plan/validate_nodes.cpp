#include "runtime/plan/validator.hpp"

namespace rulebook::plan {

Frames Validator::check_node(NodeId id) {
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
void Validator::check_signature(const Node& node) {
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

char Validator::letter_of(NodeId id) const {
    return letter(representation(plan_.nodes[id].type.kind));
}

void Validator::check_letter(char expected, const Node& node, char held) {
    if (expected >= '1' && expected <= '9')
        expected = letter_of(node.operands[static_cast<std::size_t>(expected - '1')]);
    require(expected == 'A' || expected == held, "an operand is not held as it should be");
}

void Validator::check_reference(const Node& node, NodeId id, Frames& frames) {
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

void Validator::check_field_node(const Node& node, Frames& frames) {
    require(node.level < kFrames, "a frame is out of range");
    check_entity(static_cast<EntityIndex>(node.detail));
    const Entity& entity = plan_.schema.entities[static_cast<std::size_t>(node.detail)];
    require(node.index < entity.fields.size(), "a field index is out of range");
    require(entity.fields[node.index].type == node.type, "a field is read as another type");
    Frames own = no_frames();
    own[node.level] = static_cast<EntityIndex>(node.detail);
    merge(frames, own);
}

void Validator::check_rule_reference(const Node& node, RuleKind kind) {
    require(node.index < plan_.rules.size(), "a rule index is out of range");
    const Rule& rule = plan_.rules[node.index];
    require(rule.kind == kind, "a rule is read as another kind");
    if (node.op == Op::FitTier || node.op == Op::DecisionResult)
        require(rule.type == node.type, "a rule's result is read as another type");
}

void Validator::check_table_output(const Node& node) {
    check_rule_reference(node, RuleKind::Table);
    for (const std::uint32_t version : plan_.rules[node.index].versions) {
        require(version < plan_.tables.size(), "a version is out of range");
        const Table& table = plan_.tables[version];
        require(node.detail >= 0 && static_cast<std::size_t>(node.detail) < table.outputs.size() &&
                    table.outputs[static_cast<std::size_t>(node.detail)].type == node.type,
                "a table's output is read as another type");
    }
}

// A node that a rule evaluates with these entities in the frames.
void Validator::check_root(NodeId id, std::span<const EntityIndex> entities, char held,
                           bool required) {
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

} // namespace rulebook::plan
