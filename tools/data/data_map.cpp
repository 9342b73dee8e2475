#include "tools/data/data_map.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <span>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <toml++/toml.h>

#include "runtime/value/nearest_name.hpp"

namespace rulec::input {
namespace {

using rulebook::Error;
using rulebook::make_error;
using rulebook::Result;

std::string place(const std::string& source, const toml::source_region& region) {
    return fmt::format("{}:{}:{}", source, region.begin.line, region.begin.column);
}

constexpr std::array<std::string_view, 4> kTableSettings = {"file", "sql", "null", "columns"};

// The walk over the parsed file. The first fault ends it; it is kept until the walk comes back.
class MapReader {
public:
    explicit MapReader(const std::string& source) : source_(source) {}

    Result<DataMap> read(const toml::table& root) {
        DataMap map;
        map.source = source_;
        for (const auto& [key, node] : root) {
            if (key == "taken_at") {
                map.taken_at = text_or_date(key.str(), node);
            } else if (key == "timezone") {
                map.timezone = text(key.str(), node);
            } else if (key == "query_minutes") {
                map.query_minutes = minutes(key.str(), node, map.query_minutes);
            } else if (key == "ignore") {
                map.ignore = texts(key.str(), node);
            } else if (const auto* settled = std::ranges::find(kTableSettings, key.str());
                       settled != kTableSettings.end()) {
                fail(key.source(), fmt::format("'{}' belongs to a table of the data", key.str()),
                     fmt::format("write it below the table's name, such as [users], one line: {} = "
                                 "...",
                                 key.str()));
            } else {
                map.tables.push_back(table(key.str(), node));
            }
        }
        if (fault_.has_value()) {
            return tl::unexpected<Error>(*fault_);
        }
        return map;
    }

private:
    void fail(const toml::source_region& region, const std::string& message, std::string help) {
        if (!fault_.has_value()) {
            fault_ = Error{"data.map", place(source_, region) + ": " + message, std::move(help)};
        }
    }

    void fail_unknown_key(const toml::key& key, std::string_view where,
                          std::span<const std::string_view> known) {
        const auto meant = rulebook::nearest_name(key.str(), known);
        fail(key.source(), fmt::format("{} has no setting '{}'", where, key.str()),
             meant.has_value() ? fmt::format("did you mean '{}'?", *meant)
                               : fmt::format("it has {}", fmt::join(known, ", ")));
    }

    std::string text(std::string_view key, const toml::node& node) {
        if (const auto* string = node.as_string()) {
            return string->get();
        }
        fail(node.source(), fmt::format("'{}' takes a text in quotes", key), "");
        return {};
    }

    std::string filled_text(std::string_view key, const toml::node& node) {
        std::string result = text(key, node);
        if (result.empty()) {
            fail(node.source(), fmt::format("'{}' is empty", key), "");
        }
        return result;
    }

    std::string text_or_date(std::string_view key, const toml::node& node) {
        if (node.is_date() || node.is_date_time()) {
            std::ostringstream written;
            node.visit([&](const auto& each) {
                if constexpr (toml::is_date<decltype(each)> || toml::is_date_time<decltype(each)>) {
                    written << each.get();
                }
            });
            return written.str();
        }
        return text(key, node);
    }

    std::vector<std::string> texts(std::string_view key, const toml::node& node) {
        std::vector<std::string> result;
        const auto* array = node.as_array();
        if (array == nullptr) {
            return {text(key, node)};
        }
        for (const auto& each : *array) {
            result.push_back(text(key, each));
        }
        return result;
    }

    TableMap table(std::string_view name, const toml::node& node) {
        TableMap map;
        map.table = name;
        if (node.is_string()) { // users = "select ..."
            map.sql = filled_text(name, node);
            return map;
        }
        const auto* settings = node.as_table();
        if (settings == nullptr) {
            fail(node.source(), fmt::format("'{}' takes a table of settings or a query", name),
                 fmt::format("write [{}] and its settings below", name));
            return map;
        }
        for (const auto& [key, value] : *settings) {
            if (key == "file") {
                map.file = filled_text(key.str(), value);
            } else if (key == "sql") {
                map.sql = filled_text(key.str(), value);
            } else if (key == "null") {
                map.nulls = texts(key.str(), value);
            } else if (key == "columns") {
                map.columns = columns(name, value);
            } else {
                fail_unknown_key(key, fmt::format("[{}]", name), kTableSettings);
            }
        }
        if (!map.file.empty() && !map.sql.empty()) {
            fail(settings->source(), fmt::format("[{}] has both 'file' and 'sql'", name),
                 "keep one of them; a query can read the file itself: read_csv('...')");
        }
        return map;
    }

    std::vector<ColumnMap> columns(std::string_view table, const toml::node& node) {
        std::vector<ColumnMap> result;
        const auto* fields = node.as_table();
        if (fields == nullptr) {
            fail(node.source(), fmt::format("[{}.columns] takes field = \"column\" lines", table),
                 "");
            return result;
        }
        for (const auto& [field, value] : *fields) {
            result.push_back(column(field.str(), value));
        }
        return result;
    }

    ColumnMap column(std::string_view field, const toml::node& node) {
        ColumnMap map;
        map.field = field;
        map.column = field;
        const auto* settings = node.as_table();
        if (settings == nullptr) {
            map.column = filled_text(field, node);
            return map;
        }
        static constexpr std::array<std::string_view, 5> kKnown = {"column", "format", "percent",
                                                                   "date", "round"};
        for (const auto& [key, value] : *settings) {
            if (key == "column") {
                map.column = filled_text(key.str(), value);
            } else if (key == "format") {
                map.format = text(key.str(), value);
            } else if (key == "percent") {
                map.percent = choice(key.str(), value, "whole", PercentScale::Whole, "fraction",
                                     PercentScale::Fraction, map.percent);
            } else if (key == "date") {
                map.date = choice(key.str(), value, "start", DateStandsFor::Start, "end",
                                  DateStandsFor::End, map.date);
            } else if (key == "round") {
                map.round = truth(key.str(), value);
            } else {
                fail_unknown_key(key, fmt::format("column '{}'", field), kKnown);
            }
            if (key != "column") {
                map.settings.emplace_back(key.str());
            }
        }
        return map;
    }

