#include "tools/rulec/write_file.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

// A file beside the final one; removed unless it was moved into place.
class AsideFile {
public:
    explicit AsideFile(const fs::path& final_path)
        : final_path_(final_path), path_(final_path.native() + ".XXXXXX"),
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

    bool move_into_place() {
        // The temporary file is private; the final one is as open as the file that it replaces,
        // or as the process makes its files.
        struct stat before{};
        mode_t mask = ::umask(0);
        ::umask(mask);
        mode_t mode =
            ::stat(final_path_.c_str(), &before) == 0 ? before.st_mode & 0777U : 0666U & ~mask;
        if (::fchmod(descriptor_, mode) != 0 || ::fsync(descriptor_) != 0)
            return false;
        moved_ = ::rename(path_.c_str(), final_path_.c_str()) == 0;
        return moved_;
    }

private:
    const fs::path& final_path_;
    std::string path_;
    int descriptor_;
    bool moved_ = false;
};

} // namespace

rulebook::Result<void> write_file(const fs::path& path, std::string_view bytes) {
    std::error_code error;
    fs::path target = fs::is_symlink(path, error) ? fs::weakly_canonical(path, error) : path;
    AsideFile aside(target);
    if (!aside.is_open() || !aside.write(bytes) || !aside.move_into_place())
        return rulebook::make_error("file.unwritable",
                                    "`" + path.native() +
                                        "` cannot be written: " + std::strerror(errno));
    return {};
}

} // namespace rulec::tool
