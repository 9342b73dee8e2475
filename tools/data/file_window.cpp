#include "tools/data/file_window.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <zlib.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;

namespace {

constexpr std::size_t kFirstRead = std::size_t{1} << 20;
constexpr unsigned kZlibBuffer = 1U << 18U;

tl::unexpected<rulebook::Error> unreadable(const std::string& path) {
    const int reason = errno;
    return make_error("data.unreadable",
                      fmt::format("{} cannot be read: {}", path, std::strerror(reason)),
                      reason == EACCES ? "check its permissions" : "");
}

// What zlib says of the file; a system's fault, or bytes that it cannot unpack.
Result<void> check_unpacked(gzFile_s* file, const std::string& path) {
    int fault = Z_OK;
    const char* message = gzerror(file, &fault);
    if (fault == Z_OK || fault == Z_STREAM_END) {
        return {};
    }
    if (fault == Z_ERRNO) {
        return unreadable(path);
    }
    return make_error("data.unreadable",
                      fmt::format("{} is damaged: {}", path,
                                  fault == Z_BUF_ERROR ? "it ends too early" : message),
                      "export it again");
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
    // What is not packed is handed on as it is.
    window.file_.reset(gzopen(window.path_.c_str(), "rb"));
    if (window.file_ == nullptr) {
        return unreadable(window.path_);
    }
    gzbuffer(window.file_.get(), kZlibBuffer);
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
    const std::size_t got = gzfread(bytes_.get() + kept, 1, wanted, file_.get());
    last_ = kept + got;
    std::fill_n(bytes_.get() + last_, kReadableBeyond, '\0');
    if (got < wanted) {
        at_end_ = true;
        return check_unpacked(file_.get(), path_);
    }
    return {};
}

void FileWindow::Close::operator()(gzFile_s* file) const {
    gzclose(file);
}

} // namespace rulec::input
