#include "compiler/lower/expression_lowering.hpp"
#include "compiler/diagnostics/one_line.hpp"

#include <algorithm>

#include "runtime/plan/roots.hpp"

namespace rulec::lower {

using model::Expression;
using model::ExpressionKind;
using rulebook::plan::Aggregate;
using rulebook::plan::Cause;
using rulebook::plan::Effective;
using rulebook::plan::kFrames;
using rulebook::plan::Node;
using rulebook::plan::Op;
using rulebook::plan::Type;
using rulebook::plan::TypeKind;
using rulebook::plan::Value;

namespace {

constexpr std::size_t kLongestLabel = 200;

} // namespace

Binding plain_binding(std::uint32_t frames) {
    Binding binding;
    for (std::uint32_t frame = 0; frame < frames; ++frame)
        binding.frames.push_back(frame);
    binding.next_frame = frames;
    return binding;
}

std::string ExpressionLowering::label(const Expression& expression) const {
    return expression.span.somewhere() ? one_line(sources_.text(expression.span), kLongestLabel)
                                       : std::string();
}

// Of a field that an aggregate takes of each record, `deals.amount where …`: what the record calls
// it.
std::string ExpressionLowering::name_in_record(const Expression& field) const {
    const std::string all = label(field);
    const std::string path = all.substr(0, all.find_first_of(" \t\n("));
    const std::size_t dot = path.rfind('.');
    return dot == std::string::npos ? path : path.substr(dot + 1);
}

// The node is shared with other places where the field of such a record is asked for.
NodeId ExpressionLowering::lower_value(model::ExprId id, const Binding& binding) {
    if (model::present(id) && book_[id].kind == ExpressionKind::Operation &&
        book_[id].op == Op::Field)
        return lower_operation(book_[id], binding, name_in_record(book_[id]));
    return lower(id, binding);
}

NodeId ExpressionLowering::lower(model::ExprId id, const Binding& binding) {
    if (!model::present(id))
        return kNoNode;
    const auto known_binding =
        bindings_.try_emplace(binding, static_cast<std::uint32_t>(bindings_.size())).first->second;
    const std::pair key{known_binding, id};
    if (const auto known = lowered_.find(key); known != lowered_.end())
        return known->second;
    const Expression& expression = book_[id];
    NodeId made = kNoNode;
    switch (expression.kind) {
    case ExpressionKind::Operation:
        made = lower_operation(expression, binding, label(expression));
        break;
    case ExpressionKind::Parameter:
        made = binding.values[expression.index];
        break;
    case ExpressionKind::Definition:
        made = lower_definition(expression, binding);
        break;
    case ExpressionKind::Signal:
        made = lower_signal(expression.index, binding.frames[expression.level], binding.next_frame);
        break;
    }
    lowered_.emplace(key, made);
    return made;
}

std::vector<Span> ExpressionLowering::places(NodeId node) const {
    std::vector<Span> found;
    for (const auto& [key, made] : lowered_)
        if (made == node && book_[key.second].span.somewhere())
            found.push_back(book_[key.second].span);
    std::ranges::sort(found);
    return found;
}

NodeId ExpressionLowering::lower_operation(const Expression& expression, const Binding& binding,
                                           const std::string& label) {
    Node node;
    node.op = expression.op;
    node.type = expression.type;
    node.index = expression.index;
    node.detail = expression.detail;
    node.literal = expression.literal;
    for (const model::ExprId operand : expression.operands)
        node.operands.push_back(lower(operand, binding));
    if (expression.op == Op::Field)
        node.level = binding.frames[expression.level];
    else if (rulebook::plan::reads_rule(expression.op))
        node.index = rules_[expression.index];
    else if (expression.op == Op::Aggregate && binding.next_frame >= kFrames) {
        diagnostics_.emit<RB1325>(expression.span, std::int64_t{kFrames - 1});
        return kNoNode;
    } else if (expression.op == Op::Aggregate) {
        node.level = binding.next_frame;
        node.index = nodes_.intern(lower(book_.aggregates[expression.index], binding));
    }
    return nodes_.intern(std::move(node), label);
}

Aggregate ExpressionLowering::lower(const Aggregate& aggregate, const Binding& binding) {
    Aggregate made = aggregate;
    made.owner_level = binding.frames[aggregate.owner_level];
    for (auto& window : made.windows)
        window.anchor = lower(window.anchor, binding); // of the enclosing scope
    Binding inner = binding;
    inner.frames.push_back(binding.next_frame);
    ++inner.next_frame;
    made.where = lower(aggregate.where, inner);
    made.value = lower_value(aggregate.value, inner);
    made.have = lower(aggregate.have, inner);
    return made;
}

NodeId ExpressionLowering::lower_signal(std::uint32_t signal, std::uint32_t frame,
                                        std::uint32_t next_frame) {
    const model::ExprId where = book_.signals[signal].where;
    if (where == model::kNothing) {
        Node always;
        always.op = Op::Constant;
        always.type = Type::of(TypeKind::Bool);
        always.literal = Value::of(true);
        return nodes_.intern(std::move(always), "true");
    }
    Binding binding;
    binding.frames = {0, frame};
    binding.next_frame = next_frame;
    return lower(where, binding);
}

// The body with the arguments in place; of several versions, the one in force at the instant.
NodeId ExpressionLowering::lower_definition(const Expression& expression, const Binding& binding) {
    const model::Definition& definition = book_.definitions[expression.index];
    Binding body;
    body.frames.push_back(0);
    for (const std::uint32_t frame : expression.frames)
        body.frames.push_back(binding.frames[frame]);
    for (const model::ExprId operand : expression.operands)
        body.values.push_back(lower(operand, binding));
    body.next_frame = binding.next_frame;
    std::vector<model::DefinitionVersion> versions = definition.versions;
    if (versions.size() == 1 && versions[0].effective == Effective{})
        return lower(versions[0].body, body);
    std::ranges::sort(versions, {}, [](const model::DefinitionVersion& version) {
        return version.effective.from.value_or(INT64_MIN);
    });
    Node none;
    none.op = Op::Constant;
    none.type = definition.type;
    none.literal = Value::unknown(Cause::NotInForce, kNoNode);
    NodeId chosen = nodes_.intern(std::move(none), definition.name);
    for (auto version = versions.rbegin(); version != versions.rend(); ++version)
        chosen = in_force(version->effective, lower(version->body, body), chosen, definition.type);
    return chosen;
}

NodeId ExpressionLowering::instant_constant(std::int64_t microseconds) {
    Node node;
    node.op = Op::Constant;
    node.type = Type::of(TypeKind::Time);
    node.literal = Value::of(microseconds);
    return nodes_.intern(std::move(node), "");
}

// if as_of is in [from, until) then … else …
NodeId ExpressionLowering::in_force(const Effective& effective, NodeId then, NodeId otherwise,
                                    Type type) {
    Node now;
    now.op = Op::EvaluationInstant;
    now.type = Type::of(TypeKind::Time);
    const NodeId as_of = nodes_.intern(std::move(now), "as_of");
    Node both;
    both.op = Op::And;
    both.type = Type::of(TypeKind::Bool);
    const auto bound = [&](Op op, std::int64_t instant) {
        Node comparison;
        comparison.op = op;
        comparison.type = Type::of(TypeKind::Bool);
        comparison.operands = {as_of, instant_constant(instant)};
        both.operands.push_back(nodes_.intern(std::move(comparison), ""));
    };
    if (effective.from)
        bound(Op::GreaterEqual, *effective.from);
    if (effective.until)
        bound(Op::Less, *effective.until);
    if (both.operands.empty())
        return then;
    Node choice;
    choice.op = Op::If;
    choice.type = type;
    choice.operands = {nodes_.intern(std::move(both), ""), then, otherwise};
    return nodes_.intern(std::move(choice), "");
}

} // namespace rulec::lower
