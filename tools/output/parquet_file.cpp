#include "tools/output/parquet_file.hpp"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tools/output/byte_file.hpp"
#include "tools/output/column_rows.hpp"
#include "tools/output/parquet_footer.hpp"
#include "tools/output/parquet_pages.hpp"

namespace rulec::output {

namespace {

constexpr std::size_t kRowsOfPart = 122'880;

// Some rows of the table as they stand in the file.
struct Part {
    PageBytes bytes;
    std::vector<ParquetRowGroup> groups; // one, unless its texts are very long
    std::string too_large;               // see ColumnRows
};

// Makes parts one after the other, in the same memory.
class PartMaker {
public:
    explicit PartMaker(const input::TypedTable& table) : table_(table), rows_(table.columns) {}

    const Part& make(std::size_t first, std::size_t last) {
        part_.bytes.clear();
        part_.groups.clear();
        while (first < last) {
            first = collect(first, last);
            ParquetRowGroup group{static_cast<std::int64_t>(rows_.rows()), {}};
            for (std::size_t i = 0; i < table_.columns.size(); ++i)
                group.chunks.push_back(pages_.append(part_.bytes, table_.columns[i].type,
                                                     rows_.collected(i), rows_.rows()));
            part_.groups.push_back(std::move(group));
        }
        part_.too_large = rows_.too_large();
        return part_;
    }

private:
    // The first row that was not collected: not all are where their texts are long.
    std::size_t collect(std::size_t first, std::size_t last) {
        rows_.clear();
        if (table_.write_column && rows_.add_columns(table_, first, last))
            return last;
        for (; first < last && !rows_.full(); ++first) {
            table_.write(first, rows_);
            rows_.end_row();
        }
        return first;
    }

    const input::TypedTable& table_;
    ColumnRows rows_;
    ParquetPages pages_;
    Part part_;
};

// Two threads make parts in turn, and write them in their order.
class PartWriter {
public:
    PartWriter(const input::TypedTable& table, ByteFile& file) : table_(table), file_(file) {}

    void run() {
        if (!table_.at_random || table_.rows <= kRowsOfPart)
            return make_parts(0, 1);
        const std::jthread other([this] { make_parts(1, 2); });
        make_parts(0, 2);
    }

    const std::vector<ParquetRowGroup>& groups() const { return groups_; }
    const std::string& too_large() const { return too_large_; }

private:
    void make_parts(std::size_t number, std::size_t step) {
        PartMaker maker(table_);
        for (; number * kRowsOfPart < table_.rows; number += step) {
            const std::size_t first = number * kRowsOfPart;
            write(number, maker.make(first, std::min(table_.rows, first + kRowsOfPart)));
        }
    }

    void write(std::size_t number, const Part& part) {
        std::unique_lock lock(mutex_);
        turn_came_.wait(lock, [&] { return turn_ == number; });
        file_.write({part.bytes.data(), part.bytes.size()});
        groups_.insert(groups_.end(), part.groups.begin(), part.groups.end());
        if (too_large_.empty())
            too_large_ = part.too_large;
        ++turn_;
        lock.unlock();
        turn_came_.notify_all();
    }

    const input::TypedTable& table_;
    ByteFile& file_;
    std::vector<ParquetRowGroup> groups_;
    std::string too_large_;
    std::mutex mutex_;
    std::condition_variable turn_came_;
    std::size_t turn_ = 0; // the part that is written next
};

} // namespace

rulebook::Result<void> write_parquet(const input::TypedTable& table,
                                     const std::filesystem::path& path) {
    ByteFile file(path);
    file.write(kParquetMagic);
    PartWriter parts(table, file);
    parts.run();
    if (!parts.too_large().empty())
        return rulebook::make_error("data.parquet", "an amount of `" + parts.too_large() +
                                                        "` has more than the 18 digits of a "
                                                        "decimal in Parquet");
    file.write(parquet_footer(table, parts.groups()));
    return file.finish();
}

} // namespace rulec::output
