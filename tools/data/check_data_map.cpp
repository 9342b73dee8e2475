// Whether data.toml fits the rulebook.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "runtime/value/nearest_name.hpp"
#include "tools/data/data_source.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
using rulebook::plan::TypeKind;

namespace {

tl::unexpected<rulebook::Error> unknown_in_map(const std::string& what, std::string_view name,
                                               std::span<const std::string_view> known) {
    const auto meant = rulebook::nearest_name(name, known);
    return make_error("data.map", what,
                      meant.has_value() ? fmt::format("did you mean '{}'?", *meant)
                                        : fmt::format("there are {}", fmt::join(known, ", ")));
}

constexpr std::array<std::string_view, 3> kFolderSettings = {"taken_at", "timezone",
                                                             "query_minutes"};

// The settings of a column and the types that they say something about.
struct ColumnSetting {
    std::string_view name;
    std::array<TypeKind, 2> types;
    std::string_view takers;
};

constexpr std::array<ColumnSetting, 4> kColumnSettings = {{
    {"percent", {TypeKind::Percent, TypeKind::Percent}, "percents"},
    {"date", {TypeKind::Time, TypeKind::Time}, "times"},
    {"format", {TypeKind::Date, TypeKind::Time}, "dates and times"},
    {"round", {TypeKind::Money, TypeKind::Percent}, "money and percents"},
}};

Result<void> check_settings(const DataMap& map, const TableMap& table, const ColumnMap& column,
                            const WantedField& field) {
    if (!field.type.has_value()) {
        return {};
    }
    for (const ColumnSetting& setting : kColumnSettings) {
        const bool stated =
            std::ranges::find(column.settings, setting.name) != column.settings.end();
        if (stated && std::ranges::find(setting.types, *field.type) == setting.types.end()) {
            return make_error("data.map",
                              fmt::format("{}: [{}.columns] {}: '{}' is for {}, but this field is "
                                          "of type {}",
                                          map.source, table.table, column.field, setting.name,
                                          setting.takers, spelling(*field.type)),
                              fmt::format("leave '{}' out", setting.name));
        }
    }
    return {};
}

Result<void> check_table_map(const DataMap& map, const TableMap& table, const WantedTable& wanted) {
    std::vector<std::string_view> names;
    for (const WantedField& field : wanted.fields) {
        names.push_back(field.name);
    }
    for (const ColumnMap& column : table.columns) {
        const auto field = std::ranges::find(wanted.fields, column.field, &WantedField::name);
        if (field == wanted.fields.end()) {
            return unknown_in_map(
                fmt::format("{}: {} have no field '{}'", map.source, table.table, column.field),
                column.field, names);
        }
        if (auto fits = check_settings(map, table, column, *field); !fits.has_value()) {
            return fits;
        }
    }
    return {};
}

} // namespace

Result<void> check_data_map(const DataMap& map, std::span<const WantedTable> tables) {
    std::vector<std::string_view> names;
    for (const WantedTable& table : tables) {
        names.push_back(table.name);
    }
    names.insert(names.end(), kFolderSettings.begin(), kFolderSettings.end());
    for (const TableMap& table : map.tables) {
        const auto found = std::ranges::find(tables, table.table, &WantedTable::name);
        if (found == tables.end()) {
            return unknown_in_map(
                fmt::format("{}: there is no table or setting '{}'", map.source, table.table),
                table.table, names);
        }
        if (auto fits = check_table_map(map, table, *found); !fits.has_value()) {
            return fits;
        }
    }
    return {};
}

} // namespace rulec::input
