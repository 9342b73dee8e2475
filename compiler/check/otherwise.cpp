#include "compiler/check/otherwise.hpp"

#include <vector>

#include "compiler/check/optional_fields.hpp"

namespace rulec::check {

namespace {

using model::ExprId;

void report(const model::Rulebook& book, const OptionalFields& fields, Diagnostics& diagnostics) {
    for (const auto& [field, span] : fields.unguarded()) {
        const auto& entity = book.schema.entities[static_cast<std::size_t>(field.first)];
        diagnostics.emit<RB2102>(span, entity.fields[field.second].name);
    }
}

} // namespace

void check_otherwise(const model::Rulebook& book, const Sources&, Diagnostics& diagnostics) {
    for (const auto& decision : book.decisions) {
        OptionalFields fields(book);
        bool has_otherwise = false;
        for (const auto& choice : decision.choices) {
            has_otherwise = has_otherwise || choice.when == model::kNothing;
            fields.add(choice.when);
        }
        if (has_otherwise)
            report(book, fields, diagnostics);
    }
    for (const auto& table : book.tables) {
        OptionalFields fields(book);
        bool has_otherwise = false;
        for (const auto& row : table.rows) {
            has_otherwise = has_otherwise || row.conditions.empty();
            for (const ExprId condition : row.conditions)
                fields.add(condition);
        }
        if (has_otherwise)
            report(book, fields, diagnostics);
    }
}

} // namespace rulec::check
