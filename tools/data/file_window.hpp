// A file read from front to back through a window that grows where a record needs it. What
// gzip has packed is unpacked on the way.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <string_view>
#include <utility>
#include <variant>

#include "runtime/value/result.hpp"
#include "tools/data/file_slices.hpp"
#include "tools/data/unpacked_file.hpp"

namespace rulec::input {

class FileWindow {
public:
    // Fails as UnpackedFile does; messages name the file as `path` is written.
    static rulebook::Result<FileWindow> open(const std::filesystem::path& path);
    // Of the file as it stands, which is not unpacked, only the slices. Fails as SlicedFile does.
    static rulebook::Result<FileWindow> open(const std::filesystem::path& path,
                                             std::vector<FileSlice> slices);

    // What was read and not dropped yet. Valid until extend(). kReadableBeyond bytes behind it may
    // be read, whatever they are.
    static constexpr std::size_t kReadableBeyond = 64;
    std::string_view view() const { return {bytes_.get() + first_, last_ - first_}; }
    // Whether the file has nothing beyond view().
    bool at_end() const { return at_end_; }
    // Reads on, at least as much again as view() holds, so that growing to n bytes costs O(n).
    rulebook::Result<void> extend();
    // Forgets the first `count` bytes of view(); older views stay valid.
    void drop(std::size_t count) { first_ += count; }

private:
    using File = std::variant<UnpackedFile, SlicedFile>;
    explicit FileWindow(File file) : file_(std::move(file)) {}
    static rulebook::Result<FileWindow> begin(File file);

    File file_;
    std::unique_ptr<char[]> bytes_;
    std::size_t room_ = 0; // bytes there
    std::size_t first_ = 0;
    std::size_t last_ = 0;
    bool at_end_ = false;
};

} // namespace rulec::input
