#include "tools/output/typed_value.hpp"

#include "tools/output/cell_text.hpp"

namespace rulec::output {

using input::ColumnType;
using rulebook::plan::TypeKind;

input::TypedColumn column_of(std::string name, rulebook::plan::Type type) {
    switch (type.kind) {
    case TypeKind::Bool:
        return {std::move(name), ColumnType::Boolean};
    case TypeKind::Int:
        return {std::move(name), ColumnType::Integer};
    case TypeKind::Number:
        return {std::move(name), ColumnType::Number};
    case TypeKind::Percent:
        return {std::move(name), ColumnType::Percent};
    case TypeKind::Money:
        return {std::move(name), ColumnType::Decimal, type.currency().digits()};
    case TypeKind::Points:
        return {std::move(name), ColumnType::Decimal, kPointsDecimals};
    case TypeKind::Date:
        return {std::move(name), ColumnType::Date};
    case TypeKind::Time:
        return {std::move(name), ColumnType::Time};
    case TypeKind::Text:
    case TypeKind::Duration:
    case TypeKind::Enum:
        break;
    }
    return {std::move(name), ColumnType::Text};
}

void write_value(const rulebook::plan::Schema& schema, rulebook::plan::Type type,
                 const rulebook::plan::Value& value, input::RowSink& sink) {
    if (!value.known())
        return sink.null();
    switch (type.kind) {
    case TypeKind::Bool:
        return sink.boolean(value.boolean());
    case TypeKind::Int:
        return sink.integer(value.integer());
    case TypeKind::Number:
        return sink.number(value.real());
    case TypeKind::Percent:
        return sink.percent(value.integer());
    case TypeKind::Money:
        return sink.decimal(value.integer(), type.currency().digits());
    case TypeKind::Points:
        return sink.decimal(value.integer(), kPointsDecimals);
    case TypeKind::Date:
        return sink.date(static_cast<std::int32_t>(value.integer()));
    case TypeKind::Time:
        return sink.time(value.integer());
    case TypeKind::Text:
        return sink.text(value.text());
    case TypeKind::Enum:
        return sink.text(
            schema.enums[type.enum_index()].values[static_cast<std::size_t>(value.integer())]);
    case TypeKind::Duration:
        return sink.text(cell_text(schema, type, value));
    }
}

void write_cell(const rulebook::plan::Schema& schema, const rulebook::data::Column& column,
                rulebook::data::RowIndex row, input::RowSink& sink) {
    const rulebook::plan::Type type = column.type();
    if (!column.known(row))
        return sink.null();
    switch (type.kind) {
    case TypeKind::Bool:
        return sink.boolean(column.boolean(row));
    case TypeKind::Int:
        return sink.integer(column.integer(row));
    case TypeKind::Number:
        return sink.number(column.real(row));
    case TypeKind::Money:
        return sink.decimal(column.integer(row), type.currency().digits());
    case TypeKind::Time:
        return sink.time(column.integer(row));
    case TypeKind::Text:
        return sink.text(column.text(row));
    case TypeKind::Enum:
        return sink.text(
            schema.enums[type.enum_index()].values[static_cast<std::size_t>(column.integer(row))]);
    default:
        return write_value(schema, type, column.value(row), sink);
    }
}

} // namespace rulec::output
