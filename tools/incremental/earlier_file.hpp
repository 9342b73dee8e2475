// A file that an earlier run wrote, held open: whatever takes its place meanwhile, it stays the
// same.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>

#include "runtime/value/result.hpp"
#include "tools/incremental/file_checksum.hpp"

namespace rulec::incremental {

// One thread at a time.
class EarlierFile {
public:
    // Fails with "file.missing" and "file.unreadable": also where it is no regular file, which
    // could go on for ever.
    static rulebook::Result<EarlierFile> open(const std::filesystem::path& path);

    // Under this name it can be opened again as long as this lives.
    std::filesystem::path path() const;
    // Each reads it from its start. Fail with "file.unreadable".
    rulebook::Result<std::string> content() const;
    rulebook::Result<FileChecksum> checksum() const;

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    explicit EarlierFile(std::FILE* file) : file_(file) {}
    rulebook::Result<void> go_to_start() const;

    std::unique_ptr<std::FILE, Close> file_;
};

} // namespace rulec::incremental
