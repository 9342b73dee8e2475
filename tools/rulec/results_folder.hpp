// The folder that a run writes into: never over what somebody else put there.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulec::tool {

// Fails with results.folder where `out` is, links and `..` followed, one of the folders that the
// run reads (`read_from`): the rulebook's and the data's.
rulebook::Result<void> check_results_folder(const std::filesystem::path& out,
                                            std::span<const std::filesystem::path> read_from);

struct ResultFile {
    std::string name; // "accounts.csv"; of a series "2026-01-31/accounts.csv"
    std::string content;
    // Where it is there: writes the content instead, see FileToWrite.
    std::function<rulebook::Result<void>(const std::filesystem::path& aside)> fill{};
};

// Writes the files, run.json among them, into `out`, which is made if need be: all or none. Files
// that a run of before wrote there, as its run.json or series.json says, and that are not among
// `files` are removed then. Fails with results.foreign, and changes nothing, where a file of such a
// name is there that no run wrote, or is one of those that were read, with results.in_use where
// another process is doing the same; else as write_files does.
rulebook::Result<void> write_results(const std::filesystem::path& out,
                                     std::span<const ResultFile> files,
                                     std::span<const std::filesystem::path> were_read);

} // namespace rulec::tool
