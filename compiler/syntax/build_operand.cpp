// Values: arithmetic, names, calls, windows, literals.
#include <utility>

#include "compiler/syntax/builder.hpp"
#include "compiler/syntax/literal.hpp"

namespace rulec::syntax {
namespace {

ast::ArithmeticOperator arithmetic(std::size_t type) {
    switch (type) {
    case Grammar::PLUS:
        return ast::ArithmeticOperator::Add;
    case Grammar::MINUS:
        return ast::ArithmeticOperator::Subtract;
    case Grammar::STAR:
        return ast::ArithmeticOperator::Multiply;
    default:
        return ast::ArithmeticOperator::Divide;
    }
}

bool is_operand(antlr4::ParserRuleContext& context, std::size_t index) {
    auto* rule = dynamic_cast<antlr4::RuleContext*>(context.children[index]);
    return rule != nullptr && rule->getRuleIndex() == Grammar::RuleOperand;
}

} // namespace

// `a + b + c` comes as ((a + b) + c), however long: walked down the left without recursion, then
// built upwards.
ast::ExprId Builder::operand(Grammar::OperandContext* context) {
    if (context == nullptr)
        return {};
    bool interpolating = std::exchange(interpolating_, false);
    std::vector<Grammar::OperandContext*> spine;
    while (is_operand(*context, 0)) {
        interpolating = interpolating && leaf_type(*context, 1) == Grammar::DEFAULT;
        spine.push_back(context);
        context = &child<Grammar::OperandContext>(*context, 0);
    }
    ast::ExprId value;
    if (leaf_type(*context, 0) == Grammar::MINUS) {
        ast::ExprId operand = this->operand(&child<Grammar::OperandContext>(*context, 1));
        value = add(ast::Negate{operand}, span(*context));
    } else {
        interpolating_ = interpolating;
        value = primary(child<Grammar::PrimaryContext>(*context, 0));
    }
    for (auto outer = spine.rbegin(); outer != spine.rend(); ++outer) {
        interpolating_ = interpolating;
        value = extended(**outer, value);
    }
    return value;
}

ast::ExprId Builder::extended(Grammar::OperandContext& context, ast::ExprId left) {
    bool interpolating = std::exchange(interpolating_, false);
    auto right = [&](std::size_t index) {
        return operand(&child<Grammar::OperandContext>(context, index));
    };
    const Word& op = *leaf(context.children[1]);
    switch (op.getType()) {
    case Grammar::DOT:
        return add(ast::Member{left, name(&child<Grammar::NameContext>(context, 2))},
                   span(context));
    case Grammar::AS:
        return add(ast::AsOf{left, right(3)}, span(context));
    case Grammar::DEFAULT:
        interpolating_ = interpolating;
        return add(ast::Default{left, right(2)}, span(context));
    default:
        return add(ast::Arithmetic{arithmetic(op.getType()), left, right(2), span(op)},
                   span(context));
    }
}

ast::ExprId Builder::primary(Grammar::PrimaryContext& context) {
    bool interpolating = std::exchange(interpolating_, false);
    if (auto* literal = context.literal()) {
        const Word& word = *static_cast<const Word*>(literal->start);
        return interpolating && word.getType() == Grammar::TEXT ? text_template(word)
                                                                : this->literal(*literal);
    }
    if (auto* money = context.money())
        return this->money(*money);
    if (leaf_type(context, 0) == Grammar::AT)
        return at_least(context);
    if (leaf_type(context, 0) == Grammar::LPAREN) {
        interpolating_ = interpolating;
        ast::ExprId inner = expression(context.expression(0));
        file_.expressions[inner.index].parenthesised = true;
        return inner;
    }
    if (leaf_type(context, 1) == Grammar::FIRED)
        return fired(context);
    ast::Name callee = name(context.name());
    if (context.children.size() == 1)
        return name_reference(std::move(callee));
    ast::Call call{std::move(callee), {}};
    if (auto* arguments = context.arguments())
        for (auto* each : arguments->argument())
            call.arguments.push_back(argument(*each));
    return add(std::move(call), span(context));
}

ast::ExprId Builder::at_least(Grammar::PrimaryContext& context) {
    ast::AtLeast node;
    node.count = number(*context.number());
    for (auto* condition : context.expression())
        node.conditions.push_back(expression(condition));
    return add(std::move(node), span(context));
}

ast::ExprId Builder::fired(Grammar::PrimaryContext& context) {
    ast::Fired node;
    node.trigger = name(context.name());
    if (auto* window = context.firedWindow()) {
        bool since = leaf_type(*window, 0) == Grammar::SINCE;
        (since ? node.since : node.in_last) = operand(window->operand());
    }
    return add(std::move(node), span(context));
}

// --- what picks records
// ----------------------------------------------------------------------------

ast::Selection Builder::argument(Grammar::ArgumentContext& context) {
    ast::Selection out;
    std::size_t before = 0; // the keyword in front of an expression
    for (ParseTree* part : context.children) {
        if (const Word* word = leaf(part)) {
            before = word->getType();
            continue;
        }
        auto* rule = static_cast<antlr4::ParserRuleContext*>(part);
        switch (rule->getRuleIndex()) {
        case Grammar::RuleExpression:
            (before == Grammar::WHERE  ? out.where
             : before == Grammar::HAVE ? out.have
                                       : out.value) =
                expression(static_cast<Grammar::ExpressionContext*>(rule));
            break;
        case Grammar::RuleOperand:
            out.of = operand(static_cast<Grammar::OperandContext*>(rule));
            break;
        case Grammar::RuleWindow:
            out.windows.push_back(window(*static_cast<Grammar::WindowContext*>(rule)));
            break;
        default:
            out.by = name(static_cast<Grammar::NameContext*>(rule));
        }
    }
    out.span = span(context);
    return out;
}

ast::Selection Builder::selection(Grammar::SelectionContext& context) {
    ast::Selection out;
    out.value = operand(context.operand());
    out.where = expression(context.expression());
    for (auto* each : context.window())
        out.windows.push_back(window(*each));
    out.by = name(context.name());
    out.span = span(context);
    return out;
}

ast::Window Builder::window(Grammar::WindowContext& context) {
    ast::Window out;
    out.span = span(context);
    ast::ExprId first = operand(context.operand(0));
    switch (leaf_type(context, 0)) {
    case Grammar::IN:
        out.duration = first;
        out.instant = operand(context.operand(1));
        out.kind = out.instant.present() ? ast::WindowKind::InBefore : ast::WindowKind::InLast;
        return out;
    case Grammar::SINCE:
        out.kind = ast::WindowKind::Since;
        break;
    case Grammar::BEFORE:
        out.kind = ast::WindowKind::Before;
        break;
    case Grammar::FROM:
        out.kind = ast::WindowKind::From;
        break;
    default:
        out.kind = ast::WindowKind::Until;
    }
    out.instant = first;
    return out;
}

} // namespace rulec::syntax
