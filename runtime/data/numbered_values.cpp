#include "runtime/data/numbered_values.hpp"

namespace rulebook::data {

bool has_numbered_values(plan::Type type) {
    return type.is(plan::TypeKind::Text) || type.is(plan::TypeKind::Bool) ||
           type.is(plan::TypeKind::Enum);
}

std::size_t number_of_value(const Column& column, RowIndex row) {
    if (!column.known(row))
        return 0;
    switch (plan::representation(column.type().kind)) {
    case plan::Representation::Text:
        return 1 + std::size_t{column.codes()[row]};
    case plan::Representation::Bool:
        return column.boolean(row) ? 2 : 1;
    default:
        return 1 + static_cast<std::size_t>(column.integer(row)); // an enum
    }
}

std::size_t count_of_numbers(const plan::Schema& schema, const Column& column) {
    const plan::Type type = column.type();
    if (type.is(plan::TypeKind::Text))
        return 1 + column.dictionary().size();
    return 1 + (type.is(plan::TypeKind::Bool) ? 2 : schema.enums[type.enum_index()].values.size());
}

} // namespace rulebook::data
