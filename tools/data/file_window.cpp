#include "tools/data/file_window.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kFirstRead = std::size_t{1} << 20;

tl::unexpected<rulebook::Error> unreadable(const std::string& path) {
    const int reason = errno;
    return make_error("data.unreadable",
                      fmt::format("{} cannot be read: {}", path, std::strerror(reason)),
                      reason == EACCES ? "check its permissions" : "");
}

} // namespace

Result<FileWindow> FileWindow::open(const std::filesystem::path& path) {
    FileWindow window;
    window.path_ = path.string();
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        return make_error("data.unreadable",
                          fmt::format("{} is a folder, not a file", window.path_),
                          "name the files in it by a pattern, as in file = \"folder/*.csv\"");
    }
    window.file_.reset(std::fopen(window.path_.c_str(), "rb"));
    if (window.file_ == nullptr) {
        return unreadable(window.path_);
    }
    if (auto read = window.extend(); !read.has_value()) {
        return tl::unexpected(read.error());
    }
    return window;
}

Result<void> FileWindow::extend() {
    bytes_.erase(0, first_);
    first_ = 0;
    const std::size_t kept = bytes_.size();
    const std::size_t wanted = std::max(kFirstRead, kept);
    bytes_.resize(kept + wanted);
    const std::size_t got = std::fread(bytes_.data() + kept, 1, wanted, file_.get());
    bytes_.resize(kept + got);
    if (got < wanted) {
        at_end_ = true;
        if (std::ferror(file_.get()) != 0) {
            return unreadable(path_);
        }
    }
    return {};
}

} // namespace rulec::input
