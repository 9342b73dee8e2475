// Finds and loads librulebook_duckdb.so.
#include <dlfcn.h>

#include <array>
#include <string_view>

#include <fmt/format.h>

#include "tools/data/duckdb_session.hpp"

namespace rulec::input {
namespace {

constexpr const char* kLibrary = "librulebook_duckdb.so";

// Folders where it may lie, seen from the program's own: programs are in bin, tests in tests/bin;
// and where programs are installed.
constexpr std::array<std::string_view, 4> kFolders = {"../lib", "../../lib", "../lib/rulebook",
                                                      "."};

rulebook::Result<std::filesystem::path> library_path() {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
    for (const std::string_view folder : kFolders) {
        auto path = (program / folder / kLibrary).lexically_normal();
        if (std::filesystem::exists(path, error)) {
            return path;
        }
    }
    return rulebook::make_error(
        "data.duckdb", fmt::format("{} is not beside {}", kLibrary, program.string()),
        "Parquet files, DuckDB files and queries need it; CSV and NDJSON do not");
}

// What the library exports under a name.
rulebook::Result<void*> exported(const char* name) {
    const auto path = library_path();
    if (!path.has_value()) {
        return tl::unexpected(path.error());
    }
    // Never closed: readers and Arrow batches live on code in it.
    void* library = dlopen(path->c_str(), RTLD_NOW | RTLD_LOCAL);
    void* symbol = library == nullptr ? nullptr : dlsym(library, name);
    if (symbol == nullptr) {
        return rulebook::make_error("data.duckdb", fmt::format("cannot load {}", dlerror()),
                                    "tools/setup installs DuckDB; then build again");
    }
    return symbol;
}

} // namespace

OpenedDuckdb open_duckdb(const DuckdbOptions& options) {
    const auto open = exported(kOpenDuckdb);
    if (!open.has_value()) {
        return tl::unexpected(open.error());
    }
    OpenedDuckdb opened;
    reinterpret_cast<OpenDuckdb>(*open)(options, opened);
    return opened;
}

} // namespace rulec::input
