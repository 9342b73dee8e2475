// data.toml: where tables come from and how their columns are to be read.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulec::input {

enum class PercentScale {
    Unstated,
    Whole,    // 12.5 means 12.5%
    Fraction, // 0.125 means 12.5%
};

enum class DateStandsFor {
    Start, // its first instant in the zone
    End,   // its last microsecond
};

struct ColumnMap {
    std::string field;
    std::string column; // name in the source
    std::string format; // of dates and times, strptime style; empty: ISO 8601
    PercentScale percent = PercentScale::Unstated;
    DateStandsFor date = DateStandsFor::Start;
    bool round =
        false; // more decimals than the field has are rounded half to even, instead of rejected
    std::vector<std::string> settings; // the names of those that are stated, without `column`
};

struct TableMap {
    std::string table;
    std::string file; // a pattern relative to the data folder; empty: TABLE.csv and so on
    std::string sql;  // a query instead of a file; empty: none
    std::vector<std::string> nulls; // what else than an empty cell stands for a missing value
    std::vector<ColumnMap> columns; // fields that are not here stand under their own names

    const ColumnMap* find(std::string_view field) const;
};

struct DataMap {
    std::string source; // the file it came from, for messages; empty: there was none
    std::string taken_at;
    std::string timezone;
    std::uint64_t query_minutes = 10; // the longest that a query may take
    std::vector<std::string> ignore;  // files of the folder that are no table on purpose
    std::vector<TableMap> tables;

    const TableMap* find(std::string_view table) const;
};

// All that says where records are and how cells are read, but for `taken_at`: alike where it is.
std::string reading_text(const DataMap& map);

// `text` is TOML; `source` names it in messages. Fails with code "data.map" on anything that it
// does not know, naming the place and what could stand there. Does not know tables and fields: see
// check_data_map (data_source.hpp).
rulebook::Result<DataMap> parse_data_map(std::string_view text, const std::string& source);

// The file `explicit_map`, else data.toml in the folder `data` or beside the file `data`, else an
// empty map.
rulebook::Result<DataMap> load_data_map(const std::filesystem::path& data,
                                        const std::optional<std::filesystem::path>& explicit_map);

} // namespace rulec::input
