#include "tools/data/duckdb_query.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/format.h>

#include "tools/data/sql_text.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

// The parsed statement as JSON, as json_serialize_sql gives it; it takes SELECT only.
std::string parsed(const Link& link, const std::string& sql) {
    QueryResult result;
    const std::string call = fmt::format("SELECT json_serialize_sql({})", sql_text(sql));
    if (duckdb_query(link.connection.get(), call.c_str(), result.out()) == DuckDBError) {
        return {};
    }
    const Chunk chunk(duckdb_fetch_chunk(*result.out()));
    if (chunk.get() == nullptr || duckdb_data_chunk_get_size(chunk.get()) == 0) {
        return {};
    }
    auto* texts = static_cast<duckdb_string_t*>(
        duckdb_vector_get_data(duckdb_data_chunk_get_vector(chunk.get(), 0)));
    return {duckdb_string_t_data(texts), duckdb_string_t_length(*texts)};
}

struct ChangingPart {
    std::string_view in_tree; // in the JSON of the parsed statement
    std::string_view shown;
};

constexpr std::array<ChangingPart, 17> kChangingParts = {{
    {R"("function_name":"random")", "random()"},
    {R"("function_name":"now")", "now()"},
    {R"("function_name":"today")", "today()"},
    {R"("function_name":"uuid")", "uuid()"},
    {R"("function_name":"uuidv4")", "uuidv4()"},
    {R"("function_name":"uuidv7")", "uuidv7()"},
    {R"("function_name":"gen_random_uuid")", "gen_random_uuid()"},
    {R"("function_name":"transaction_timestamp")", "transaction_timestamp()"},
    {R"("function_name":"current_localtimestamp")", "current_localtimestamp()"},
    {R"("function_name":"get_current_timestamp")", "current_timestamp"},
    {R"("function_name":"get_current_time")", "current_time"},
    {R"("function_name":"current_date")", "current_date"},
    {R"("column_names":["current_timestamp"])", "current_timestamp"},
    {R"("column_names":["current_date"])", "current_date"},
    {R"("column_names":["current_time"])", "current_time"},
    {R"("column_names":["localtimestamp"])", "localtimestamp"},
    {R"("sample":{)", "using sample"},
}};

} // namespace

tl::unexpected<rulebook::Error> query_error(const std::string& source, const char* message) {
    const std::string text = first_line(message);
    const bool forbidden = text.find("disabled by configuration") != std::string::npos;
    return make_error("data.query", fmt::format("{}: {}", source, text),
                      forbidden ? "a query may read the files of the data folder only" : "");
}

Result<Prepared> prepare_select(const Link& link, const std::string& sql,
                                const std::string& source) {
    Statements statements;
    const auto count =
        duckdb_extract_statements(link.connection.get(), sql.c_str(), statements.out());
    if (count == 0) {
        const char* message = duckdb_extract_statements_error(statements.get());
        return query_error(source, message == nullptr ? "the query is empty" : message);
    }
    if (count > 1 || !parsed(link, sql).starts_with(R"({"error":false)")) {
        return make_error("data.query", fmt::format("{}: the query must be one SELECT", source));
    }
    Prepared prepared;
    const auto state = duckdb_prepare_extracted_statement(link.connection.get(), statements.get(),
                                                          0, prepared.out());
    if (state == DuckDBError) {
        return query_error(source, duckdb_prepare_error(prepared.get()));
    }
    return prepared;
}

std::vector<std::string> changing_parts(const Link& link, const std::string& sql) {
    const std::string tree = parsed(link, sql);
    std::vector<std::string> parts;
    for (const ChangingPart& part : kChangingParts) {
        if (tree.find(part.in_tree) != std::string::npos &&
            std::ranges::find(parts, part.shown) == parts.end()) {
            parts.emplace_back(part.shown);
        }
    }
    return parts;
}

} // namespace rulec::input
