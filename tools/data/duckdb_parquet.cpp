#include "tools/data/duckdb_parquet.hpp"

#include <cstdint>
#include <string_view>

#include <fmt/format.h>

#include "tools/data/duckdb_query.hpp"
#include "tools/data/sql_text.hpp"

namespace rulec::input {

using rulebook::Result;

namespace {

// DuckDB holds decimals of up to 38 digits; those of more it makes binary fractions, and DuckDB 1.4
// makes them wrongly.
constexpr std::int64_t kMostDigits = 38;

std::string_view text_at(duckdb_data_chunk chunk, std::uint64_t column, std::uint64_t row) {
    auto* texts = static_cast<duckdb_string_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)));
    return {duckdb_string_t_data(texts + row), duckdb_string_t_length(texts[row])};
}

std::int64_t number_at(duckdb_data_chunk chunk, std::uint64_t column, std::uint64_t row) {
    return static_cast<const std::int64_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk, column)))[row];
}

// The schema is a tree, written from its root down: columns are the root's children, whatever is
// below them.
class Columns {
public:
    // The next node; `children` of it follow.
    void pass(std::string_view name, std::int64_t children, std::int64_t digits) {
        if (open_.empty()) { // a root
            open_.push_back(children);
        } else {
            --open_.back();
            if (open_.size() == 1)
                columns_.push_back({std::string(name), ""});
            if (digits > kMostDigits && columns_.back().unread.empty())
                columns_.back().unread = fmt::format("decimals of {} digits", digits);
            if (children > 0)
                open_.push_back(children);
        }
        while (!open_.empty() && open_.back() == 0)
            open_.pop_back();
    }

    std::vector<SourceColumn> take() { return std::move(columns_); }

private:
    std::vector<std::int64_t> open_; // how many children are still to come, from the root down
    std::vector<SourceColumn> columns_;
};

} // namespace

Result<std::vector<SourceColumn>> parquet_columns(const Link& link, const std::string& pattern,
                                                  const std::string& source) {
    const std::string sql = fmt::format(
        "SELECT name, coalesce(num_children, 0)::BIGINT, coalesce(precision, 0)::BIGINT "
        "FROM parquet_schema({})",
        sql_text(pattern));
    QueryResult result;
    if (duckdb_query(link.connection.get(), sql.c_str(), result.out()) == DuckDBError)
        return query_error(source, duckdb_result_error(result.out()));
    Columns columns;
    while (true) {
        const Chunk chunk(duckdb_fetch_chunk(*result.out()));
        const std::uint64_t size =
            chunk.get() == nullptr ? 0 : duckdb_data_chunk_get_size(chunk.get());
        if (size == 0)
            return columns.take();
        for (std::uint64_t row = 0; row < size; ++row)
            columns.pass(text_at(chunk.get(), 0, row), number_at(chunk.get(), 1, row),
                         number_at(chunk.get(), 2, row));
    }
}

} // namespace rulec::input
