// From a data folder to its records as bytes.
#include <utility>

#include <fmt/format.h>

#include "runtime/value/digest.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/file_state.hpp"
#include "tools/data/load_plan.hpp"
#include "tools/data/raw_records.hpp"
#include "tools/data/sort_key.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

tl::unexpected<rulebook::Error> not_raw(const std::string& why) {
    return make_error("data.not_raw", why);
}

bool is_of_accounts(const plan::Schema& schema, const data::InputTable& table) {
    return table.entity == schema.root && !table.history;
}

std::string column_of(const DataMap& map, const std::string& table, const std::string& field) {
    const TableMap* mapped = map.find(table);
    const ColumnMap* column = mapped == nullptr ? nullptr : mapped->find(field);
    return column == nullptr ? field : column->column;
}

} // namespace

// The tables one after the other.
class RawRecords::Reading {
public:
    Reading(const plan::Schema& schema, const LoadPlan& planned, const DataSource& source)
        : schema_(schema), planned_(planned), source_(source) {}

    Result<RawRecords> run() {
        const plan::Entity& root = schema_.root_entity();
        if (!root.key.has_value() || !SortKey::can_read(root.fields[*root.key].type.kind)) {
            return not_raw(fmt::format("keys of {} are neither text nor whole numbers", root.name));
        }
        raw_.key_type_ = root.fields[*root.key].type.kind;
        circumstances_ = reading_text(planned_.map) + std::string(planned_.zone->name);
        for (std::size_t i = 0; i < planned_.tables.size(); ++i) {
            if (auto read = read_table(i); !read.has_value()) {
                return tl::unexpected(read.error());
            }
        }
        raw_.circumstances_ = rulebook::hexadecimal(rulebook::sha256(circumstances_));
        return std::move(raw_);
    }

private:
    // Where its records say whose they are, and which they are.
    Result<RecordRunsReader> reader_of(const data::InputTable& table) const {
        const plan::Entity& entity = schema_.entities[table.entity];
        const plan::Entity& root = schema_.root_entity();
        const bool of_root = table.entity == schema_.root;
        if (!of_root && (table.history || entity.parent != schema_.root)) {
            return not_raw(
                fmt::format("{} does not say whose {} its records are", table.name, root.name));
        }
        const auto key_of = [&](const plan::Entity& of, const std::string& field) {
            return KeyColumn{column_of(planned_.map, table.name, field),
                             of.fields[*of.key].type.kind};
        };
        if (of_root) {
            return RecordRunsReader(key_of(root, root.fields[*root.key].name), std::nullopt);
        }
        std::optional<KeyColumn> own;
        if (entity.key.has_value()) {
            own = key_of(entity, entity.fields[*entity.key].name);
            if (!SortKey::can_read(own->type)) {
                return not_raw(
                    fmt::format("keys of {} are neither text nor whole numbers", table.name));
            }
        }
        return RecordRunsReader(key_of(root, entity.parent_key_column), std::move(own));
    }

    Result<void> read_table(std::size_t number) {
        const data::InputTable& table = planned_.tables[number];
        raw_.tables_.push_back({table.name, {}});
        if (!is_of_accounts(schema_, table) && !source_.has(table.name)) {
            circumstances_ += "\nno " + table.name;
            return {};
        }
        const auto reader = reader_of(table);
        if (!reader.has_value()) {
            return tl::unexpected(reader.error());
        }
        const auto names = source_.csv_files(planned_.wanted[number]);
        if (!names.has_value()) {
            return tl::unexpected(names.error());
        }
        for (const std::string& name : *names) {
            if (auto read = read_file(*reader, name); !read.has_value()) {
                return read;
            }
        }
        return {};
    }

    Result<void> read_file(const RecordRunsReader& reader, const std::string& name) {
        Table& table = raw_.tables_.back();
        File file{name, source_.folder() / name, {}, {}};
        const auto state = state_of(file.path);
        if (!state.has_value()) {
            return not_raw(name + " is no file");
        }
        file.stamp = state->stamp;
        // What stands in one file is not what stands in another.
        const std::uint64_t salt = ++files_ * 0xD6E8FEB86659FD93U;
        auto found = reader.read(file.path, name, state->bytes, salt, raw_.keys_, raw_.sums_);
        if (!found.has_value()) {
            return tl::unexpected(found.error());
        }
        file.found = std::move(*found);
        if (!table.files.empty() && table.files.front().found.head != file.found.head) {
            return not_raw(fmt::format("the files of {} have different heads", table.name));
        }
        circumstances_ += fmt::format("\n{} {}:{} {}:{}", table.name, name.size(), name,
                                      file.found.head.size(), file.found.head);
        table.files.push_back(std::move(file));
        return {};
    }

    const plan::Schema& schema_;
    const LoadPlan& planned_;
    const DataSource& source_;
    RawRecords raw_;
    std::string circumstances_;
    std::uint64_t files_ = 0;
};

Result<RawRecords> RawRecords::read(const plan::Schema& schema, const LoadRequest& request) {
    const auto map = request.map.value_or(request.folder / "data.toml");
    const std::string map_stamp = stamp_of(map);
    const auto planned = plan_load(schema, request);
    if (!planned.has_value()) {
        return tl::unexpected(planned.error());
    }
    std::error_code error;
    if (!std::filesystem::is_directory(request.folder, error)) {
        return not_raw(request.folder.string() + " is no folder");
    }
    const auto source =
        DataSource::open(request.folder, planned->map, schema.root_entity().collection);
    if (!source.has_value()) {
        return tl::unexpected(source.error());
    }
    auto raw = Reading(schema, *planned, *source).run();
    if (raw.has_value()) {
        raw->map_ = map;
        raw->map_stamp_ = map_stamp;
    }
    return raw;
}

} // namespace rulec::input
