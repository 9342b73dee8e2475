// Tests of texts: contains, has word, starts with, ends with, like, matches.
#include "compiler/model/checker.hpp"

#include <re2/re2.h>

namespace rulec::model {

// `%` at an end of a pattern is the wildcard of another notation; behind a digit it is a
// percentage.
void Checker::check_wildcards(ExprId pattern) {
    std::string text = at(pattern).literal.text();
    const bool opens = text.starts_with('%');
    const bool closes = text.size() > 1 && text.ends_with('%') &&
                        (text[text.size() - 2] < '0' || text[text.size() - 2] > '9' || opens);
    if (!opens && !closes)
        return;
    if (opens)
        text.front() = '*';
    if (closes)
        text.back() = '*';
    context_.diagnostics.emit<RB1326>(at(pattern).span, text);
}

// s like p, …: texts; `like` and `matches` take patterns that are written out.
ExprId Checker::check_text_test(const ast::TextTest& node, Span span) {
    static constexpr Op kOps[] = {Op::Contains, Op::HasWord, Op::StartsWith,
                                  Op::EndsWith, Op::Like,    Op::Matches};
    const Op op = kOps[static_cast<std::size_t>(node.kind)];
    const Type text = Type::of(TypeKind::Text);
    std::vector<ExprId> operands{check_as(node.subject, text)};
    for (const ast::ExprId pattern : node.patterns) {
        const ExprId checked = check_as(pattern, text);
        operands.push_back(checked);
        if (!present(checked) || (op != Op::Like && op != Op::Matches))
            continue;
        if (at(checked).op != Op::Constant) {
            context_.diagnostics.emit<RB1317>(at(checked).span);
            operands.back() = kError;
        } else if (op == Op::Like) {
            check_wildcards(checked);
        } else if (op == Op::Matches) {
            RE2::Options options(RE2::Quiet);
            options.set_max_mem(1 << 20);
            const RE2 expression(at(checked).literal.text(), options);
            if (!expression.ok()) {
                context_.diagnostics.emit<RB1313>(at(checked).span, at(checked).literal.text(),
                                                  expression.error());
                operands.back() = kError;
            }
        }
    }
    return negated(operation(op, Type::of(TypeKind::Bool), std::move(operands), span), node.negated,
                   span);
}

} // namespace rulec::model
