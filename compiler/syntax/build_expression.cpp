// Conditions: and, or, not, if, comparisons, tests of table cells.
#include <utility>

#include "compiler/syntax/builder.hpp"

namespace rulec::syntax {
namespace {

ast::ComparisonOperator comparison_operator(std::size_t type) {
    switch (type) {
    case Grammar::NOT_EQUAL:
        return ast::ComparisonOperator::IsNot;
    case Grammar::LESS:
        return ast::ComparisonOperator::Less;
    case Grammar::LESS_EQUAL:
        return ast::ComparisonOperator::LessEqual;
    case Grammar::GREATER:
        return ast::ComparisonOperator::Greater;
    case Grammar::GREATER_EQUAL:
        return ast::ComparisonOperator::GreaterEqual;
    default:
        return ast::ComparisonOperator::Is;
    }
}

ast::TextTestKind text_test(std::size_t type) {
    switch (type) {
    case Grammar::CONTAINS:
        return ast::TextTestKind::Contains;
    case Grammar::HAS:
        return ast::TextTestKind::HasWord;
    case Grammar::STARTS:
        return ast::TextTestKind::StartsWith;
    case Grammar::ENDS:
        return ast::TextTestKind::EndsWith;
    default:
        return ast::TextTestKind::Matches;
    }
}

} // namespace

// --- and, or, not, if
// ------------------------------------------------------------------------------

ast::ExprId Builder::expression(Grammar::ExpressionContext* context) {
    if (context == nullptr)
        return {};
    bool interpolating = std::exchange(interpolating_, false);
    auto branch = [&](std::size_t index) {
        interpolating_ = interpolating;
        return expression(&child<Grammar::ExpressionContext>(*context, index));
    };
    switch (context->children.size()) {
    case 1:
        interpolating_ = interpolating;
        return predicate(child<Grammar::PredicateContext>(*context, 0));
    case 2: {
        ast::ExprId operand = expression(&child<Grammar::ExpressionContext>(*context, 1));
        return add(ast::Not{operand}, span(*context));
    }
    case 3:
        return logical(*context);
    default: {
        ast::ExprId condition = expression(&child<Grammar::ExpressionContext>(*context, 1));
        ast::ExprId then = branch(3);
        ast::ExprId otherwise = branch(5);
        return add(ast::Conditional{condition, then, otherwise}, span(*context));
    }
    }
}

// `a and b and c` comes as ((a and b) and c), however long: collected along the left, without
// recursion, into one node.
ast::ExprId Builder::logical(Grammar::ExpressionContext& context) {
    std::size_t op = leaf_type(context, 1);
    std::vector<Grammar::ExpressionContext*> parts;
    auto* left = &context;
    while (left->children.size() == 3 && leaf_type(*left, 1) == op) {
        parts.push_back(&child<Grammar::ExpressionContext>(*left, 2));
        left = &child<Grammar::ExpressionContext>(*left, 0);
    }
    parts.push_back(left);
    std::vector<ast::ExprId> operands;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        operands.push_back(expression(*part));
    auto kind = op == Grammar::AND ? ast::LogicalOperator::And : ast::LogicalOperator::Or;
    return add(ast::Logical{kind, std::move(operands)}, span(context));
}

// --- comparisons
// -----------------------------------------------------------------------------------

ast::ExprId Builder::predicate(Grammar::PredicateContext& context) {
    bool alone = context.children.size() == 1;
    bool interpolating = std::exchange(interpolating_, false);
    interpolating_ = interpolating && alone;
    ast::ExprId left = operand(&child<Grammar::OperandContext>(context, 0));
    if (alone)
        return left;
    if (context.children.size() > 2) {
        auto& second = child<Grammar::ComparisonContext>(context, 2);
        diagnostics_.emit<RB0121>(span(second));
        incomplete();
        return erroneous(span(context));
    }
    auto& comparison = child<Grammar::ComparisonContext>(context, 1);
    Subject subject{left, span(context), false, {}};
    if (auto* test = comparison.test_()) {
        subject.negated = leaf_type(comparison, 0) == Grammar::NOT;
        return this->test(*test, subject);
    }
    return is(comparison, *comparison.presence(), subject);
}

// What follows `is`, `is not`; `parent` holds these words.
ast::ExprId Builder::is(antlr4::ParserRuleContext& parent, Grammar::PresenceContext& context,
                        Subject subject) {
    const Word& word = *leaf(parent.children[0]);
    subject.negated = leaf_type(parent, 1) == Grammar::NOT;
    subject.operator_span = span(word);
    if (subject.negated)
        subject.operator_span = subject.operator_span.to(span(*leaf(parent.children[1])));
    if (leaf_type(context, 0) == Grammar::KNOWN)
        return add(ast::Presence{subject.value, true, subject.negated}, subject.span);
    if (leaf_type(context, 0) == Grammar::IN) {
        Span in = span(*leaf(context.children[0]));
        Span until{in.file, subject.operator_span.begin, in.begin};
        diagnostics_.emit<RB0122>(span(word)).fix(until, subject.negated ? "not " : "");
        return membership(*context.membership(), subject);
    }
    return equality(operand(context.operand()), subject);
}

// `is missing` is no comparison.
ast::ExprId Builder::equality(ast::ExprId right, const Subject& subject) {
    const ast::Expression& value = file_[right];
    if (std::holds_alternative<ast::MissingLiteral>(value.node) && !value.parenthesised)
        return add(ast::Presence{subject.value, false, subject.negated}, subject.span);
    auto op = subject.negated ? ast::ComparisonOperator::IsNot : ast::ComparisonOperator::Is;
    return add(ast::Comparison{op, subject.value, right, subject.operator_span}, subject.span);
}

ast::ExprId Builder::test(Grammar::Test_Context& context, Subject subject) {
    if (auto* op = context.comparisonOperator())
        return compare(context, *leaf(op->children[0]), subject);
    if (auto* in = context.membership())
        return membership(*in, subject);
    ast::TextTest test;
    test.subject = subject.value;
    test.negated = subject.negated;
    if (auto* op = context.textOperator()) {
        test.kind = text_test(leaf_type(*op, 0));
        test.operator_span = span(*op);
    } else {
        test.kind = ast::TextTestKind::Like;
        test.operator_span = span(*leaf(context.children[0]));
    }
    for (auto* pattern : context.operand())
        test.patterns.push_back(operand(pattern));
    return add(std::move(test), subject.span);
}

ast::ExprId Builder::compare(Grammar::Test_Context& context, const Word& op, Subject subject) {
    ast::ExprId right = operand(context.operand(0));
    if (op.getType() == Grammar::EQUAL_SIGN)
        diagnostics_.emit<RB0120>(span(op)).fix(span(op), "is");
    if (subject.negated) {
        diagnostics_.emit<RB0123>(subject.span);
        incomplete();
        return erroneous(subject.span);
    }
    subject.operator_span = span(op);
    auto kind = comparison_operator(op.getType());
    if (kind == ast::ComparisonOperator::Is || kind == ast::ComparisonOperator::IsNot) {
        subject.negated = kind == ast::ComparisonOperator::IsNot;
        return equality(right, subject);
    }
    return add(ast::Comparison{kind, subject.value, right, span(op)}, subject.span);
}

ast::ExprId Builder::membership(Grammar::MembershipContext& context, const Subject& subject) {
    if (leaf_type(context, 0) == Grammar::LPAREN)
        return in_list(context.operand(), subject);
    if (!context.operand().empty())
        return in_range(context, context.operand(), subject);
    std::vector<Grammar::NameContext*> names = context.name();
    ast::ExprId set = name_reference(name(names[0]));
    Span begin = file_[set].span;
    for (std::size_t i = 1; i < names.size(); ++i) {
        ast::Name member = name(names[i]);
        Span whole = begin.to(member.span);
        set = add(ast::Member{set, std::move(member)}, whole);
    }
    return add(ast::InSet{subject.value, set, subject.negated}, subject.span);
}

ast::ExprId Builder::in_list(const std::vector<Grammar::OperandContext*>& items,
                             const Subject& subject) {
    std::vector<ast::ExprId> values;
    for (auto* item : items)
        values.push_back(operand(item));
    return add(ast::InList{subject.value, std::move(values), subject.negated}, subject.span);
}

// `low to high`, `low to under high`: the children of `context`.
ast::ExprId Builder::in_range(antlr4::ParserRuleContext& context,
                              const std::vector<Grammar::OperandContext*>& bounds,
                              const Subject& subject) {
    ast::ExprId low = operand(bounds[0]);
    ast::ExprId high = operand(bounds[1]);
    bool open = leaf_type(context, 2) == Grammar::UNDER;
    return add(ast::InRange{subject.value, low, high, open, subject.negated}, subject.span);
}

// --- table cells
// -----------------------------------------------------------------------------------

ast::ConditionCell Builder::condition_cell(Grammar::ConditionCellContext& context,
                                           std::uint32_t column, Span at) {
    ast::ConditionCell cell;
    cell.span = span(context);
    if (auto* free = context.expression()) {
        cell.kind = ast::CellKind::When;
        cell.test = expression(free);
        return cell;
    }
    auto* test = context.cellTest();
    if (test == nullptr) {
        diagnostics_.emit<RB0130>(at);
        cell.kind = ast::CellKind::Erroneous;
        return cell;
    }
    Span start{at.file, cell.span.begin, cell.span.begin};
    bool any =
        context.start == context.stop && text_of(*static_cast<Word*>(context.start)) == "any";
    if (any)
        return cell;
    cell.kind = ast::CellKind::Test;
    cell.test = cell_test(*test, column, start);
    return cell;
}

ast::ExprId Builder::cell_test(Grammar::CellTestContext& context, std::uint32_t column,
                               Span start) {
    if (context.children.size() == 1)
        return cell_atom(child<Grammar::CellAtomContext>(context, 0), column, start);
    if (context.children.size() == 2) {
        auto& negated = child<Grammar::CellTestContext>(context, 1);
        return add(ast::Not{cell_test(negated, column, start)}, span(context));
    }
    std::size_t op = leaf_type(context, 1);
    std::vector<Grammar::CellTestContext*> parts;
    auto* left = &context;
    while (left->children.size() == 3 && leaf_type(*left, 1) == op) {
        parts.push_back(&child<Grammar::CellTestContext>(*left, 2));
        left = &child<Grammar::CellTestContext>(*left, 0);
    }
    parts.push_back(left);
    std::vector<ast::ExprId> operands;
    for (auto part = parts.rbegin(); part != parts.rend(); ++part)
        operands.push_back(cell_test(**part, column, start));
    auto kind = op == Grammar::AND ? ast::LogicalOperator::And : ast::LogicalOperator::Or;
    return add(ast::Logical{kind, std::move(operands)}, span(context));
}

ast::ExprId Builder::cell_atom(Grammar::CellAtomContext& context, std::uint32_t column,
                               Span start) {
    Subject subject{add(ast::ColumnValue{column}, start), span(context), false, start};
    if (auto* test = context.test_())
        return this->test(*test, subject);
    if (auto* presence = context.presence())
        return is(context, *presence, subject);
    std::vector<Grammar::OperandContext*> values = context.operand();
    if (leaf_type(context, 0) == Grammar::LPAREN)
        return in_list(values, subject);
    if (values.size() == 2)
        return in_range(context, values, subject);
    ast::ExprId right = operand(values[0]);
    if (file_[right].parenthesised)
        return add(ast::InList{subject.value, {right}, false}, subject.span);
    return equality(right, subject);
}

} // namespace rulec::syntax
