#include "tools/data/data_readers.hpp"

#include <optional>
#include <utility>

#include <fmt/format.h>

#include "tools/data/csv_reader.hpp"
#include "tools/data/memory.hpp"
#include "tools/data/source_files.hpp"
#include "tools/data/sql_text.hpp"
#include "tools/data/unpacked_file.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

Result<std::unique_ptr<TableReader>> read_query(DuckdbSession& duckdb, std::string sql,
                                                std::string source,
                                                const std::vector<FieldColumn>& fields,
                                                std::uint64_t most_seconds) {
    const auto names = duckdb.columns_of(sql, source);
    if (!names.has_value()) {
        return tl::unexpected(names.error());
    }
    DuckdbQuery query;
    query.sql = std::move(sql);
    query.source = std::move(source);
    query.most_seconds = most_seconds;
    const auto places = match_columns(fields, *names, query.source, query.absent);
    if (!places.has_value()) {
        return tl::unexpected(places.error());
    }
    for (std::size_t i = 0; i < fields.size(); ++i) {
        const auto& place = (*places)[i];
        query.selected.push_back(
            {fields[i].field, place.has_value() ? std::optional(fields[i].column) : std::nullopt});
    }
    return duckdb.read(std::move(query));
}

} // namespace

Result<DuckdbSession*> DataReaders::session() {
    if (duckdb == nullptr) {
        options.memory = available_memory() / 2;
        auto opened = open_duckdb(options);
        if (!opened.has_value()) {
            return tl::unexpected(opened.error());
        }
        duckdb = std::move(*opened);
    }
    return duckdb.get();
}

Result<std::unique_ptr<TableReader>> DataReaders::query(std::string sql, std::string source,
                                                        const std::vector<FieldColumn>& fields,
                                                        std::uint64_t most_seconds) {
    const auto opened = session();
    if (!opened.has_value()) {
        return tl::unexpected(opened.error());
    }
    return read_query(**opened, std::move(sql), std::move(source), fields, most_seconds);
}

Result<std::unique_ptr<TableReader>> DataReaders::file(const std::string& name,
                                                       const std::vector<FieldColumn>& fields,
                                                       const NestedPlace& place) {
    const auto kind = kind_of(name);
    if (!kind.has_value()) {
        return tl::unexpected(kind.error());
    }
    const auto path = folder() / name;
    switch (*kind) {
    case FileKind::Csv:
        return open_csv(path, name, fields);
    case FileKind::Parquet:
        if (auto regular = check_regular_file(path); !regular.has_value()) {
            return tl::unexpected(regular.error());
        }
        return query(fmt::format("SELECT * FROM read_parquet({})", sql_text(path.string())), name,
                     fields);
    case FileKind::Ndjson:
        return open_ndjson(path, name, fields, place);
    }
    return make_error("data.kind", name);
}

} // namespace rulec::input
