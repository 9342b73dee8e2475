// Writes Parquet files. Part of librulebook_duckdb.so.
#include <algorithm>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_session.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {
namespace {

using rulebook::make_error;
using rulebook::Result;

using TableFunction = Owned<duckdb_table_function, duckdb_destroy_table_function>;

constexpr int kMostDigits = 18;
constexpr int kPercentDecimals = 6;
constexpr const char* kRows = "rulebook_rows";

LogicalType type_of(const TypedColumn& column) {
    switch (column.type) {
    case ColumnType::Text:
    case ColumnType::Json:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_VARCHAR));
    case ColumnType::Integer:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_BIGINT));
    case ColumnType::Number:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_DOUBLE));
    case ColumnType::Boolean:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_BOOLEAN));
    case ColumnType::Decimal:
        return LogicalType(
            duckdb_create_decimal_type(kMostDigits, static_cast<std::uint8_t>(column.decimals)));
    case ColumnType::Percent:
        return LogicalType(duckdb_create_decimal_type(kMostDigits, kPercentDecimals));
    case ColumnType::Date:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_DATE));
    case ColumnType::Time:
        return LogicalType(duckdb_create_logical_type(DUCKDB_TYPE_TIMESTAMP_TZ));
    }
    return {};
}

// Fills the vectors of one chunk.
class ChunkSink final : public RowSink {
public:
    ChunkSink(const std::vector<TypedColumn>& columns, duckdb_data_chunk chunk)
        : columns_(columns) {
        for (std::size_t column = 0; column < columns.size(); ++column) {
            vectors_.push_back(duckdb_data_chunk_get_vector(chunk, column));
            values_.push_back(duckdb_vector_get_data(vectors_.back()));
        }
    }

    void null() override {
        duckdb_vector vector = vectors_[column_++];
        duckdb_vector_ensure_validity_writable(vector);
        duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row_);
    }
    void text(std::string_view value) override {
        duckdb_vector_assign_string_element_len(vectors_[column_++], row_, value.data(),
                                                value.size());
    }
    void integer(std::int64_t value) override { put(value); }
    void number(double value) override { put(value); }
    void boolean(bool value) override { put(value); }
    void decimal(std::int64_t units, int decimals) override {
        std::int64_t limit = 1'000'000'000'000'000'000; // 10^18
        std::int64_t factor = 1;
        for (; decimals < columns_[column_].decimals; ++decimals)
            factor *= 10;
        limit /= factor;
        if (units <= -limit || units >= limit)
            too_large_ = columns_[column_].name;
        else
            units *= factor;
        put(units);
    }
    void percent(std::int64_t millionths) override { put(millionths); }
    void date(std::int32_t days) override { put(days); }
    void time(std::int64_t microseconds) override { put(microseconds); }

    void end_row() {
        ++row_;
        column_ = 0;
    }
    std::size_t size() const { return row_; }
    // The column of a decimal that does not fit; empty: there was none.
    const std::string& too_large() const { return too_large_; }

private:
    template <class Value>
    void put(Value value) {
        static_cast<Value*>(values_[column_++])[row_] = value;
    }

    const std::vector<TypedColumn>& columns_;
    std::vector<duckdb_vector> vectors_;
    std::vector<void*> values_;
    std::size_t column_ = 0;
    std::size_t row_ = 0;
    std::string too_large_;
};

// ---- the table as a table function of SQL

const TypedTable& table_of(void* extra_info) {
    return *static_cast<const TypedTable*>(extra_info);
}

void bind_rows(duckdb_bind_info info) {
    const TypedTable& table = table_of(duckdb_bind_get_extra_info(info));
    for (const TypedColumn& column : table.columns)
        duckdb_bind_add_result_column(info, column.name.c_str(), type_of(column).get());
    duckdb_bind_set_cardinality(info, table.rows, true);
}

void start_rows(duckdb_init_info info) {
    duckdb_init_set_max_threads(info, 1);
    duckdb_init_set_init_data(info, new std::size_t(0),
                              [](void* next) { delete static_cast<std::size_t*>(next); });
}

void give_rows(duckdb_function_info info, duckdb_data_chunk chunk) {
    const TypedTable& table = table_of(duckdb_function_get_extra_info(info));
    auto& next = *static_cast<std::size_t*>(duckdb_function_get_init_data(info));
    const std::size_t end = std::min(table.rows, next + duckdb_vector_size());
    ChunkSink sink(table.columns, chunk);
    for (; next < end; ++next) {
        table.write(next, sink);
        sink.end_row();
    }
    duckdb_data_chunk_set_size(chunk, sink.size());
    if (!sink.too_large().empty())
        duckdb_function_set_error(
            info,
            fmt::format("an amount of `{}` has more than the 18 digits of a decimal in Parquet",
                        sink.too_large())
                .c_str());
}

Result<void> write(const TypedTable& table, const std::filesystem::path& path) {
    const auto link = open_link();
    if (!link.has_value()) {
        return tl::unexpected(link.error());
    }
    const TableFunction function(duckdb_create_table_function());
    duckdb_table_function_set_name(function.get(), kRows);
    // DuckDB hands it back as it is, and changes nothing in it.
    duckdb_table_function_set_extra_info(function.get(), const_cast<TypedTable*>(&table), nullptr);
    duckdb_table_function_set_bind(function.get(), bind_rows);
    duckdb_table_function_set_init(function.get(), start_rows);
    duckdb_table_function_set_function(function.get(), give_rows);
    if (duckdb_register_table_function((*link)->connection.get(), function.get()) == DuckDBError) {
        return make_error("data.duckdb", "DuckDB takes no table function");
    }
    auto written = run(
        **link, fmt::format("COPY (SELECT * FROM {}()) TO {} (FORMAT parquet, USE_TMP_FILE false)",
                            kRows, sql_text(path.string())));
    if (!written.has_value()) {
        written.error().code = "data.parquet";
    }
    return written;
}

} // namespace
} // namespace rulec::input

extern "C" __attribute__((visibility("default"))) void
rulebook_write_parquet(const rulec::input::TypedTable& table, const std::filesystem::path& path,
                       rulebook::Result<void>& written) {
    written = rulec::input::write(table, path);
}
