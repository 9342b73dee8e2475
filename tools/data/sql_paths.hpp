// File names inside a query of data.toml.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::input {

// `sql` with the relative file names in it made absolute, as seen from `folder`, in which nothing
// is a pattern: the texts that are the first argument of read_csv, read_parquet and their like
// (also in a list), and those that stand for a table after FROM or JOIN. Other texts, comments and
// quoted names stay as they are.
std::string with_absolute_paths(std::string_view sql, const std::filesystem::path& folder);

// The Parquet files that a query names in those places, and patterns for them. Nothing where it
// computes the name of one: `read_parquet('a' || '.pq')`.
std::optional<std::vector<std::string>> parquet_files_in(std::string_view sql);

} // namespace rulec::input
