// Writes files whole or not at all.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::tool {

// Once remove_asides_on_signals (aside_names.hpp) was called, a signal that ends the process leaves
// nothing half-written either, and never some files of before beside some new ones.

// Written aside in the same folder, flushed to the disk, then renamed over `path`. On an error
// (file.unwritable, with the system's reason) `path` is as it was and nothing is left beside it.
rulebook::Result<void> write_file(const std::filesystem::path& path, std::string_view bytes);

// Removes from the folder what processes that were killed had written aside there; what a living
// one is writing stays.
void remove_unfinished(const std::filesystem::path& folder);

struct FileToWrite {
    std::filesystem::path path;
    std::string_view bytes;
    // Where it is there: writes the content into the file that it is given, instead of `bytes`, so
    // that large files need not be held in memory.
    std::function<rulebook::Result<void>(const std::filesystem::path& aside)> fill{};
};

// The same for files that belong together: none takes its place before all are on the disk.
// `records`, which tell of what is there, are removed before the first one does: a process that is
// killed in between leaves none that tells of other files than are there.
rulebook::Result<void> write_files(std::span<const FileToWrite> files,
                                   std::span<const std::filesystem::path> records = {});

// Whether a file of this name is one that write_files had not finished, of `name`.
bool is_unfinished(std::string_view file, std::string_view name);

} // namespace rulec::tool
