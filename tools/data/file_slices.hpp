// A file of which only some records are read. Internal to this folder, but for FileSlice.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulec::input {

// Whole records that stand one behind the other.
struct FileSlice {
    std::uint64_t offset = 0;
    std::uint64_t bytes = 0;
    std::uint64_t first_row = 0; // number of the first record in the file
    std::uint64_t records = 0;   // 0: the head

    friend bool operator==(const FileSlice&, const FileSlice&) = default;
};

// By the file's name; of others everything is read.
using SlicesOfFiles = std::map<std::string, std::vector<FileSlice>, std::less<>>;

// The slices' bytes one behind the other, as if they were the file.
class SlicedFile {
public:
    // Fails with "data.unreadable".
    static rulebook::Result<SlicedFile> open(const std::filesystem::path& path,
                                             std::vector<FileSlice> slices);

    // How many of `wanted` bytes it wrote: fewer only where the slices end. Fails with
    // "data.unreadable", also where the file has become shorter.
    rulebook::Result<std::size_t> read(char* to, std::size_t wanted);

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };
    SlicedFile(std::string path, std::vector<FileSlice> slices)
        : path_(std::move(path)), slices_(std::move(slices)) {}

    std::string path_;
    std::vector<FileSlice> slices_;
    std::unique_ptr<std::FILE, Close> file_;
    std::size_t slice_ = 0;
    std::uint64_t passed_ = 0; // bytes of it
};

// The numbers of the records that are read, one after the other.
class RowNumbers {
public:
    // Of all records: 1, 2, …
    RowNumbers() = default;
    explicit RowNumbers(std::vector<FileSlice> slices) : slices_(std::move(slices)) {}

    std::uint64_t next();

private:
    std::vector<FileSlice> slices_;
    std::size_t slice_ = 0;  // the next one
    std::uint64_t left_ = 0; // records of the one before
    std::uint64_t row_ = 0;
};

} // namespace rulec::input
