// Walks the direct operands of an expression, for whoever treats all kinds alike.
#pragma once

#include "compiler/syntax/expression.hpp"

namespace rulec::ast {

namespace detail {

template <class Visit>
struct OperandWalk {
    Visit& visit;

    void one(ExprId id) const {
        if (id.present())
            visit(id);
    }
    void all(const std::vector<ExprId>& ids) const {
        for (ExprId id : ids)
            one(id);
    }
    void selection(const Selection& s) const {
        one(s.value);
        one(s.of);
        one(s.where);
        one(s.have);
        for (const Window& window : s.windows) {
            one(window.duration);
            one(window.instant);
        }
    }

    template <class Leaf>
    void operator()(const Leaf&) const {} // literals and names
    void operator()(const TextTemplate& n) const {
        for (const TextTemplate::Part& part : n.parts)
            one(part.expression);
    }
    void operator()(const Member& n) const { one(n.object); }
    void operator()(const Call& n) const {
        for (const Selection& argument : n.arguments)
            selection(argument);
    }
    void operator()(const Negate& n) const { one(n.operand); }
    void operator()(const Not& n) const { one(n.operand); }
    void operator()(const Arithmetic& n) const { one(n.left), one(n.right); }
    void operator()(const Comparison& n) const { one(n.left), one(n.right); }
    void operator()(const InRange& n) const { one(n.value), one(n.low), one(n.high); }
    void operator()(const InList& n) const { one(n.value), all(n.items); }
    void operator()(const InSet& n) const { one(n.value), one(n.set); }
    void operator()(const TextTest& n) const { one(n.subject), all(n.patterns); }
    void operator()(const Presence& n) const { one(n.operand); }
    void operator()(const Logical& n) const { all(n.operands); }
    void operator()(const Conditional& n) const { one(n.condition), one(n.then), one(n.otherwise); }
    void operator()(const Default& n) const { one(n.value), one(n.fallback); }
    void operator()(const AtLeast& n) const { one(n.count), all(n.conditions); }
    void operator()(const AsOf& n) const { one(n.value), one(n.ago); }
    void operator()(const Fired& n) const { one(n.in_last), one(n.since); }
};

} // namespace detail

// Calls `visit(ExprId)` for each operand that is present, in the order of the source.
template <class Visit>
void for_each_operand(const ExpressionNode& node, Visit&& visit) {
    std::visit(detail::OperandWalk<Visit>{visit}, node);
}

} // namespace rulec::ast
