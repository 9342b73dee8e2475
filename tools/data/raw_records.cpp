#include "tools/data/raw_records.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <utility>

#include <sys/stat.h>

#include <fmt/format.h>

#include "runtime/value/digest.hpp"
#include "tools/data/data_source.hpp"
#include "tools/data/load_plan.hpp"
#include "tools/data/sort_key.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
namespace data = rulebook::data;
namespace plan = rulebook::plan;

namespace {

// Which file it is, and since when it is as it is. Nothing where it is no regular file.
struct FileState {
    std::string stamp;
    std::uint64_t bytes = 0;
};

std::optional<FileState> state_of(const std::filesystem::path& path) {
    struct stat there{};
    if (::stat(path.c_str(), &there) != 0 || !S_ISREG(there.st_mode)) {
        return std::nullopt;
    }
    return FileState{fmt::format("{} {} {} {}.{}", there.st_dev, there.st_ino, there.st_size,
                                 there.st_mtim.tv_sec, there.st_mtim.tv_nsec),
                     static_cast<std::uint64_t>(there.st_size)};
}

std::string stamp_of(const std::filesystem::path& path) {
    const auto state = state_of(path);
    return state.has_value() ? state->stamp : "";
}

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

std::optional<std::uint32_t> RawRecords::account_of(std::string_view key_text) const {
    SortKey key(key_type_);
    const auto read = key.read({.kind = data::SourceCell::Kind::Text, .text = key_text});
    return read.has_value() ? keys_.find(*read) : std::nullopt;
}

std::vector<std::uint32_t> RawRecords::records(std::size_t table) const {
    std::vector<std::uint32_t> counts(size(), 0);
    for (const File& file : tables_[table].files) {
        for (const RecordRun& run : file.found.runs) {
            if (run.account != kNobody) {
                counts[run.account] += run.records;
            }
        }
    }
    return counts;
}

// The keys of some records of a table.
class RawRecords::OwnKeys {
public:
    OwnKeys(const Table& table, const std::vector<bool>& read) {
        for_each(table, [&](std::uint32_t account, std::uint32_t key) {
            if (account == kNobody || read[account]) {
                keys_.push_back(key);
                seen_[key % kSeen] = true;
            }
        });
        std::ranges::sort(keys_);
    }

    bool has(std::uint32_t key) const {
        return seen_[key % kSeen] && std::ranges::binary_search(keys_, key);
    }

    template <class Take>
    static void for_each(const Table& table, const Take& take) {
        for (const File& file : table.files) {
            if (file.found.own_keys.empty()) {
                continue;
            }
            auto key = file.found.own_keys.begin();
            for (const RecordRun& run : file.found.runs) {
                for (std::uint32_t record = 0; record < run.records; ++record) {
                    take(run.account, *key++);
                }
            }
        }
    }

private:
    static constexpr std::size_t kSeen = std::size_t{1} << 22U; // spares most look-ups
    std::vector<std::uint32_t> keys_;
    std::vector<bool> seen_ = std::vector<bool>(kSeen);
};

void RawRecords::complete(std::vector<bool>& read) const {
    const auto is_read = [&](const RecordRun& run) {
        return run.account == kNobody || read[run.account];
    };
    for (const Table& table : tables_) {
        for (const File& file : table.files) {
            if (!file.found.runs.empty() && std::ranges::none_of(file.found.runs, is_read)) {
                read[file.found.runs.front().account] = true;
            }
        }
    }
    // Those that are not read have no key in common with each other: they were admitted as they
    // are, all together. So those that are added here share none with the rest.
    for (const Table& table : tables_) {
        const OwnKeys keys(table, read);
        OwnKeys::for_each(table, [&](std::uint32_t account, std::uint32_t key) {
            if (account != kNobody && !read[account] && keys.has(key)) {
                read[account] = true;
            }
        });
    }
}

RecordChoice RawRecords::choice(const std::vector<bool>& read) const {
    RecordChoice choice;
    for (const Table& table : tables_) {
        for (const File& file : table.files) {
            auto& slices = choice.tables[table.name][file.name];
            slices.push_back({.offset = 0, .bytes = file.found.head.size()});
            for (const RecordRun& run : file.found.runs) {
                if (run.account != kNobody && !read[run.account]) {
                    continue;
                }
                FileSlice& last = slices.back();
                if (last.records > 0 && last.offset + last.bytes == run.offset) {
                    last.bytes += run.bytes;
                    last.records += run.records;
                    continue;
                }
                slices.push_back({run.offset, run.bytes, run.first_row, run.records});
            }
        }
    }
    return choice;
}

std::optional<RecordPlace> RawRecords::first_place(std::size_t table,
                                                   const NumberOf& number_of) const {
    std::vector<std::uint32_t> passed(size(), 0);
    for (std::size_t file = 0; file < tables_[table].files.size(); ++file) {
        for (const RecordRun& run : tables_[table].files[file].found.runs) {
            if (run.account == kNobody) {
                continue;
            }
            const auto number = number_of(run.account);
            const std::uint32_t before =
                std::exchange(passed[run.account], passed[run.account] + run.records);
            if (number.has_value() && *number >= before && *number < passed[run.account]) {
                return RecordPlace{file, run.first_row + (*number - before)};
            }
        }
    }
    return std::nullopt;
}

RecordPlace RawRecords::place_of(std::size_t table, std::uint32_t account,
                                 std::uint64_t number) const {
    return first_place(table,
                       [&](std::uint32_t other) {
                           return other == account ? std::optional(number) : std::nullopt;
                       })
        .value_or(RecordPlace{});
}

RecordPlace RawRecords::place_of(std::size_t table, std::string_view file,
                                 std::uint64_t row) const {
    const auto found = std::ranges::find(tables_[table].files, file, &File::name);
    return {static_cast<std::size_t>(found - tables_[table].files.begin()), row};
}

std::uint32_t RawRecords::account_at(std::size_t table, const RecordPlace& place) const {
    const auto& runs = tables_[table].files[place.file].found.runs;
    const auto after = std::ranges::upper_bound(runs, place.row, {}, &RecordRun::first_row);
    return after == runs.begin() ? kNobody : std::prev(after)->account;
}

bool RawRecords::still_there() const {
    const auto is_same = [](const File& file) { return stamp_of(file.path) == file.stamp; };
    return stamp_of(map_) == map_stamp_ && std::ranges::all_of(tables_, [&](const Table& table) {
               return std::ranges::all_of(table.files, is_same);
           });
}

} // namespace rulec::input
