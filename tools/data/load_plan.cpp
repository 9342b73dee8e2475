#include "tools/data/load_plan.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "runtime/value/calendar_text.hpp"
#include "runtime/value/nearest_name.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

Result<const rulebook::time::Zone*> zone_of(const DataMap& map, const std::string& rulebook_zone) {
    const std::string& name = map.timezone.empty() ? rulebook_zone : map.timezone;
    if (name.empty()) {
        return &rulebook::time::utc();
    }
    if (const auto* zone = rulebook::time::find_zone(name)) {
        return zone;
    }
    std::vector<std::string_view> names;
    for (const auto& zone : rulebook::time::zones()) {
        names.push_back(zone.name);
    }
    const auto meant = rulebook::nearest_name(name, names);
    return make_error("data.map",
                      fmt::format("{}: there is no time zone '{}'",
                                  map.timezone.empty() ? "the rulebook" : map.source, name),
                      meant.has_value() ? fmt::format("did you mean '{}'?", *meant)
                                        : "zones have names like \"Europe/Berlin\"");
}

Result<std::optional<std::int64_t>> taken_at_of(const DataMap& map,
                                                const rulebook::time::Zone& zone) {
    if (map.taken_at.empty()) {
        return std::nullopt;
    }
    const auto written = rulebook::read_time(map.taken_at);
    if (!written.has_value()) {
        return make_error("data.map",
                          fmt::format("{}: taken_at = \"{}\" {}", map.source, map.taken_at,
                                      rulebook::words(written.error())),
                          "write a date or a time: 2026-06-30, 2026-06-30T18:00:00Z");
    }
    const auto instant = written->instant();
    return (instant.has_value() ? *instant : rulebook::time::instant_of(zone, written->local))
        .microseconds;
}

data::TableReading reading_of(const TableMap& map) {
    data::TableReading reading;
    reading.nulls = map.nulls;
    reading.nulls.emplace_back();
    for (const ColumnMap& column : map.columns) {
        data::ColumnReading one;
        one.field = column.field;
        one.format = column.format;
        one.percent = column.percent == PercentScale::Whole ? rulebook::PercentWriting::Whole
                                                            : rulebook::PercentWriting::Fraction;
        one.date = column.date == DateStandsFor::End ? data::DateStandsFor::LastMicrosecond
                                                     : data::DateStandsFor::FirstInstant;
        one.excess = column.round ? rulebook::Excess::RoundHalfEven : rulebook::Excess::Refuse;
        reading.columns.push_back(std::move(one));
    }
    return reading;
}

std::string key_name(const plan::Entity& entity) {
    return entity.key.has_value() ? entity.fields[*entity.key].name : "";
}

WantedPlace place_of(const plan::Schema& schema, plan::EntityIndex entity) {
    WantedPlace place;
    for (auto at = entity; schema.entities[at].parent; at = *schema.entities[at].parent) {
        place.arrays.insert(place.arrays.begin(), schema.entities[at].collection);
    }
    if (const auto parent = schema.entities[entity].parent) {
        place.parent_table = schema.entities[*parent].collection;
        place.parent_key = key_name(schema.entities[*parent]);
        place.key_field = schema.entities[entity].parent_key_column;
    }
    return place;
}

// A history stands below the record that it is of.
WantedPlace place_of_history(const plan::Schema& schema, plan::EntityIndex entity) {
    WantedPlace place = place_of(schema, entity);
    place.arrays.emplace_back("history");
    place.parent_table = schema.entities[entity].collection;
    place.parent_key = key_name(schema.entities[entity]);
    place.key_field = place.parent_key;
    return place;
}

std::vector<std::string> arrays_below(const plan::Schema& schema, plan::EntityIndex entity) {
    std::vector<std::string> names;
    for (const plan::Entity& other : schema.entities)
        if (other.parent == entity)
            names.push_back(other.collection);
    if (std::ranges::any_of(schema.entities[entity].fields, &plan::Field::tracked))
        names.emplace_back("history");
    return names;
}

std::optional<plan::TypeKind> type_of(const plan::Entity& entity, const data::InputTable& table,
                                      const std::string& column) {
    if (const auto field = entity.field_named(column)) {
        return entity.fields[*field].type.kind;
    }
    return table.history ? std::optional(plan::TypeKind::Time) : std::nullopt; // known_from
}

std::vector<WantedTable> wanted_tables(const plan::Schema& schema,
                                       const std::vector<data::InputTable>& tables) {
    std::vector<WantedTable> wanted;
    for (const data::InputTable& table : tables) {
        WantedTable one{.name = table.name, .fields = {}};
        one.place =
            table.history ? place_of_history(schema, table.entity) : place_of(schema, table.entity);
        if (!table.history)
            one.place.below = arrays_below(schema, table.entity);
        for (const data::InputColumn& column : table.columns) {
            one.fields.push_back(
                {.name = column.name,
                 .required = column.required,
                 .type = type_of(schema.entities[table.entity], table, column.name),
                 .or_in = column.or_in});
        }
        wanted.push_back(std::move(one));
    }
    return wanted;
}

} // namespace

Result<LoadPlan> plan_load(const plan::Schema& schema, const LoadRequest& request) {
    LoadPlan planned;
    auto map = load_data_map(request.folder, request.map);
    if (!map.has_value()) {
        return tl::unexpected(map.error());
    }
    const auto zone = zone_of(*map, request.timezone);
    if (!zone.has_value()) {
        return tl::unexpected(zone.error());
    }
    planned.zone = *zone;
    const auto taken_at = taken_at_of(*map, **zone);
    if (!taken_at.has_value()) {
        return tl::unexpected(taken_at.error());
    }
    planned.taken_at = *taken_at;
    planned.tables = data::input_tables(schema);
    planned.wanted = wanted_tables(schema, planned.tables);
    if (auto known = check_data_map(*map, planned.wanted); !known.has_value()) {
        return tl::unexpected(known.error());
    }
    planned.map = std::move(*map);
    return planned;
}

Result<void> set_reading(data::DatasetBuilder& builder, const DataMap& map,
                         const std::string& table) {
    const TableMap* mapped = map.find(table);
    if (mapped == nullptr) {
        return {};
    }
    auto set = builder.set_reading(table, reading_of(*mapped));
    if (!set.has_value()) {
        set.error().message = fmt::format("{}: [{}] {}", map.source, table, set.error().message);
    }
    return set;
}

} // namespace rulec::input
