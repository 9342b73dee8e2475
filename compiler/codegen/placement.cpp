#include "compiler/codegen/placement.hpp"

#include <algorithm>
#include <utility>

#include "runtime/plan/roots.hpp"

namespace rulec::codegen {

namespace plan = rulebook::plan;
using plan::NodeId;
using plan::Op;

namespace {

// With more members a text is asked about once, whatever the record.
constexpr std::size_t kMostCodes = 16;

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

} // namespace

bool is_text(plan::Type type) {
    return plan::representation(type.kind) == plan::Representation::Text;
}

bool compares_codes(const plan::Plan& plan, const plan::Node& node) {
    if (node.op != Op::Equal && node.op != Op::NotEqual && node.op != Op::InSet)
        return false;
    const auto is_constant = [&](NodeId id) {
        return plan.node(id).op == Op::Constant && plan.node(id).literal.known();
    };
    return node.operands.size() <= kMostCodes && is_text(plan.node(node.operands[0]).type) &&
           plan.node(node.operands[0]).op == Op::Field &&
           std::all_of(node.operands.begin() + 1, node.operands.end(), is_constant);
}

Placement::Placement(const plan::Plan& plan, const std::vector<plan::FrameSet>& frames,
                     plan::EntityIndex entity, std::uint32_t level, Available available)
    : plan_(plan), frames_(frames), entity_(entity), level_(level),
      available_(std::move(available)) {
    texts_.reserve(plan.nodes.size());
    for (NodeId id = 0; id < plan.nodes.size(); ++id)
        texts_.push_back(text_of(id));
}

Place Placement::of(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (level_ > 0 && node.op != Op::Constant && plan::innermost(frames_[id]) == 0)
        return Place::Owned;
    if (is_lowered(id))
        return Place::Lowered;
    if (level_ == 0 && node.op == Op::Aggregate && available_.reduction(id))
        return Place::Reduced;
    const TextOnly& text = texts_[id];
    return text.holds && text.field ? Place::OfText : Place::Interpreted;
}

std::vector<NodeId> Placement::operands(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (compares_codes(plan_, node))
        return {node.operands[0]};
    return node.operands;
}

bool Placement::is_lowered(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (how(node.op) == How::Asked)
        return false;
    if (node.op == Op::Field)
        return is_lowered_field(node);
    if (compares_codes(plan_, node))
        return is_stored_text(node.operands[0]);
    if (is_text(node.type) || reads_text(plan_, node))
        return false;
    return !plan::reads_rule(node.op) || available_.rule(node.index);
}

bool Placement::is_lowered_field(const plan::Node& node) const {
    const std::vector<plan::Field>& fields = plan_.schema.entities[entity_].fields;
    if (node.level != level_ || node.index >= fields.size()) // another entity's
        return false;
    const plan::Field& field = fields[node.index];
    return field.type == node.type &&
           (!is_text(node.type) || (!field.tracked && !field.known_from));
}

bool Placement::is_stored_text(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    return node.op == Op::Field && is_text(node.type) && is_lowered_field(node);
}

Placement::TextOnly Placement::text_of(NodeId id) const {
    const plan::Node& node = plan_.node(id);
    if (node.op == Op::Constant)
        return {true, std::nullopt};
    if (node.op == Op::Field)
        return is_stored_text(id) ? TextOnly{true, node.index} : TextOnly{};
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
