#include "tools/data/file_window.hpp"

#include <algorithm>

namespace rulec::input {

using rulebook::Result;

namespace {

constexpr std::size_t kFirstRead = std::size_t{1} << 20;

} // namespace

Result<FileWindow> FileWindow::open(const std::filesystem::path& path) {
    auto file = UnpackedFile::open(path);
    if (!file.has_value()) {
        return tl::unexpected(file.error());
    }
    return begin(std::move(*file));
}

Result<FileWindow> FileWindow::open(const std::filesystem::path& path,
                                    std::vector<FileSlice> slices) {
    auto file = SlicedFile::open(path, std::move(slices));
    if (!file.has_value()) {
        return tl::unexpected(file.error());
    }
    return begin(std::move(*file));
}

Result<FileWindow> FileWindow::begin(File file) {
    FileWindow window(std::move(file));
    if (auto read = window.extend(); !read.has_value()) {
        return tl::unexpected(read.error());
    }
    return window;
}

Result<void> FileWindow::extend() {
    const std::size_t kept = last_ - first_;
    const std::size_t wanted = std::max(kFirstRead, kept);
    const std::size_t room = kept + wanted + kReadableBeyond;
    if (room > room_) {
        room_ = room + room / 8; // what is kept differs from time to time
        auto larger = std::make_unique_for_overwrite<char[]>(room_);
        std::copy_n(bytes_.get() + first_, kept, larger.get());
        bytes_ = std::move(larger);
    } else {
        std::copy_n(bytes_.get() + first_, kept, bytes_.get()); // towards the front
    }
    first_ = 0;
    const auto got =
        std::visit([&](auto& file) { return file.read(bytes_.get() + kept, wanted); }, file_);
    last_ = kept + got.value_or(0);
    std::fill_n(bytes_.get() + last_, kReadableBeyond, '\0');
    at_end_ = !got.has_value() || *got < wanted;
    return got.has_value() ? Result<void>() : tl::unexpected(got.error());
}

} // namespace rulec::input
