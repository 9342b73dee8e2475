// A file read from front to back through a window that grows where a record needs it.
#pragma once

#include <cstddef>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::input {

class FileWindow {
public:
    // Fails with code "data.unreadable"; messages name the file as `path` is written.
    static rulebook::Result<FileWindow> open(const std::filesystem::path& path);

    // What was read and not dropped yet. Valid until extend().
    std::string_view view() const { return std::string_view(bytes_).substr(first_); }
    // Whether the file has nothing beyond view().
    bool at_end() const { return at_end_; }
    // Reads on, at least as much again as view() holds, so that growing to n bytes costs O(n).
    rulebook::Result<void> extend();
    // Forgets the first `count` bytes of view(); older views stay valid.
    void drop(std::size_t count) { first_ += count; }

private:
    struct Close {
        void operator()(std::FILE* file) const { std::fclose(file); }
    };

    std::unique_ptr<std::FILE, Close> file_;
    std::string path_;
    std::string bytes_;
    std::size_t first_ = 0;
    bool at_end_ = false;
};

} // namespace rulec::input
