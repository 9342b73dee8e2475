#include "runtime/data/dataset_builder.hpp"

#include <algorithm>
#include <limits>
#include <map>

#include "runtime/data/admission.hpp"
#include "runtime/data/record_reader.hpp"
#include "runtime/data/row_origin.hpp"
#include "runtime/data/shortened.hpp"
#include "runtime/data/table_layout.hpp"

namespace rulebook::data {

std::vector<InputTable> input_tables(const plan::Schema& schema) {
    std::vector<InputTable> tables;
    const Layouts layouts = layouts_of(schema);
    for (const std::size_t index : layouts.in_order) {
        const TableLayout& layout = layouts.tables[index];
        InputTable table{layout.name, layout.entity, layout.history, {}};
        for (const plan::Field& field : layout.fields) {
            const bool may_lack = layout.history && field.tracked;
            table.columns.push_back(
                {field.name, !field.optional && !may_lack,
                 !layout.history && field.tracked ? layout.name + "_history" : ""});
        }
        if (layout.parent)
            table.columns.push_back({layout.parent_column, true, ""});
        tables.push_back(std::move(table));
    }
    return tables;
}

struct DatasetBuilder::State {
    plan::Schema schema;
    Layouts layouts;
    const time::Zone* zone;
    std::optional<std::int64_t> taken_at;
    std::optional<std::int64_t> latest_elsewhere;
    std::vector<RawTable> tables; // by layout
    std::vector<RecordReader> readers;
    std::vector<std::string> sources;
    std::map<std::string, std::uint32_t, std::less<>> source_numbers;
    Rejects rejects;

    State(const plan::Schema& given, const BuildOptions& options)
        : schema(given), layouts(layouts_of(schema)),
          zone(options.zone != nullptr ? options.zone : &time::utc()), taken_at(options.taken_at),
          latest_elsewhere(options.latest_elsewhere) {
        for (const TableLayout& layout : layouts.tables)
            tables.emplace_back(layout);
        for (RawTable& table : tables)
            readers.emplace_back(schema, table, parent_key(table.layout), *zone, rejects);
    }

    const plan::Field* parent_key(const TableLayout& layout) const {
        return layout.parent ? key_field(layouts.tables[*layout.parent]) : nullptr;
    }

    Result<std::size_t> find(std::string_view name) const {
        for (std::size_t table = 0; table < tables.size(); ++table)
            if (tables[table].layout.name == name)
                return table;
        return make_error("data.no_table", "the rulebook has no table `" + std::string(name) + "`");
    }

    Result<std::uint32_t> number_of(std::string_view source) {
        if (const auto found = source_numbers.find(source); found != source_numbers.end())
            return found->second;
        if (sources.size() == kMostSources)
            return make_error("data.too_many_sources", "the data is in too many files");
        const auto number = static_cast<std::uint32_t>(sources.size());
        sources.emplace_back(source);
        source_numbers.emplace(source, number);
        return number;
    }

    Result<void> check_room(std::size_t table, std::size_t rows) const {
        if (tables[table].size() + rows >= kRejectedRow)
            return make_error("data.too_many_rows", "`" + tables[table].layout.name +
                                                        "` has more than " +
                                                        std::to_string(kRejectedRow - 1) + " rows");
        return {};
    }

    RawTable* history_of(std::size_t table) {
        const auto found = std::ranges::find_if(tables, [&](const RawTable& other) {
            return other.layout.history && other.layout.parent == table;
        });
        return found == tables.end() || layouts.tables[table].history ? nullptr : &*found;
    }

    // Parents before their children. Leaves the raw tables empty.
    std::vector<AdmittedTable> admit() {
        std::vector<AdmittedTable> admitted(tables.size());
        for (const std::size_t index : layouts.in_order) {
            const std::optional<std::size_t> above = layouts.tables[index].parent;
            AdmittedTable* parent = above ? &admitted[*above] : nullptr;
            const Column* parent_keys = nullptr;
            if (above && layouts.tables[*above].key)
                parent_keys = &parent->table.column(*layouts.tables[*above].key);
            TableAdmission admission(tables[index], history_of(index), parent, parent_keys, sources,
                                     rejects);
            admitted[index] = admission.run();
            for (const RowIndex row : admission.damaged_parents())
                parent->table.incomplete_[row] = 1;
        }
        return admitted;
    }

