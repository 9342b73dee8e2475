#include "compiler/check/otherwise.hpp"

#include <set>
#include <vector>

namespace rulec::check {

namespace {

using model::Expression;
using model::ExpressionKind;
using model::ExprId;
using rulebook::plan::Op;

using FieldId = std::pair<std::int64_t, std::uint32_t>; // entity, field

// The optional root fields of conditions: those that can make one unknown, and those that some
// condition asks about by `is missing` or `is known`.
struct OptionalFields {
    std::vector<std::pair<FieldId, Span>> unguarded; // in source order, the first place of each
    std::set<FieldId> asked_about;

    void add(const model::Rulebook& book, ExprId id, bool guarded) {
        if (!model::present(id))
            return;
        const Expression& expression = book[id];
        if (expression.kind != ExpressionKind::Operation || !expression.may_be_unknown) {
            if (expression.kind == ExpressionKind::Operation && expression.op == Op::IsKnown)
                add(book, expression.operands[0], true);
            else if (expression.kind == ExpressionKind::Operation)
                for (const ExprId operand : expression.operands)
                    add(book, operand, guarded);
            return;
        }
        if (expression.op == Op::Field && expression.level == 0) {
            const FieldId field{expression.detail, expression.index};
            if (guarded)
                asked_about.insert(field);
            else if (seen_.insert(field).second)
                unguarded.emplace_back(field, expression.span);
        }
        const bool defaults = expression.op == Op::Default;
        for (std::size_t i = 0; i < expression.operands.size(); ++i)
            if (!(defaults && i == 0))
                add(book, expression.operands[i], guarded);
    }

private:
    std::set<FieldId> seen_;
};

void report(const model::Rulebook& book, const OptionalFields& fields, Diagnostics& diagnostics) {
    for (const auto& [field, span] : fields.unguarded)
        if (!fields.asked_about.contains(field)) {
            const auto& entity = book.schema.entities[static_cast<std::size_t>(field.first)];
            diagnostics.emit<RB2102>(span, entity.fields[field.second].name);
        }
}

} // namespace

void check_otherwise(const model::Rulebook& book, const Sources&, Diagnostics& diagnostics) {
    for (const auto& decision : book.decisions) {
        OptionalFields fields;
        bool has_otherwise = false;
        for (const auto& choice : decision.choices) {
            has_otherwise = has_otherwise || choice.when == model::kNothing;
            fields.add(book, choice.when, false);
        }
        if (has_otherwise)
            report(book, fields, diagnostics);
    }
    for (const auto& table : book.tables) {
        OptionalFields fields;
        bool has_otherwise = false;
        for (const auto& row : table.rows) {
            has_otherwise = has_otherwise || row.conditions.empty();
            for (const ExprId condition : row.conditions)
                fields.add(book, condition, false);
        }
        if (has_otherwise)
            report(book, fields, diagnostics);
    }
}

} // namespace rulec::check
