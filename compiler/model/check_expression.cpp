// The one dispatch over kinds of expressions.
#include "compiler/model/checker.hpp"

namespace rulec::model {

// One overload a kind of expression; each forwards to the function that states its typing rule.
struct NodeChecker {
    Checker& checker;
    Span span;
    const Type* expected;

    ExprId operator()(const ast::Erroneous&) const { return kError; }
    ExprId operator()(const ast::IntLiteral& node) const {
        return checker.check_int(node, span, expected);
    }
    ExprId operator()(const ast::DecimalLiteral& node) const {
        return checker.check_decimal(node, span, expected);
    }
    ExprId operator()(const ast::PercentLiteral& node) const {
        return checker.check_percent(node, span);
    }
    ExprId operator()(const ast::MoneyLiteral& node) const {
        return checker.check_money(node, span);
    }
    ExprId operator()(const ast::TextLiteral& node) const {
        return checker.constant(Value::of(node.value), Type::of(TypeKind::Text), span);
    }
    ExprId operator()(const ast::TextTemplate& node) const {
        return checker.check_template(node, span);
    }
    ExprId operator()(const ast::DateLiteral& node) const {
        return checker.constant(Value::of(std::int64_t{node.days}), Type::of(TypeKind::Date), span);
    }
    ExprId operator()(const ast::TimeLiteral& node) const {
        return checker.constant(Value::of(node.microseconds), Type::of(TypeKind::Time), span);
    }
    ExprId operator()(const ast::DurationLiteral& node) const {
        return checker.check_duration(node, span);
    }
    ExprId operator()(const ast::BoolLiteral& node) const {
        return checker.constant(Value::of(node.value), Type::of(TypeKind::Bool), span);
    }
    ExprId operator()(const ast::MissingLiteral&) const {
        return checker.check_missing(span, expected);
    }
    ExprId operator()(const ast::NameReference& node) const {
        return checker.check_name(node, span, expected);
    }
    ExprId operator()(const ast::Member& node) const { return checker.check_member(node, span); }
    ExprId operator()(const ast::Call& node) const {
        return checker.check_call(node, span, expected);
    }
    ExprId operator()(const ast::Negate& node) const {
        return checker.check_negate(node, span, expected);
    }
    ExprId operator()(const ast::Not& node) const {
        return checker.negated(checker.check_condition(node.operand), true, span);
    }
    ExprId operator()(const ast::Arithmetic& node) const {
        return checker.check_arithmetic(node, span, expected);
    }
    ExprId operator()(const ast::Comparison& node) const {
        return checker.check_comparison(node, span);
    }
    ExprId operator()(const ast::InRange& node) const { return checker.check_range(node, span); }
    ExprId operator()(const ast::InList& node) const { return checker.check_list(node, span); }
    ExprId operator()(const ast::InSet& node) const { return checker.check_set(node, span); }
    ExprId operator()(const ast::TextTest& node) const {
        return checker.check_text_test(node, span);
    }
    ExprId operator()(const ast::Presence& node) const {
        return checker.check_presence(node, span);
    }
    ExprId operator()(const ast::Logical& node) const { return checker.check_logical(node, span); }
    ExprId operator()(const ast::Conditional& node) const {
        return checker.check_conditional(node, span, expected);
    }
    ExprId operator()(const ast::Default& node) const {
        return checker.check_default(node, span, expected);
    }
    ExprId operator()(const ast::AtLeast& node) const { return checker.check_at_least(node, span); }
    ExprId operator()(const ast::AsOf& node) const {
        return checker.check_as_of(node, span, expected);
    }
    ExprId operator()(const ast::Fired& node) const { return checker.check_fired(node, span); }
    // Tables give the column's expression in its place, so a checker meets none.
    ExprId operator()(const ast::ColumnValue& node) const { return checker.column_value(node); }
};

ExprId Checker::check(ast::ExprId id, const Type* expected) {
    if (!id.present())
        return kError; // the parser reported what is missing
    const ast::Expression& expression = file_[id];
    return std::visit(NodeChecker{*this, expression.span, expected}, expression.node);
}

ExprId Checker::column_value(const ast::ColumnValue& node) {
    return node.column < columns_.size() ? columns_[node.column] : kError;
}

} // namespace rulec::model
