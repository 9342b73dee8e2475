#include "tools/data/duckdb_handles.hpp"

#include <array>
#include <string_view>

#include <fmt/format.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

std::string first_line(const char* message) {
    const std::string_view text = message == nullptr ? "no message" : message;
    return std::string(text.substr(0, text.find('\n')));
}

Result<void> run(const Link& link, const std::string& sql) {
    QueryResult result;
    if (duckdb_query(link.connection.get(), sql.c_str(), result.out()) == DuckDBError) {
        return make_error("data.duckdb", first_line(duckdb_result_error(result.out())));
    }
    return {};
}

Result<std::shared_ptr<Link>> open_link() {
    static constexpr std::array<std::pair<const char*, const char*>, 4> kSettings = {{
        {"threads", "1"},
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
    }};
    Config config;
    duckdb_create_config(config.out());
    for (const auto& [name, value] : kSettings) {
        if (duckdb_set_config(config.get(), name, value) == DuckDBError) {
            return make_error("data.duckdb", fmt::format("DuckDB knows no setting {}", name));
        }
    }
    auto link = std::make_shared<Link>();
    Text error;
    if (duckdb_open_ext(nullptr, link->database.out(), config.get(), error.out()) == DuckDBError) {
        return make_error("data.duckdb", first_line(error.get()));
    }
    if (duckdb_connect(link->database.get(), link->connection.out()) == DuckDBError) {
        return make_error("data.duckdb", "DuckDB gives no connection");
    }
    return link;
}

} // namespace rulec::input
