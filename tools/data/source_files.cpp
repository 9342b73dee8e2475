#include "tools/data/source_files.hpp"

#include <glob.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include "runtime/value/ascii.hpp"
#include "tools/data/literal_pattern.hpp"

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

struct Ending {
    std::string_view text;
    FileKind kind;
    bool is_default; // looked for where data.toml names no file
};

constexpr std::array<Ending, 9> kEndings = {{
    {".csv", FileKind::Csv, true},
    {".tsv", FileKind::Csv, true},
    {".txt", FileKind::Csv, false},
    {".tab", FileKind::Csv, false},
    {".parquet", FileKind::Parquet, true},
    {".pq", FileKind::Parquet, false},
    {".ndjson", FileKind::Ndjson, true},
    {".jsonl", FileKind::Ndjson, true},
    {".json", FileKind::Ndjson, false},
}};

constexpr std::size_t kFilesShown = 20;

std::string files_there(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        names.push_back(entry.path().filename().string());
    }
    std::ranges::sort(names);
    const bool more = names.size() > kFilesShown;
    names.resize(std::min(names.size(), kFilesShown));
    return names.empty() ? "the folder is empty"
                         : fmt::format("it has {}{}", fmt::join(names, ", "), more ? ", ..." : "");
}

std::vector<std::string> glob_files(const std::filesystem::path& folder,
                                    const std::string& pattern) {
    const std::string full = literal_pattern(folder.string()) + "/" + pattern;
    glob_t found{};
    const int status = glob(full.c_str(), GLOB_NOESCAPE, nullptr, &found);
    const std::unique_ptr<glob_t, decltype(&globfree)> freed(&found, globfree);
    std::vector<std::string> names;
    for (std::size_t i = 0; status == 0 && i < found.gl_pathc; ++i) {
        names.push_back(std::filesystem::path(found.gl_pathv[i]).lexically_relative(folder));
    }
    std::ranges::sort(names);
    return names;
}

constexpr std::string_view kPacked = ".gz";

} // namespace

bool is_duckdb_name(std::string_view name) {
    const std::string lower = rulebook::lower_ascii(name);
    return lower.ends_with(".duckdb") || lower.ends_with(".ddb") || lower.ends_with(".db");
}

Result<FileKind> kind_of(std::string_view name) {
    std::string lower = rulebook::lower_ascii(name);
    const bool packed = lower.ends_with(kPacked);
    if (packed) {
        lower.resize(lower.size() - kPacked.size());
    }
    const auto found = std::ranges::find_if(kEndings, [&](const Ending& ending) {
        return lower.ends_with(ending.text) && !(packed && ending.kind == FileKind::Parquet);
    });
    if (found == kEndings.end()) {
        return make_error("data.kind", fmt::format("{} is of no kind that can be read", name),
                          "name it .csv, .tsv, .parquet or .ndjson; or read it by 'sql'");
    }
    return found->kind;
}

std::vector<std::string> data_files(const std::filesystem::path& folder) {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        std::string name = entry.path().filename().string();
        if (kind_of(name).has_value() && entry.is_regular_file(error)) {
            names.push_back(std::move(name));
        }
    }
    std::ranges::sort(names);
    return names;
}

std::vector<std::string> default_files(const std::filesystem::path& folder,
                                       std::string_view table) {
    std::vector<std::string> names;
    for (const Ending& ending : kEndings) {
        if (!ending.is_default) {
            continue;
        }
        const bool is_text = ending.kind != FileKind::Parquet;
        for (const std::string_view packed : {std::string_view(), kPacked}) {
            std::string name = fmt::format("{}{}{}", table, ending.text, packed);
            std::error_code error;
            if ((packed.empty() || is_text) && std::filesystem::exists(folder / name, error)) {
                names.push_back(std::move(name));
            }
        }
    }
    return names;
}

Result<std::string> default_file(const std::filesystem::path& folder, std::string_view table) {
    std::vector<std::string> names = default_files(folder, table);
    if (names.empty()) {
        return make_error(
            "data.no_file",
            fmt::format("{} has no {}.csv, .tsv, .parquet or .ndjson", folder.string(), table),
            fmt::format("{}; data.toml can say: [{}] file = \"...\"", files_there(folder), table));
    }
    if (names.size() > 1) {
        return make_error("data.ambiguous",
                          fmt::format("{} could be read from {}", table, fmt::join(names, " or ")),
                          fmt::format("say in data.toml: [{}] file = \"{}\"", table, names[0]));
    }
    return std::move(names[0]);
}

Result<std::vector<std::string>> matching_files(const std::filesystem::path& folder,
                                                const std::string& pattern) {
    const std::filesystem::path path(pattern);
    if (path.is_absolute() || std::ranges::find(path, "..") != path.end()) {
        return make_error("data.map", fmt::format("file = \"{}\" leaves the data folder", pattern),
                          "it is relative to the folder that --data names");
    }
    std::error_code error;
    if (std::filesystem::exists(folder / path, error)) {
        return std::vector<std::string>{pattern};
    }
    std::vector<std::string> names = glob_files(folder, pattern);
    if (names.empty()) {
        return make_error("data.no_file",
                          fmt::format("nothing in {} is called \"{}\"", folder.string(), pattern),
                          files_there(folder));
    }
    return names;
}

} // namespace rulec::input