    // From each record that is incomplete to its parent, from below.
    void pass_on_incomplete(std::vector<AdmittedTable>& admitted) const {
        for (auto index = layouts.in_order.rbegin(); index != layouts.in_order.rend(); ++index) {
            AdmittedTable& table = admitted[*index];
            const std::optional<std::size_t> above = layouts.tables[*index].parent;
            for (RowIndex row = 0; row < table.table.size(); ++row) {
                if (!table.table.incomplete(row))
                    continue;
                ++table.counts.rows.incomplete;
                if (above)
                    admitted[*above].table.incomplete_[table.table.parent(row)] = 1;
            }
        }
    }
};

DatasetBuilder::DatasetBuilder(const plan::Schema& schema, const BuildOptions& options)
    : state_(std::make_unique<State>(schema, options)) {}
DatasetBuilder::~DatasetBuilder() = default;
DatasetBuilder::DatasetBuilder(DatasetBuilder&&) noexcept = default;
DatasetBuilder& DatasetBuilder::operator=(DatasetBuilder&&) noexcept = default;

Result<void> DatasetBuilder::set_reading(std::string_view table, const TableReading& reading) {
    const auto found = state_->find(table);
    if (!found)
        return tl::unexpected(found.error());
    return state_->readers[*found].set_reading(reading);
}

Result<void> DatasetBuilder::add(std::string_view table, const ArrowSchema& schema,
                                 const ArrowArray& array, std::string_view source,
                                 std::span<const std::uint64_t> rows) {
    const auto found = state_->find(table);
    if (!found)
        return tl::unexpected(found.error());
    if (auto room = state_->check_room(*found, rows.size()); !room)
        return room;
    const auto number = state_->number_of(source);
    if (!number)
        return tl::unexpected(number.error());
    return state_->readers[*found].add(schema, array, source, *number, rows);
}

Result<void> DatasetBuilder::add(std::string_view table, const RecordValues& record) {
    const auto found = state_->find(table);
    if (!found)
        return tl::unexpected(found.error());
    if (auto room = state_->check_room(*found, 1); !room)
        return room;
    const auto number = state_->number_of(record.source);
    if (!number)
        return tl::unexpected(number.error());
    return state_->readers[*found].add(record, *number);
}

Result<void> DatasetBuilder::add_unreadable(std::string_view table, const UnreadableRow& row) {
    const auto found = state_->find(table);
    if (!found)
        return tl::unexpected(found.error());
    RawTable& raw = state_->tables[*found];
    ++raw.unreadable_rows;
    if (!row.parent.empty())
        state_->readers[*found].note_unreadable_below(row.parent);
    state_->rejects.add({raw.layout.name, row.source, row.row, row.column, shortened(row.value),
                         row.code, row.reason});
    return {};
}

bool says_when_known(const plan::Entity& entity, plan::FieldIndex field) {
    return entity.visible_from() == field || entity.known_from == field ||
           entity.fields[field].origin ||
           std::ranges::any_of(entity.fields,
                               [&](const plan::Field& other) { return other.known_from == field; });
}

namespace {

// The first record with the greatest known value of a column of times.
std::optional<LatestRecord> latest_of(const plan::Schema& schema,
                                      std::span<const AdmittedTable> tables,
                                      std::span<const TableLayout> layouts,
                                      std::span<const std::string> sources) {
    std::optional<LatestRecord> latest;
    for (std::size_t at = 0; at < tables.size(); ++at) {
        const plan::Entity& entity = schema.entities[layouts[at].entity];
        const Table& table = tables[at].table;
        for (plan::FieldIndex field = 0; field < layouts[at].fields.size(); ++field) {
            const bool counts = layouts[at].history ? field == 0 : says_when_known(entity, field);
            if (!counts || !layouts[at].fields[field].type.is(plan::TypeKind::Time))
                continue;
            const Column& times = table.column(field);
            std::optional<RowIndex> greatest;
            for (RowIndex row = 0; row < times.size(); ++row)
                if (times.known(row) &&
                    (!greatest || times.integer(row) > times.integer(*greatest)))
                    greatest = row;
            if (!greatest || (latest && times.integer(*greatest) <= latest->instant))
                continue;
            const RowOrigin origin = table.origin(*greatest);
            latest = {times.integer(*greatest), layouts[at].name, layouts[at].fields[field].name,
                      sources[origin.source], origin.row};
        }
    }
    return latest;
}

// For each field of the entity its column in the history; 0, known_from, stands for none.
std::vector<std::uint32_t> history_columns(const plan::Schema& schema, const TableLayout& layout) {
    std::vector<std::uint32_t> columns;
    for (const plan::Field& field : schema.entities[layout.entity].fields) {
        const auto same = std::ranges::find(layout.fields, field.name, &plan::Field::name);
        const bool there = field.tracked && same != layout.fields.end();
        columns.push_back(there ? static_cast<std::uint32_t>(same - layout.fields.begin()) : 0);
    }
    return columns;
}

} // namespace

Dataset DatasetBuilder::finish() {
    const std::unique_ptr<State> state = std::exchange(state_, nullptr);
    std::vector<AdmittedTable> tables = state->admit();
    state->pass_on_incomplete(tables);
    const std::vector<TableLayout>& layouts = state->layouts.tables;
    Dataset dataset;
    dataset.latest_record_ = latest_of(state->schema, tables, layouts, state->sources);
    auto greatest = state->latest_elsewhere;
    if (dataset.latest_record_)
        greatest = std::max(greatest.value_or(dataset.latest_record_->instant),
                            dataset.latest_record_->instant);
    dataset.taken_at_ = state->taken_at ? state->taken_at : greatest;
    dataset.latest_ = greatest;
    if (state->taken_at)
        dataset.latest_ = std::max(greatest.value_or(*state->taken_at), *state->taken_at);
    for (const std::size_t index : state->layouts.in_order)
        dataset.counts_.push_back(std::move(tables[index].counts));
    dataset.histories_.resize(state->schema.entities.size());
    for (std::size_t index = 0; index < layouts.size(); ++index) {
        if (!layouts[index].history)
            dataset.tables_.push_back(std::move(tables[index].table));
        else if (tables[index].table.size() > 0)
            dataset.histories_[layouts[index].entity] = {
                std::move(tables[index].table), history_columns(state->schema, layouts[index])};
    }
    state->rejects.sort();
    dataset.rejects_ = std::move(state->rejects);
    dataset.sources_ = std::move(state->sources);
    dataset.schema_ = std::move(state->schema);
    return dataset;
}

} // namespace rulebook::data