    template <class Enum>
    Enum choice(std::string_view key, const toml::node& node, std::string_view first_name,
                Enum first, std::string_view second_name, Enum second, Enum fallback) {
        const std::string given = node.is_string() ? text(key, node) : "";
        if (given == first_name) {
            return first;
        }
        if (given == second_name) {
            return second;
        }
        fail(node.source(),
             fmt::format("'{}' takes \"{}\" or \"{}\"", key, first_name, second_name), "");
        return fallback;
    }

    std::uint64_t minutes(std::string_view key, const toml::node& node, std::uint64_t fallback) {
        constexpr std::int64_t kWeek = std::int64_t{7} * 24 * 60;
        const auto* number = node.as_integer();
        if (number != nullptr && number->get() >= 1 && number->get() <= kWeek) {
            return static_cast<std::uint64_t>(number->get());
        }
        fail(node.source(), fmt::format("'{}' takes a whole number from 1 to {}", key, kWeek), "");
        return fallback;
    }

    bool truth(std::string_view key, const toml::node& node) {
        if (const auto* boolean = node.as_boolean()) {
            return boolean->get();
        }
        fail(node.source(), fmt::format("'{}' takes true or false", key), "");
        return false;
    }

    const std::string& source_;
    std::optional<Error> fault_;
};

} // namespace

const ColumnMap* TableMap::find(std::string_view field) const {
    const auto found = std::ranges::find(columns, field, &ColumnMap::field);
    return found == columns.end() ? nullptr : &*found;
}

const TableMap* DataMap::find(std::string_view table) const {
    const auto found = std::ranges::find(tables, table, &TableMap::table);
    return found == tables.end() ? nullptr : &*found;
}

namespace {

// The parser bounds how deep values nest, not how many parts a dotted key has, and follows them by
// recursion.
constexpr std::ptrdiff_t kMostKeyParts = 1'000;

// The line with a key of more parts, from 1; nothing where there is none. What looks like one
// inside a text of several lines counts, too.
std::optional<std::size_t> line_of_endless_key(std::string_view text) {
    for (std::size_t number = 1; !text.empty(); ++number) {
        const std::string_view line = text.substr(0, text.find('\n'));
        if (std::ranges::count(line.substr(0, line.find('=')), '.') >= kMostKeyParts)
            return number;
        text.remove_prefix(std::min(text.size(), line.size() + 1));
    }
    return std::nullopt;
}

} // namespace

Result<DataMap> parse_data_map(std::string_view text, const std::string& source) {
    if (const auto line = line_of_endless_key(text))
        return make_error("data.map", fmt::format("{}:{}: a key has more than {} parts", source,
                                                  *line, kMostKeyParts));
    try {
        return MapReader(source).read(toml::parse(text, source));
    } catch (const toml::parse_error& error) {
        return make_error("data.map",
                          fmt::format("{}: {}", place(source, error.source()), error.description()),
                          "the file is TOML: name = \"text in quotes\", sections in [brackets]");
    } catch (const std::exception& error) {
        return make_error("data.map", fmt::format("{}: {}", source, error.what()));
    }
}

// Texts with their lengths, so that no two lists give the same.
std::string reading_text(const DataMap& map) {
    std::string text;
    const auto add = [&](std::string_view part) {
        text += fmt::format("{}:{},", part.size(), part);
    };
    const auto add_all = [&](const std::vector<std::string>& parts) {
        add(std::to_string(parts.size()));
        std::ranges::for_each(parts, add);
    };
    add(map.timezone);
    add(std::to_string(map.tables.size()));
    for (const TableMap& table : map.tables) {
        for (const std::string* part : {&table.table, &table.file, &table.sql})
            add(*part);
        add_all(table.nulls);
        add(std::to_string(table.columns.size()));
        for (const ColumnMap& column : table.columns) {
            for (const std::string* part : {&column.field, &column.column, &column.format})
                add(*part);
            add(fmt::format("{} {} {}", static_cast<int>(column.percent),
                            static_cast<int>(column.date), column.round));
            add_all(column.settings);
        }
    }
    return text;
}

Result<DataMap> load_data_map(const std::filesystem::path& data,
                              const std::optional<std::filesystem::path>& explicit_map) {
    std::error_code error;
    const auto folder = std::filesystem::is_regular_file(data, error) ? data.parent_path() : data;
    const std::filesystem::path path = explicit_map.value_or(folder / "data.toml");
    const auto status = std::filesystem::status(path, error);
    if (!explicit_map.has_value() && status.type() == std::filesystem::file_type::not_found) {
        return DataMap{};
    }
    if (status.type() == std::filesystem::file_type::not_found) {
        return make_error("data.map", fmt::format("there is no file {}", path.string()),
                          "--map takes the path of a data.toml");
    }
    if (status.type() != std::filesystem::file_type::regular) {
        return make_error("data.map", fmt::format("{} is not a file", path.string()),
                          "--map takes the path of a data.toml");
    }
    std::ifstream file(path, std::ios::binary);
    std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
    if (!file.is_open() || file.bad()) {
        return make_error("data.map", fmt::format("{} cannot be read", path.string()),
                          "check its permissions");
    }
    return parse_data_map(text, path.string());
}

} // namespace rulec::input
