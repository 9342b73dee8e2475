#include "runtime/data/table_layout.hpp"

#include <algorithm>
#include <tuple>

namespace rulebook::data {

namespace {

TableLayout layout_of_entity(const plan::Schema& schema, plan::EntityIndex index) {
    const plan::Entity& entity = schema.entities[index];
    TableLayout layout;
    layout.name = entity.collection;
    layout.entity = index;
    layout.fields = entity.fields;
    layout.key = entity.key;
    layout.time = entity.visible_from();
    layout.sequence = entity.sequence;
    if (entity.parent) {
        layout.parent = *entity.parent;
        layout.parent_column = entity.parent_key_column;
        layout.parent_name = schema.entities[*entity.parent].name;
    }
    return layout;
}

// A history is a collection of its entity, ordered by known_from.
std::optional<TableLayout> layout_of_history(const plan::Schema& schema, plan::EntityIndex index) {
    const plan::Entity& entity = schema.entities[index];
    TableLayout layout;
    layout.name = entity.collection + "_history";
    layout.entity = index;
    layout.history = true;
    plan::Field known_from;
    known_from.name = "known_from";
    known_from.type = plan::Type::of(plan::TypeKind::Time);
    layout.fields.push_back(known_from);
    for (const plan::Field& field : entity.fields) {
        if (!field.tracked)
            continue;
        layout.fields.push_back(field);
        layout.fields.back().known_from.reset();
        layout.fields.back().before.reset();
    }
    if (layout.fields.size() == 1 || !entity.key)
        return std::nullopt;
    layout.time = 0;
    layout.parent = index;
    layout.parent_column = entity.fields[*entity.key].name;
    layout.parent_name = entity.name;
    return layout;
}

std::size_t depth_of(const std::vector<TableLayout>& tables, std::size_t table) {
    std::size_t depth = 0;
    while (tables[table].parent && depth <= tables.size()) {
        table = *tables[table].parent;
        ++depth;
    }
    return depth;
}

} // namespace

Layouts layouts_of(const plan::Schema& schema) {
    Layouts layouts;
    const auto entities = static_cast<plan::EntityIndex>(schema.entities.size());
    for (plan::EntityIndex entity = 0; entity < entities; ++entity)
        layouts.tables.push_back(layout_of_entity(schema, entity));
    for (plan::EntityIndex entity = 0; entity < entities; ++entity)
        if (auto history = layout_of_history(schema, entity))
            layouts.tables.push_back(std::move(*history));
    for (std::size_t table = 0; table < layouts.tables.size(); ++table)
        layouts.in_order.push_back(table);
    std::ranges::sort(layouts.in_order, {}, [&](std::size_t table) {
        const bool history = layouts.tables[table].history;
        return std::tuple(history, depth_of(layouts.tables, table), table);
    });
    return layouts;
}

const plan::Field* key_field(const TableLayout& layout) {
    return layout.key ? &layout.fields[*layout.key] : nullptr;
}

} // namespace rulebook::data
