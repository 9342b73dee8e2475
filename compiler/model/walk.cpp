#include "compiler/model/walk.hpp"

#include <unordered_set>

#include "runtime/plan/roots.hpp"

namespace rulec::model {

std::vector<ExprId> roots_of_rule(const Rulebook& book, std::uint32_t rule) {
    std::vector<ExprId> all;
    for (const std::uint32_t version : book.rules[rule].head.versions)
        switch (book.rules[rule].head.kind) {
#define RB_RULE_KIND(Name, id, spelling, layer, member)                                            \
    case rulebook::plan::RuleKind::Name:                                                           \
        rulebook::plan::append_roots(book.member[version], all);                                   \
        rulebook::plan::append_shared_roots(book, book.member[version], all);                      \
        break;
#include "runtime/plan/rule_kinds.def"
        }
    std::erase_if(all, [](ExprId id) { return !present(id); });
    return all;
}

void walk(const Rulebook& book, const std::vector<ExprId>& roots, const ExpressionVisitor& visit) {
    std::unordered_set<ExprId> seen;
    std::vector<ExprId> open = roots;
    while (!open.empty()) {
        const ExprId id = open.back();
        open.pop_back();
        if (!present(id) || !seen.insert(id).second)
            continue;
        const Expression& expression = book[id];
        visit(expression);
        open.insert(open.end(), expression.operands.begin(), expression.operands.end());
        switch (expression.kind) {
        case ExpressionKind::Definition:
            for (const auto& version : book.definitions[expression.index].versions)
                open.push_back(version.body);
            break;
        case ExpressionKind::Signal:
            open.push_back(book.signals[expression.index].where);
            break;
        case ExpressionKind::Operation:
            if (expression.op == rulebook::plan::Op::Aggregate)
                rulebook::plan::append_roots(book.aggregates[expression.index], open);
            break;
        case ExpressionKind::Parameter:
            break;
        }
    }
}

std::optional<std::uint32_t> rule_read(const Expression& expression) {
    if (expression.kind == ExpressionKind::Operation && rulebook::plan::reads_rule(expression.op))
        return expression.index;
    return std::nullopt;
}

void walk_rule(const Rulebook& book, std::uint32_t rule, const ExpressionVisitor& visit) {
    walk(book, roots_of_rule(book, rule), visit);
}

} // namespace rulec::model
