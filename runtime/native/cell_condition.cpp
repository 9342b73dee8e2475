#include "runtime/native/cell_condition.hpp"

#include <algorithm>

#include "runtime/plan/op.hpp"

namespace rulebook::native {

using plan::NodeId;
using plan::Op;
using plan::Value;

namespace {

bool is_junction(Op op) {
    return op == Op::And || op == Op::Or || op == Op::Not;
}

bool compares_with_constants(const plan::Plan& plan, const plan::Node& node) {
    if (node.op == Op::IsKnown || node.op == Op::InList)
        return true;
    return plan::is_comparison(node.op) &&
           std::all_of(node.operands.begin() + 1, node.operands.end(),
                       [&](NodeId operand) { return plan.node(operand).op == Op::Constant; });
}

bool can_be_subject(const plan::Plan& plan, NodeId id) {
    const plan::Node& node = plan.node(id);
    if (node.op == Op::Constant)
        return false;
    if (plan::representation(node.type.kind) != plan::Representation::Text)
        return true;
    if (node.op != Op::Field || node.level != 0)
        return false;
    const plan::Field& field = plan.schema.root_entity().fields[node.index];
    return !field.tracked && !field.known_from;
}

// Three values: true, false, nothing.
using Truth = std::optional<bool>;

class Test {
public:
    Test(const plan::Plan& plan, NodeId subject, const Value& value)
        : plan_(plan), subject_(subject), value_(value) {}

    Truth truth(NodeId id) const {
        const plan::Node& node = plan_.node(id);
        if (id == subject_)
            return value_.known() ? Truth(value_.boolean()) : std::nullopt;
        switch (node.op) {
        case Op::And:
            return junction(node, false);
        case Op::Or:
            return junction(node, true);
        case Op::Not: {
            const Truth operand = truth(node.operands[0]);
            return operand ? Truth(!*operand) : std::nullopt;
        }
        case Op::IsKnown:
            return value_.known();
        case Op::InList:
            if (!value_.known())
                return std::nullopt;
            return std::ranges::binary_search(plan_.lists[node.index].values, value_.text());
        default:
            return value_.known() ? comparison(node) : std::nullopt;
        }
    }

private:
    // `decisive` if any operand is; else nothing if any is nothing.
    Truth junction(const plan::Node& node, bool decisive) const {
        Truth result = !decisive;
        for (const NodeId operand : node.operands) {
            const Truth each = truth(operand);
            if (each == decisive)
                return decisive;
            if (!each)
                result = std::nullopt;
        }
        return result;
    }

    Truth comparison(const plan::Node& node) const {
        const auto constant = [&](std::size_t i) -> const Value& {
            return plan_.node(node.operands[i]).literal;
        };
        if (node.op == Op::InSet)
            return in_set(node);
        if (node.op == Op::InRange || node.op == Op::InRangeUnder)
            return in_range(constant(1), constant(2), node.op == Op::InRange);
        const Value& other = constant(1);
        if (!other.known())
            return std::nullopt;
        switch (node.op) {
        case Op::Equal:
            return value_ == other;
        case Op::NotEqual:
            return value_ != other;
        case Op::Less:
            return value_ < other;
        case Op::LessEqual:
            return !(other < value_);
        case Op::Greater:
            return other < value_;
        default:
            return !(value_ < other);
        }
    }

    Truth in_set(const plan::Node& node) const {
        Truth result = false;
        for (std::size_t i = 1; i < node.operands.size(); ++i) {
            const Value& member = plan_.node(node.operands[i]).literal;
            if (member.known() && member == value_)
                return true;
            if (!member.known())
                result = std::nullopt;
        }
        return result;
    }

    Truth in_range(const Value& low, const Value& high, bool with_high) const {
        if (low.known() && value_ < low)
            return false;
        if (high.known() && (with_high ? high < value_ : !(value_ < high)))
            return false;
        return low.known() && high.known() ? Truth(true) : std::nullopt;
    }

    const plan::Plan& plan_;
    NodeId subject_;
    const Value& value_;
};

} // namespace

NodeId subject_of(const plan::Plan& plan, NodeId condition) {
    std::optional<NodeId> subject;
    std::vector<NodeId> open{condition};
    while (!open.empty()) {
        const plan::Node& node = plan.node(open.back());
        open.pop_back();
        if (is_junction(node.op)) {
            open.insert(open.end(), node.operands.begin(), node.operands.end());
            continue;
        }
        if (!compares_with_constants(plan, node) || !can_be_subject(plan, node.operands[0]) ||
            (subject && *subject != node.operands[0]))
            return condition;
        subject = node.operands[0];
    }
    return subject.value_or(condition);
}

std::vector<Value> constants_of(const plan::Plan& plan, NodeId condition) {
    std::vector<Value> constants;
    std::vector<NodeId> open{condition};
    while (!open.empty()) {
        const plan::Node& node = plan.node(open.back());
        open.pop_back();
        if (is_junction(node.op))
            open.insert(open.end(), node.operands.begin(), node.operands.end());
        else if (node.op == Op::InList)
            for (const std::string& text : plan.lists[node.index].values)
                constants.push_back(Value::of(text));
        else if (plan::is_comparison(node.op) && compares_with_constants(plan, node))
            for (std::size_t i = 1; i < node.operands.size(); ++i)
                if (plan.node(node.operands[i]).literal.known())
                    constants.push_back(plan.node(node.operands[i]).literal);
    }
    return constants;
}

bool is_true_at(const plan::Plan& plan, NodeId condition, NodeId subject, const Value& value) {
    return Test(plan, subject, value).truth(condition) == true;
}

} // namespace rulebook::native
