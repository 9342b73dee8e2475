#include "compiler/codegen/placement.hpp"

#include <algorithm>
#include <utility>

#include "runtime/plan/roots.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::NodeId;
using plan::Op;

namespace {

enum class How : std::uint8_t { Lowered, Asked };

// Without a default: an operation that native_ops.def lacks is an error.
How how(Op op) {
    switch (op) {
#define RB_NATIVE_OP(Name, found)                                                                  \
    case Op::Name:                                                                                 \
        return How::found;
#include "compiler/codegen/native_ops.def"
    }
    return How::Asked;
}

bool reads_text(const plan::Plan& plan, const plan::Node& node) {
    return std::ranges::any_of(node.operands,
                               [&](NodeId operand) { return is_text(plan.node(operand).type); });
}

const plan::Field& field_of(const plan::Plan& plan, const plan::Node& node) {
    return plan.schema.root_entity().fields[node.index];
}

} // namespace

bool is_text(plan::Type type) {
    return plan::representation(type.kind) == plan::Representation::Text;
}

Placement::Placement(const plan::Plan& plan, std::function<bool(std::uint32_t)> rule_is_native)
    : plan_(plan), rule_is_native_(std::move(rule_is_native)) {
    texts_.reserve(plan.nodes.size());
    for (NodeId id = 0; id < plan.nodes.size(); ++id)
        texts_.push_back(text_of(id));
}

Place Placement::of(NodeId id) const {
    if (is_lowered(id))
        return Place::Lowered;
    const TextOnly& text = texts_[id];
    return text.holds && text.field ? Place::OfText : Place::Interpreted;
}

bool Placement::is_lowered(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (how(node.op) == How::Asked || is_text(node.type) || reads_text(plan_, node))
        return false;
    if (node.op == Op::Field)
        return node.level == 0 && !field_of(plan_, node).tracked;
    return !plan::reads_rule(node.op) || rule_is_native_(node.index);
}

Placement::TextOnly Placement::text_of(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (node.op == Op::Constant)
        return {true, std::nullopt};
    if (node.op == Op::Field) {
        if (node.level != 0 || !is_text(node.type))
            return {};
        const plan::Field& field = field_of(plan_, node);
        return field.tracked || field.known_from ? TextOnly{} : TextOnly{true, node.index};
    }
    if (plan::looks_around(node.op))
        return {};
    TextOnly result{true, std::nullopt};
    for (const NodeId operand : node.operands) {
        const TextOnly& part = texts_[operand];
        if (!part.holds || (result.field && part.field && *result.field != *part.field))
            return {};
        if (part.field)
            result.field = part.field;
    }
    return result;
}

} // namespace rulec::codegen
