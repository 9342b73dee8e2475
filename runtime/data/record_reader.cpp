#include "runtime/data/record_reader.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "runtime/data/row_origin.hpp"
#include "runtime/data/shortened.hpp"

namespace rulebook::data {

namespace {

// The parent's key as a column of the child: required, and without the range of the key itself.
plan::Field parent_key_field(const TableLayout& layout, const plan::Field* parent_key) {
    plan::Field field;
    field.name = layout.parent_column;
    field.type = parent_key != nullptr ? parent_key->type : plan::Type::of(plan::TypeKind::Text);
    return field;
}

RejectCode reject_code(const ReadCell& value) {
    if (value.fault == Fault::NotUtf8 || value.fault == Fault::HoldsNul)
        return RejectCode::Encoding;
    switch (value.cause) {
    case plan::Cause::MissingInput:
        return RejectCode::Missing;
    case plan::Cause::OutOfRange:
        return RejectCode::OutOfRange;
    case plan::Cause::UnknownEnumValue:
        return RejectCode::UnknownValue;
    default:
        return RejectCode::Unreadable;
    }
}

// The child of a struct with this name; nothing if there is none.
std::optional<std::size_t> child_named(const ArrowSchema& schema, std::string_view name) {
    for (std::int64_t i = 0; i < schema.n_children; ++i)
        if (schema.children[i]->name != nullptr && schema.children[i]->name == name)
            return static_cast<std::size_t>(i);
    return std::nullopt;
}

bool all_structs_known(const ArrowArray& rows) {
    return rows.n_buffers < 1 || rows.buffers == nullptr || rows.buffers[0] == nullptr;
}

// Whether the struct itself is there in this row.
bool struct_known(const ArrowArray& rows, std::size_t row) {
    if (all_structs_known(rows))
        return true;
    const std::size_t at = row + static_cast<std::size_t>(rows.offset);
    const auto* bits = static_cast<const std::uint8_t*>(rows.buffers[0]);
    return (bits[at / 8] >> (at % 8) & 1U) != 0;
}

} // namespace

RawTable::RawTable(const TableLayout& table_layout) : layout(table_layout) {
    for (const plan::Field& field : layout.fields) {
        const bool key = layout.key == columns.size();
        columns.emplace_back(field.type, key ? TextCodes::Sorted : TextCodes::SortedIfFew);
        dates.push_back({field.name, 0, 0});
    }
    present.assign(layout.column_count(), 0);
}

RecordReader::RecordReader(const plan::Schema& schema, RawTable& table,
                           const plan::Field* parent_key, const time::Zone& zone, Rejects& rejects)
    : table_(table), rejects_(rejects) {
    for (const plan::Field& field : table.layout.fields)
        cells_.emplace_back(schema, field, zone);
    if (table.layout.parent) {
        const plan::Field field = parent_key_field(table.layout, parent_key);
        cells_.emplace_back(schema, field, zone);
        table.columns.emplace_back(field.type);
        table.unreadable_parents.emplace(field.type);
    }
}

Result<void> RecordReader::set_reading(const TableReading& reading) {
    for (CellReader& cell : cells_)
        cell.set_reading({}, reading.nulls);
    for (const ColumnReading& column : reading.columns) {
        std::size_t at = 0;
        while (at < cells_.size() && table_.layout.column_name(at) != column.field)
            ++at;
        if (at == cells_.size())
            return make_error("data.no_field",
                              "`" + table_.layout.name + "` has no field `" + column.field + "`");
        if (!column.format.empty())
            if (auto good = check_time_format(column.format); !good)
                return good;
        cells_[at].set_reading(column, reading.nulls);
    }
    return {};
}

Result<void> RecordReader::add(const ArrowSchema& schema, const ArrowArray& array,
                               std::string_view source, std::uint32_t source_number,
                               std::span<const std::uint64_t> rows) {
    if (schema.format == nullptr || std::string_view(schema.format) != "+s" ||
        array.length != static_cast<std::int64_t>(rows.size()) || array.offset < 0 ||
        array.n_children != schema.n_children)
        return make_error("data.column_type",
                          "a batch is no struct of columns with a number a row");
    std::vector<std::optional<ArrowColumn>> columns(cells_.size());
    for (std::size_t column = 0; column < cells_.size(); ++column) {
        const auto child = child_named(schema, table_.layout.column_name(column));
        if (!child)
            continue;
        auto opened = ArrowColumn::open(*schema.children[*child], *array.children[*child]);
        if (!opened)
            return make_error(opened.error().code,
                              "`" + table_.layout.column_name(column) + "` of " +
                                  std::string(source) + ": " + opened.error().message,
                              opened.error().help);
        if (opened->absent())
            continue;
        if (opened->size() < rows.size() + static_cast<std::size_t>(array.offset))
            return make_error("data.column_type", "a column is shorter than its batch");
        columns[column] = *std::move(opened);
    }
    const Batch batch{source, source_number, rows, table_.size()};
    begin(batch);
    for (std::size_t column = 0; column < cells_.size(); ++column)
        add_column(batch, column, columns[column] ? &*columns[column] : nullptr, array);
    return {};
}

void RecordReader::begin(const Batch& batch) {
    for (auto& [place, examples] : table_.examples) // room for those of rows that are not rejected
        if (examples.size() == RawTable::kMostExamples)
            std::erase_if(examples, [&](const auto& one) { return table_.rejected[one.row] != 0; });
    table_.rejected.resize(batch.first + batch.rows.size(), 0);
    for (const std::uint64_t row : batch.rows)
        table_.origins.push_back(pack_origin({batch.source_number, std::min(row, kGreatestRow)}));
}

void RecordReader::add_column(const Batch& batch, std::size_t column, const ArrowColumn* cells,
                              const ArrowArray& rows) {
    if (cells == nullptr) {
        for (std::size_t row = 0; row < batch.rows.size(); ++row)
            add_cell(batch, column, row, cells_[column].read({}), {});
        return;
    }
    table_.present[column] = 1;
    const auto how = plan::representation(table_.columns[column].column().type().kind);
    if (const auto texts = cells->texts())
        return add_cells(batch, column, *cells, rows,
                         [&](std::size_t at) { return add_plain(column, how, texts->text(at)); });
    if (all_structs_known(rows)) {
        const auto first = static_cast<std::size_t>(rows.offset);
        const auto numbers = cells->numbers();
        if (numbers && add_numbers(batch, column, numbers->from(first)))
            return;
        if (const auto indexes = cells->indexes())
            return add_indexed(batch, column, *cells, first, indexes->from(first));
    }
    add_cells(batch, column, *cells, rows, [&](std::size_t at) {
        if (const auto text = cells->text(at))
            return add_plain(column, how, *text);
        return add_plain(column, how, *cells, at);
    });
}

// `add_plain` adds the cell at a place, or nothing where it is not written in the plainest way.
template <class AddPlain>
void RecordReader::add_cells(const Batch& batch, std::size_t column, const ArrowColumn& cells,
                             const ArrowArray& rows, const AddPlain& add_plain) {
    std::uint64_t plain = 0;
    for (std::size_t row = 0; row < batch.rows.size(); ++row) {
        const std::size_t at = row + static_cast<std::size_t>(rows.offset);
        const bool there = struct_known(rows, row);
        if (there && add_plain(at)) {
            ++plain;
            continue;
        }
        const SourceCell cell = there ? cells.cell(at) : SourceCell{};
        add_cell(batch, column, row, cells_[column].read(cell), cell);
    }
    if (column < table_.dates.size())
        table_.dates[column].values += plain;
}

namespace {

// Adds the value by `add`, if there is one.
template <class Value, class Add>
bool added(const std::optional<Value>& value, const Add& add) {
    if (value)
        add(*value);
    return value.has_value();
}

} // namespace

bool RecordReader::add_plain(std::size_t column, plan::Representation how, const ArrowColumn& cells,
                             std::size_t row) {
    ColumnBuilder& builder = table_.columns[column];
    const CellReader& reader = cells_[column];
    if (how == plan::Representation::Real) {
        const auto cell = cells.real(row);
        return cell &&
               added(reader.plain_real(*cell), [&](double value) { builder.add_real(value); });
    }
    const auto cell = cells.integer(row);
    return cell && add_plain(column, how, *cell);
}

bool RecordReader::add_plain(std::size_t column, plan::Representation how,
                             const SourceInteger& cell) {
    ColumnBuilder& builder = table_.columns[column];
    const CellReader& reader = cells_[column];
    switch (how) {
    case plan::Representation::Bool:
        return added(reader.plain_boolean(cell), [&](bool value) { builder.add_boolean(value); });
    case plan::Representation::Integer:
        return added(reader.plain_integer(cell),
                     [&](std::int64_t value) { builder.add_integer(value); });
    default:
        return false;
    }
}

bool RecordReader::add_plain(std::size_t column, plan::Representation how, std::string_view text) {
    ColumnBuilder& builder = table_.columns[column];
    const CellReader& reader = cells_[column];
    switch (how) {
    case plan::Representation::Bool:
        return added(reader.plain_boolean(text), [&](bool value) { builder.add_boolean(value); });
    case plan::Representation::Integer:
        return added(reader.plain_integer(text),
                     [&](std::int64_t value) { builder.add_integer(value); });
    case plan::Representation::Real:
        return added(reader.plain_real(text), [&](double value) { builder.add_real(value); });
    case plan::Representation::Text:
        if (!reader.is_plain_text(text))
            return false;
        builder.add_text(text);
        return true;
    }
    return false;
}

void RecordReader::add_cell(const Batch& batch, std::size_t column, std::size_t row,
                            const ReadCell& value, const SourceCell& cell) {
    append(column, value);
    if (!value.known) {
        note_unknown(batch, column, row, value, cell);
        return;
    }
    if (column < table_.dates.size()) {
        ++table_.dates[column].values;
        table_.dates[column].dates += value.was_date ? 1 : 0;
    }
}

void RecordReader::note_unreadable_below(std::string_view parent_key) {
    if (!table_.unreadable_parents)
        return;
    const std::size_t column = table_.layout.parent_key_column();
    append(*table_.unreadable_parents,
           cells_[column].read({.kind = SourceCell::Kind::Text, .text = parent_key}));
}

void RecordReader::append(std::size_t column, const ReadCell& value) {
    append(table_.columns[column], value);
}

void RecordReader::append(ColumnBuilder& builder, const ReadCell& value) {
    if (!value.known)
        return builder.add_unknown(value.cause);
    switch (plan::representation(builder.column().type().kind)) {
    case plan::Representation::Bool:
        return builder.add_boolean(value.boolean);
    case plan::Representation::Integer:
        return builder.add_integer(value.integer);
    case plan::Representation::Real:
        return builder.add_real(value.real);
    case plan::Representation::Text:
        return builder.add_text(value.text);
    }
}

bool RecordReader::required(std::size_t column) const {
    if (column >= table_.layout.fields.size())
        return true;
    // A history need not have all tracked fields.
    return !table_.layout.fields[column].optional &&
           (!table_.layout.history || table_.present[column] != 0);
}

bool RecordReader::may_be_in_history(std::size_t column) const {
    return !table_.layout.history && column < table_.layout.fields.size() &&
           table_.layout.fields[column].tracked;
}

void RecordReader::note_unknown(const Batch& batch, std::size_t column, std::size_t row,
                                const ReadCell& value, const SourceCell& cell) {
    const bool parent_missing =
        column >= table_.layout.fields.size() && value.cause == plan::Cause::MissingInput;
    if (parent_missing) // an orphan, see admission
        return;
    if (required(column)) {
        if (value.cause == plan::Cause::MissingInput && may_be_in_history(column))
            return; // see admission
        if (table_.rejected[batch.first + row] == 0)
            reject(batch, column, row, value, cell);
        return;
    }
    auto& examples = table_.examples[{column, value.cause}];
    if (value.cause != plan::Cause::MissingInput && examples.size() < RawTable::kMostExamples)
        examples.push_back(
            {batch.first + row, shortened(text_of(cell)), cells_[column].complaint(value, cell)});
}

std::string RecordReader::reason(std::size_t column, const ReadCell& value,
                                 const SourceCell& cell) const {
    const std::string name = "`" + table_.layout.column_name(column) + "` ";
    return name + (value.cause == plan::Cause::MissingInput
                       ? "is required and missing"
                       : cells_[column].complaint(value, cell));
}

void RecordReader::reject(const Batch& batch, std::size_t column, std::size_t row,
                          const ReadCell& value, const SourceCell& cell) {
    table_.rejected[batch.first + row] = 1;
    rejects_.add({table_.layout.name, batch.source, batch.rows[row],
                  table_.layout.column_name(column), shortened(text_of(cell)),
                  code_of(reject_code(value)), reason(column, value, cell)});
}

} // namespace rulebook::data
