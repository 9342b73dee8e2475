#include "tools/incremental/earlier_file.hpp"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace rulec::incremental {

rulebook::Result<EarlierFile> EarlierFile::open(const std::filesystem::path& path) {
    const auto unreadable = [&](const char* why) {
        return rulebook::make_error("file.unreadable",
                                    fmt::format("`{}` cannot be read: {}", path.native(), why));
    };
    // Without waiting: a pipe that nobody writes into would keep it for ever.
    const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (descriptor < 0 && errno == ENOENT)
        return rulebook::make_error("file.missing",
                                    fmt::format("`{}` is not there", path.native()));
    if (descriptor < 0)
        return unreadable(std::strerror(errno));
    std::FILE* file = ::fdopen(descriptor, "rb");
    if (file == nullptr) {
        ::close(descriptor);
        return unreadable("out of memory");
    }
    EarlierFile earlier(file);
    struct stat there{};
    if (::fstat(descriptor, &there) != 0 || !S_ISREG(there.st_mode))
        return unreadable("it is no regular file");
    return earlier;
}

std::filesystem::path EarlierFile::path() const {
    return fmt::format("/proc/self/fd/{}", ::fileno(file_.get()));
}

rulebook::Result<std::string> EarlierFile::content() const {
    std::string content;
    auto read = go_to_start();
    if (read)
        read = read_whole(file_.get(), [&](std::string_view bytes) { content += bytes; });
    if (!read)
        return tl::unexpected(read.error());
    return content;
}

rulebook::Result<FileChecksum> EarlierFile::checksum() const {
    if (auto start = go_to_start(); !start)
        return tl::unexpected(start.error());
    return checksum_of(file_.get());
}

rulebook::Result<void> EarlierFile::go_to_start() const {
    if (::lseek(::fileno(file_.get()), 0, SEEK_SET) < 0)
        return rulebook::make_error("file.unreadable", std::strerror(errno));
    return {};
}

} // namespace rulec::incremental
