#include "tools/data/duckdb_handles.hpp"

#include <string_view>
#include <vector>

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

Result<std::shared_ptr<Link>> open_link(const std::string& path) {
    std::vector<std::pair<const char*, const char*>> settings = {
        {"threads", "1"},
        {"autoinstall_known_extensions", "false"},
        {"autoload_known_extensions", "false"},
        {"allow_community_extensions", "false"},
    };
    if (!path.empty()) {
        settings.emplace_back("access_mode", "READ_ONLY");
    }
    Config config;
    duckdb_create_config(config.out());
    for (const auto& [name, value] : settings) {
        if (duckdb_set_config(config.get(), name, value) == DuckDBError) {
            return make_error("data.duckdb", fmt::format("DuckDB knows no setting {}", name));
        }
    }
    auto link = std::make_shared<Link>();
    Text error;
    if (duckdb_open_ext(path.empty() ? nullptr : path.c_str(), link->database.out(), config.get(),
                        error.out()) == DuckDBError) {
        return make_error("data.duckdb", first_line(error.get()),
                          path.empty() ? "" : "is it a DuckDB file, and is nobody writing to it?");
    }
    if (duckdb_connect(link->database.get(), link->connection.out()) == DuckDBError) {
        return make_error("data.duckdb", "DuckDB gives no connection");
    }
    return link;
}

} // namespace rulec::input
