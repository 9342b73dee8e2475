// CSV as it is written: RFC 4180 with LF and a head, cells quoted only where they must be, null as
// an empty cell.
#pragma once

#include <span>
#include <string_view>

#include "tools/data/typed_table.hpp"
#include "tools/output/byte_file.hpp"

namespace rulec::output {

class CsvRows final : public input::RowSink {
public:
    // Writes the head. `file` outlives it.
    CsvRows(std::span<const input::TypedColumn> columns, ByteFile& file);

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
    bool row_started_ = false;
};

} // namespace rulec::output
