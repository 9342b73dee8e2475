#include "tools/data/raw_records.hpp"

#include <algorithm>
#include <utility>

#include "tools/data/file_state.hpp"
#include "tools/data/sort_key.hpp"

namespace rulec::input {

namespace data = rulebook::data;

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
