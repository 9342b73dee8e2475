#include "tools/data/load_dataset.hpp"

#include <utility>

#include <fmt/format.h>

#include "runtime/data/dataset_builder.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/load_plan.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/read_ahead.hpp"

namespace rulec::input {

using rulebook::Result;
namespace data = rulebook::data;

namespace {

constexpr std::uint64_t kRowsBetweenChecks = 100'000; // of the memory

// Carries tables from the source to the builder.
class Loader {
public:
    Loader(DataSource source, data::DatasetBuilder builder, const LoadProgress& progress,
           const RecordChoice& choice)
        : source_(std::move(source)), builder_(std::move(builder)), progress_(progress),
          choice_(choice) {}

    Result<void> load(const WantedTable& table, bool needed) {
        if (!needed && !source_.has(table.name)) {
            loaded_.absent_tables.push_back(table.name);
            return {};
        }
        if (auto set = set_reading(builder_, source_.map(), table.name); !set.has_value()) {
            return set;
        }
        const auto chosen = choice_.tables.find(table.name);
        auto opened = chosen == choice_.tables.end() ? source_.read(table)
                                                     : source_.read(table, chosen->second);
        if (!opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        const auto reader = read_ahead(*std::move(opened));
        auto added = add_rows(table.name, *reader);
        for (const AbsentField& field : reader->absent_fields()) {
            loaded_.absent_columns.push_back({table.name, field});
        }
        for (const MisspeltArray& array : reader->misspelt_arrays()) {
            loaded_.misspelt_arrays.push_back({table.name, array});
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
                auto added = builder_.add_unreadable(
                    table, {record.source, record.row, record.field, record.value, record.code,
                            record.reason, record.parent});
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
    const RecordChoice& choice_;
    LoadedData loaded_;
};

} // namespace

Result<LoadedData> load_dataset(const rulebook::plan::Schema& schema, const LoadRequest& request,
                                const LoadProgress& progress, const RecordChoice& choice) {
    auto planned = plan_load(schema, request);
    if (!planned.has_value()) {
        return tl::unexpected(planned.error());
    }
    auto source =
        DataSource::open(request.folder, std::move(planned->map), schema.root_entity().collection);
    if (!source.has_value()) {
        return tl::unexpected(source.error());
    }
    Loader loader(
        std::move(*source),
        data::DatasetBuilder(schema, {planned->zone, planned->taken_at, choice.latest_elsewhere}),
        progress, choice);
    for (std::size_t i = 0; i < planned->tables.size(); ++i) {
        const data::InputTable& table = planned->tables[i];
        const bool root = table.entity == schema.root && !table.history;
        if (auto loaded = loader.load(planned->wanted[i], root); !loaded.has_value()) {
            return tl::unexpected(loaded.error());
        }
    }
    LoadedData loaded = loader.finish(std::string(planned->zone->name));
    loaded.taken_at = planned->taken_at;
    return loaded;
}

} // namespace rulec::input
