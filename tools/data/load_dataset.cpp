#include "tools/data/load_dataset.hpp"

#include <utility>

#include <fmt/format.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "runtime/data/dataset_builder.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/calendar_text.hpp"
#include "tools/data/data_map.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/read_ahead.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

constexpr std::uint64_t kRowsBetweenChecks = 100'000; // of the memory

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
    const auto meant = did_you_mean(name, names);
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
        for (const data::InputColumn& column : table.columns) {
            one.fields.push_back(
                {.name = column.name,
                 .required = column.required,
                 .type = type_of(schema.entities[table.entity], table, column.name)});
        }
        wanted.push_back(std::move(one));
    }
    return wanted;
}

// Carries tables from the source to the builder.
class Loader {
public:
    Loader(DataSource source, data::DatasetBuilder builder, const LoadProgress& progress)
        : source_(std::move(source)), builder_(std::move(builder)), progress_(progress) {}

    Result<void> load(const WantedTable& table, bool needed) {
        if (!needed && !source_.has(table.name)) {
            loaded_.absent_tables.push_back(table.name);
            return {};
        }
        if (const TableMap* map = source_.map().find(table.name)) {
            auto set = builder_.set_reading(table.name, reading_of(*map));
            if (!set.has_value()) {
                set.error().message = fmt::format("{}: [{}] {}", source_.map().source, table.name,
                                                  set.error().message);
                return set;
            }
        }
        auto opened = source_.read(table);
        if (!opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        const auto reader = read_ahead(*std::move(opened));
        auto added = add_rows(table.name, *reader);
        for (const AbsentField& field : reader->absent_fields()) {
            loaded_.absent_columns.push_back({table.name, field});
        }
        if (added.has_value() && !reader->found()) {
            loaded_.absent_tables.push_back(table.name);
        }
        return added;
    }

    LoadedData finish(std::string timezone) {
        loaded_.unused_files = source_.unused_files(loaded_.absent_tables);
        loaded_.files_read = source_.files_read();
        loaded_.warnings = source_.warnings();
        loaded_.dataset = builder_.finish();
        loaded_.timezone = std::move(timezone);
        return std::move(loaded_);
    }

private:
    Result<void> add_rows(const std::string& table, TableReader& reader) {
        std::size_t listed = 0;
        std::uint64_t rows = 0;
        while (true) {
            const auto batch = reader.next();
            if (!batch.has_value()) {
                return tl::unexpected(batch.error());
            }
            for (; listed < reader.unreadable().size(); ++listed) {
                const UnreadableRecord& record = reader.unreadable()[listed];
                auto added =
                    builder_.add_unreadable(table, {record.source, record.row, record.field,
                                                    record.value, record.code, record.reason});
                if (!added.has_value()) {
                    return added;
                }
            }
            if (batch->size() == 0) {
                return {};
            }
            auto added =
                builder_.add(table, *batch->schema, *batch->array, batch->source, batch->rows);
            if (!added.has_value()) {
                added.error().message = fmt::format("{}: {}", batch->source, added.error().message);
                return added;
            }
            rows += batch->size();
            if (rows / kRowsBetweenChecks != (rows - batch->size()) / kRowsBetweenChecks) {
                if (auto enough = check_memory(table, rows); !enough.has_value()) {
                    return enough;
                }
            }
            if (progress_) {
                progress_(table, rows);
            }
        }
    }

    DataSource source_;
    data::DatasetBuilder builder_;
    const LoadProgress& progress_;
    LoadedData loaded_;
};

} // namespace

Result<LoadedData> load_dataset(const rulebook::plan::Schema& schema, const LoadRequest& request,
                                const LoadProgress& progress) {
    auto map = load_data_map(request.folder, request.map);
    if (!map.has_value()) {
        return tl::unexpected(map.error());
    }
    const auto zone = zone_of(*map, request.timezone);
    if (!zone.has_value()) {
        return tl::unexpected(zone.error());
    }
    const auto taken_at = taken_at_of(*map, **zone);
    if (!taken_at.has_value()) {
        return tl::unexpected(taken_at.error());
    }
    const auto tables = data::input_tables(schema);
    const auto wanted = wanted_tables(schema, tables);
    if (auto known = check_data_map(*map, wanted); !known.has_value()) {
        return tl::unexpected(known.error());
    }
    auto source =
        DataSource::open(request.folder, std::move(*map), schema.root_entity().collection);
    if (!source.has_value()) {
        return tl::unexpected(source.error());
    }
    Loader loader(std::move(*source), data::DatasetBuilder(schema, {*zone, *taken_at}), progress);
    for (std::size_t i = 0; i < tables.size(); ++i) {
        const bool root = tables[i].entity == schema.root && !tables[i].history;
        if (auto loaded = loader.load(wanted[i], root); !loaded.has_value()) {
            return tl::unexpected(loaded.error());
        }
    }
    LoadedData loaded = loader.finish(std::string((*zone)->name));
    loaded.taken_at = *taken_at;
    return loaded;
}

} // namespace rulec::input
