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

    void add(const model::Rulebook& book, ExprId id, bool can_matter) {
        if (!model::present(id))
            return;
        const Expression& expression = book[id];
        if (expression.kind != ExpressionKind::Operation)
            return;
        if (expression.op == Op::IsKnown)
            return ask_about(book, expression.operands[0]);
        // What is never unknown as a whole hides whatever is unknown inside of it.
        can_matter = can_matter && expression.may_be_unknown;
        if (expression.op == Op::Field && expression.level == 0 && can_matter) {
            const FieldId field{expression.detail, expression.index};
            if (seen_.insert(field).second)
                unguarded.emplace_back(field, expression.span);
        }
        for (std::size_t i = 0; i < expression.operands.size(); ++i) {
            const bool defaulted = expression.op == Op::Default && i == 0;
            add(book, expression.operands[i], can_matter && !defaulted);
        }
    }

private:
    void ask_about(const model::Rulebook& book, ExprId id) {
        const Expression& expression = book[id];
        if (expression.kind == ExpressionKind::Operation && expression.op == Op::Field)
            asked_about.insert({expression.detail, expression.index});
        for (const ExprId operand : expression.operands)
            if (model::present(operand))
                ask_about(book, operand);
    }

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
            fields.add(book, choice.when, true);
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
                fields.add(book, condition, true);
        }
        if (has_otherwise)
            report(book, fields, diagnostics);
    }
}

} // namespace rulec::check
