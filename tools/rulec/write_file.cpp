#include "tools/rulec/write_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

// A file beside the final one; removed unless it was moved into place.
class AsideFile {
public:
    explicit AsideFile(fs::path final_path)
        : final_path_(std::move(final_path)), path_(final_path_.native() + ".XXXXXX"),
          descriptor_(::mkstemp(path_.data())) {}
    AsideFile(const AsideFile&) = delete;
    AsideFile& operator=(const AsideFile&) = delete;
    ~AsideFile() {
        if (descriptor_ < 0)
            return;
        ::close(descriptor_);
        if (!moved_)
            ::unlink(path_.c_str());
    }

    bool is_open() const { return descriptor_ >= 0; }

    bool write(std::string_view bytes) {
        while (!bytes.empty()) {
            ssize_t written = ::write(descriptor_, bytes.data(), bytes.size());
            if (written < 0 && errno == EINTR)
                continue;
            if (written < 0)
                return false;
            bytes.remove_prefix(static_cast<std::size_t>(written));
        }
        return true;
    }

    // To the disk.
    bool flush() {
        // The temporary file is private; the final one is as open as the file that it replaces,
        // or as the process makes its files.
        struct stat before{};
        mode_t mask = ::umask(0);
        ::umask(mask);
        mode_t mode =
            ::stat(final_path_.c_str(), &before) == 0 ? before.st_mode & 0777U : 0666U & ~mask;
        return ::fchmod(descriptor_, mode) == 0 && ::fsync(descriptor_) == 0;
    }

    bool move_into_place() {
        moved_ = ::rename(path_.c_str(), final_path_.c_str()) == 0;
        return moved_;
    }

private:
    fs::path final_path_;
    std::string path_;
    int descriptor_;
    bool moved_ = false;
};

fs::path without_link(const fs::path& path) {
    std::error_code error;
    return fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
}

tl::unexpected<rulebook::Error> unwritable(const fs::path& path) {
    return rulebook::make_error(
        "file.unwritable", "`" + path.native() + "` cannot be written: " + std::strerror(errno));
}

} // namespace

rulebook::Result<void> write_file(const fs::path& path, std::string_view bytes) {
    const FileToWrite file{path, bytes};
    return write_files({&file, 1});
}

rulebook::Result<void> write_files(std::span<const FileToWrite> files) {
    std::vector<std::unique_ptr<AsideFile>> aside;
    for (const FileToWrite& file : files) {
        AsideFile& made = *aside.emplace_back(std::make_unique<AsideFile>(without_link(file.path)));
        if (!made.is_open() || !made.write(file.bytes) || !made.flush())
            return unwritable(file.path);
    }
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!aside[i]->move_into_place())
            return unwritable(files[i].path);
    return {};
}

} // namespace rulec::tool
