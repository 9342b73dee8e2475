#include <algorithm>
#include <bit>

#include "runtime/data/dataset.hpp"

namespace rulebook::data {

namespace {

// The value, so that equal values give equal bytes in every version of a rulebook: an enum value
// goes by its name.
void add_value(Sha256& hash, const plan::Schema& schema, const Column& column, RowIndex row) {
    const plan::Type type = column.type();
    if (type.is(plan::TypeKind::Enum)) {
        const auto index = static_cast<std::size_t>(column.integer(row));
        hash.add_delimited(schema.enums[type.enum_index()].values[index]);
        return;
    }
    switch (plan::representation(type.kind)) {
    case plan::Representation::Bool:
        hash.add(std::uint64_t{column.boolean(row) ? 1U : 0U});
        return;
    case plan::Representation::Integer:
        hash.add(static_cast<std::uint64_t>(column.integer(row)));
        return;
    case plan::Representation::Real:
        hash.add(std::bit_cast<std::uint64_t>(column.real(row)));
        return;
    case plan::Representation::Text:
        hash.add_delimited(column.text(row));
        return;
    }
}

} // namespace

Digest Dataset::identity(plan::EntityIndex entity, RowIndex row) const {
    const plan::Entity& described = schema_.entities[entity];
    const Table& records = tables_[entity];
    Sha256 hash;
    hash.add_delimited("record/1").add_delimited(described.name);
    if (described.key && records.column(*described.key).known(row)) {
        hash.add_delimited("key").add_delimited(described.fields[*described.key].name);
        add_value(hash, schema_, records.column(*described.key), row);
        return hash.finish();
    }
    hash.add_delimited("content");
    std::vector<plan::FieldIndex> by_name;
    for (plan::FieldIndex field = 0; field < described.fields.size(); ++field)
        if (records.column(field).known(row))
            by_name.push_back(field);
    std::ranges::sort(by_name, {}, [&](auto field) { return described.fields[field].name; });
    for (const plan::FieldIndex field : by_name) {
        hash.add_delimited(described.fields[field].name);
        hash.add_delimited(plan::spelling(described.fields[field].type.kind));
        add_value(hash, schema_, records.column(field), row);
    }
    hash.add(records.ordinal_among_equals(row));
    return hash.finish();
}

} // namespace rulebook::data
