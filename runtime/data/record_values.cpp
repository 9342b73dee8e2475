// Records that come from rules, as values.
#include <optional>
#include <utility>

#include "runtime/data/record_reader.hpp"

namespace rulebook::data {

namespace {

// A value that comes from a rulebook as a cell that was read; nothing if it is of another type.
std::optional<ReadCell> read_cell(const plan::Value& value, plan::Type type) {
    ReadCell cell;
    if (!value.known())
        return cell;
    cell.known = true;
    constexpr std::size_t kBool = 1;
    constexpr std::size_t kInteger = 2;
    constexpr std::size_t kReal = 3;
    constexpr std::size_t kText = 4;
    const std::size_t held = value.alternative();
    switch (plan::representation(type.kind)) {
    case plan::Representation::Bool:
        if (held != kBool)
            return std::nullopt;
        cell.boolean = value.boolean();
        return cell;
    case plan::Representation::Integer:
        if (held != kInteger)
            return std::nullopt;
        cell.integer = value.integer();
        return cell;
    case plan::Representation::Real:
        if (held != kReal)
            return std::nullopt;
        cell.real = value.real();
        return cell;
    case plan::Representation::Text:
        if (held != kText)
            return std::nullopt;
        cell.text = value.text();
        return cell;
    }
    return std::nullopt;
}

} // namespace

Result<void> RecordReader::add(const RecordValues& record, std::uint32_t source_number) {
    if (record.fields.size() != table_.layout.fields.size())
        return make_error("data.record", "a record has not one value per field");
    std::vector<ReadCell> values;
    for (std::size_t column = 0; column < cells_.size(); ++column) {
        const bool own = column < record.fields.size();
        const auto value = read_cell(own ? record.fields[column] : record.parent_key,
                                     table_.columns[column].column().type());
        if (!value)
            return make_error("data.record", "`" + table_.layout.column_name(column) +
                                                 "` has a value of another type");
        values.push_back(cells_[column].in_declared_range(*value));
    }
    const std::uint64_t row = record.row;
    const Batch batch{record.source, source_number, std::span(&row, 1), table_.size()};
    begin(batch);
    for (std::size_t column = 0; column < cells_.size(); ++column) {
        table_.present[column] = 1;
        add_cell(batch, column, 0, values[column], {});
    }
    return {};
}

} // namespace rulebook::data
