#include "tools/data/chunked_load.hpp"

#include <utility>
#include <vector>

#include <fmt/format.h>

#include "runtime/data/dataset_builder.hpp"
#include "tools/data/load_plan.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/table_feed.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

bool is_root(const plan::Schema& schema, const data::InputTable& table) {
    return table.entity == schema.root && !table.history;
}

// Why the table cannot be in the order of the root's keys.
Result<void> check_can_be_in_order(const plan::Schema& schema, const data::InputTable& table) {
    const plan::Entity& entity = schema.entities[table.entity];
    const bool of_root = table.history
                             ? table.entity == schema.root
                             : table.entity == schema.root || entity.parent == schema.root;
    if (!of_root) {
        return make_error("data.not_in_order",
                          fmt::format("`{}` does not say whose {} its rows are", table.name,
                                      schema.root_entity().name));
    }
    if (!entity.key.has_value() || SortKey::can_read(entity.fields[*entity.key].type.kind)) {
        return {};
    }
    return make_error("data.not_in_order",
                      fmt::format("keys of `{}` are neither text nor whole numbers", table.name));
}

KeyField key_field(const plan::Entity& entity) {
    return {entity.fields[*entity.key].name, entity.fields[*entity.key].type.kind};
}

} // namespace

Result<std::optional<std::int64_t>> taken_at_of(const plan::Schema& schema,
                                                const LoadRequest& request) {
    const auto planned = plan_load(schema, request);
    if (!planned.has_value()) {
        return tl::unexpected(planned.error());
    }
    return planned->taken_at;
}

struct ChunkedLoad::Inside {
    plan::Schema schema;
    ChunkRequest request;
    LoadPlan planned;
    DataSource source;
    std::vector<TableFeed> feeds; // the root's first
    std::vector<std::string> absent_tables;
    bool ended = false;

    Result<void> open_feeds() {
        for (std::size_t i = 0; i < planned.tables.size(); ++i) {
            const data::InputTable& table = planned.tables[i];
            if (!is_root(schema, table) && !source.has(table.name)) {
                absent_tables.push_back(table.name);
                continue;
            }
            if (auto possible = check_can_be_in_order(schema, table); !possible.has_value()) {
                return possible;
            }
            auto reader = source.read(planned.wanted[i]);
            if (!reader.has_value()) {
                return tl::unexpected(reader.error());
            }
            if (!source.warnings().empty()) { // it is read twice, and must be the same
                return make_error("data.not_in_order", source.warnings().front());
            }
            add_feed(table, std::move(*reader));
        }
        return {};
    }

    void add_feed(const data::InputTable& table, std::unique_ptr<TableReader> reader) {
        const plan::Entity& entity = schema.entities[table.entity];
        KeyField account = key_field(schema.root_entity());
        std::optional<KeyField> own;
        if (table.entity != schema.root) {
            account.name = entity.parent_key_column;
            own = entity.key.has_value() ? std::optional(key_field(entity)) : std::nullopt;
        }
        const auto how =
            request.remembered.contains(table.name) ? KeyWatch::How::ByKey : KeyWatch::How::ByRange;
        feeds.emplace_back(table.name, std::move(reader), std::move(account), std::move(own), how);
    }

    Result<data::Dataset> read_chunk() {
        const auto taken_at = planned.taken_at.has_value() ? planned.taken_at : request.taken_at;
        data::DatasetBuilder builder(schema, {planned.zone, taken_at});
        std::optional<std::string> end;
        for (TableFeed& feed : feeds) {
            if (auto set = set_reading(builder, planned.map, feed.table()); !set.has_value()) {
                return tl::unexpected(set.error());
            }
            Result<void> added;
            if (&feed == feeds.data()) {
                auto next = feed.add_accounts(builder, request.accounts);
                added = next.has_value() ? Result<void>() : tl::unexpected(next.error());
                end = next.value_or(std::nullopt);
            } else {
                added = feed.add_before(builder, end);
            }
            if (added.has_value()) {
                added = feed.end_chunk();
            }
            if (added.has_value() && !end.has_value()) {
                added = feed.end();
            }
            if (added.has_value()) {
                added = check_memory(feed.table(), 0);
            }
            if (!added.has_value()) {
                return tl::unexpected(added.error());
            }
        }
        ended = !end.has_value();
        return builder.finish();
    }
};

ChunkedLoad::ChunkedLoad(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}
ChunkedLoad::ChunkedLoad(ChunkedLoad&&) noexcept = default;
ChunkedLoad& ChunkedLoad::operator=(ChunkedLoad&&) noexcept = default;
ChunkedLoad::~ChunkedLoad() = default;

Result<ChunkedLoad> ChunkedLoad::open(const plan::Schema& schema, ChunkRequest request) {
    auto planned = plan_load(schema, request.load);
    if (!planned.has_value()) {
        return tl::unexpected(planned.error());
    }
    auto source =
        DataSource::open(request.load.folder, planned->map, schema.root_entity().collection);
    if (!source.has_value()) {
        return tl::unexpected(source.error());
    }
    if (!schema.root_entity().key.has_value()) {
        return make_error("data.not_in_order",
                          fmt::format("a {} has no key", schema.root_entity().name));
    }
    auto inside = std::make_unique<Inside>(Inside{.schema = schema,
                                                  .request = std::move(request),
                                                  .planned = std::move(*planned),
                                                  .source = std::move(*source),
                                                  .feeds = {},
                                                  .absent_tables = {}});
    if (auto opened = inside->open_feeds(); !opened.has_value()) {
        return tl::unexpected(opened.error());
    }
    return ChunkedLoad(std::move(inside));
}

Result<std::optional<data::Dataset>> ChunkedLoad::next() {
    if (inside_->ended) {
        return std::optional<data::Dataset>();
    }
    auto chunk = inside_->read_chunk();
    if (!chunk.has_value()) {
        inside_->ended = true;
        return tl::unexpected(chunk.error());
    }
    return std::optional(std::move(*chunk));
}

LoadNotes ChunkedLoad::notes() const {
    LoadNotes notes;
    notes.absent_tables = inside_->absent_tables;
    for (const TableFeed& feed : inside_->feeds) {
        for (const AbsentField& field : feed.reader().absent_fields()) {
            notes.absent_columns.push_back({feed.table(), field});
        }
        for (const MisspeltArray& array : feed.reader().misspelt_arrays()) {
            notes.misspelt_arrays.push_back({feed.table(), array});
        }
        if (!feed.reader().found()) {
            notes.absent_tables.push_back(feed.table());
        }
    }
    notes.unused_files = inside_->source.unused_files(notes.absent_tables);
    notes.files_read = inside_->source.files_read();
    notes.warnings = inside_->source.warnings();
    notes.timezone = inside_->planned.zone->name;
    notes.taken_at = inside_->planned.taken_at;
    return notes;
}

} // namespace rulec::input
