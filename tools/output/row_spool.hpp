// Rows of a table that wait on the disk until all of them are known, so that memory does not grow
// with them.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/data/typed_table.hpp"

namespace rulec::output {

// Not thread-safe. What went wrong with the file is told by finish() and read_fault().
class RowSpool {
public:
    // In a file without a name in `folder`, which is gone when this or the process is.
    static rulebook::Result<RowSpool> make(const std::filesystem::path& folder);

    // Rows of `table` are added after those that are there. All tables have the same columns.
    void add(const input::TypedTable& table);
    // No more rows. Fails with "output.unwritable".
    rulebook::Result<void> finish();

    // The rows that were added, as one table; asked for from the first to the last, and then from
    // the first again. This outlives it. What cannot be read back ends the rows: see read_fault().
    input::TypedTable table();
    // Fails with "output.unreadable" if rows could not be read back.
    rulebook::Result<void> read_fault() const;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    class Writer;
    RowSpool() = default;
    void write_out();
    bool fill(std::size_t bytes);
    std::int64_t read_number();
    void read_row(std::size_t row, input::RowSink& sink);
    void read_cell(input::RowSink& sink);

    std::string name_;
    std::vector<input::TypedColumn> columns_;
    std::size_t rows_ = 0;
    std::unique_ptr<std::FILE, Close> file_;
    bool write_failed_ = false;
    bool read_failed_ = false;
    std::string buffer_;
    std::size_t at_ = 0; // what was read of the buffer
    std::size_t next_row_ = 0;
    std::string text_;
};

} // namespace rulec::output
