#include "tools/rulec/read_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using rulebook::make_error;
using rulebook::Result;

class OpenFile {
public:
    // Non-blocking: opening a pipe that nobody writes to would wait for ever.
    explicit OpenFile(const fs::path& path)
        : descriptor_(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)) {}
    OpenFile(const OpenFile&) = delete;
    OpenFile& operator=(const OpenFile&) = delete;
    ~OpenFile() {
        if (descriptor_ >= 0)
            ::close(descriptor_);
    }
    int descriptor() const { return descriptor_; }

private:
    int descriptor_;
};

tl::unexpected<rulebook::Error> system_error(int number) {
    return make_error(number == ENOENT ? "file.missing" : "file.unreadable", std::strerror(number));
}

tl::unexpected<rulebook::Error> too_large(std::size_t maximum_bytes) {
    return make_error("file.too_large",
                      "it holds more than " + std::to_string(maximum_bytes) + " bytes");
}

Result<std::string> read_all(int descriptor, std::size_t expected, std::size_t maximum_bytes) {
    std::string bytes;
    bytes.reserve(std::min(expected, maximum_bytes));
    char block[1U << 16U];
    while (true) {
        ssize_t got = ::read(descriptor, block, sizeof block);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return system_error(errno);
        if (got == 0)
            return bytes;
        // A file may grow while it is read.
        if (bytes.size() + static_cast<std::size_t>(got) > maximum_bytes)
            return too_large(maximum_bytes);
        bytes.append(block, static_cast<std::size_t>(got));
    }
}

} // namespace

Result<std::string> read_file(const fs::path& path, std::size_t maximum_bytes) {
    OpenFile file(path);
    if (file.descriptor() < 0)
        return system_error(errno);
    struct stat status{};
    if (::fstat(file.descriptor(), &status) != 0)
        return system_error(errno);
    if (S_ISDIR(status.st_mode))
        return make_error("file.unreadable", "it is a folder");
    if (!S_ISREG(status.st_mode))
        return make_error("file.unreadable", "it is no regular file");
    auto size = static_cast<std::size_t>(status.st_size);
    if (size > maximum_bytes)
        return too_large(maximum_bytes);
    return read_all(file.descriptor(), size, maximum_bytes);
}

bool lies_within(const fs::path& folder, const fs::path& path) {
    std::error_code error;
    fs::path real = fs::weakly_canonical(path, error);
    if (error)
        return false;
    auto [rest, ignored] = std::mismatch(folder.begin(), folder.end(), real.begin(), real.end());
    return rest == folder.end();
}

model::FileReader reader_within(const fs::path& folder) {
    std::error_code error;
    fs::path root = fs::canonical(folder, error);
    if (error)
        root = folder;
    return [root](std::string_view relative_path) -> Result<std::string> {
        fs::path relative(relative_path);
        bool climbs = std::ranges::find(relative, fs::path("..")) != relative.end();
        bool has_null = relative_path.find('\0') != std::string_view::npos;
        if (relative_path.empty() || has_null || relative.is_absolute() || climbs ||
            !lies_within(root, root / relative))
            return make_error("file.outside", "it leads out of the rulebook's folder",
                              "everything that a rulebook reads is part of it: move the file into "
                              "the folder");
        return read_file(root / relative, kMaximumListBytes);
    };
}

bool same_file(const fs::path& left, const fs::path& right) {
    std::error_code error;
    const auto real = [&](const fs::path& path) {
        return fs::weakly_canonical(fs::absolute(path, error), error);
    };
    return real(left) == real(right);
}

model::FileReader reader_without(model::FileReader read, const fs::path& folder,
                                 const fs::path& absent) {
    return [read = std::move(read), folder,
            absent](std::string_view relative_path) -> Result<std::string> {
        if (same_file(folder / relative_path, absent))
            return system_error(ENOENT);
        return read(relative_path);
    };
}

} // namespace rulec::tool
