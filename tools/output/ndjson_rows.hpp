// NDJSON as it is written: one object a line with all columns in their order, numbers with the
// digits that CSV has, times and dates as texts, JSON as it is, null for what is missing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tools/data/typed_table.hpp"
#include "tools/output/byte_file.hpp"

namespace rulec::output {

class NdjsonRows final : public input::RowSink {
public:
    // `file` outlives it.
    NdjsonRows(std::span<const input::TypedColumn> columns, ByteFile& file);

    void null() override;
    void text(std::string_view value) override;
    void integer(std::int64_t value) override;
    void number(double value) override;
    void boolean(bool value) override;
    void decimal(std::int64_t units, int decimals) override;
    void percent(std::int64_t millionths) override;
    void date(std::int32_t days) override;
    void time(std::int64_t microseconds) override;
    void end_row();

private:
    std::string& next_cell();

    ByteFile& file_;
    std::vector<std::string> openings_; // what stands before each value: `{"account":`
    std::vector<bool> is_json_;
    std::size_t column_ = 0; // the next one
};

} // namespace rulec::output
