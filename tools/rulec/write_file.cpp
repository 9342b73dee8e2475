#include "tools/rulec/write_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <memory>
#include <random>
#include <string>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "tools/rulec/aside_names.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;

constexpr int kMostNames = 100; // that are tried until one is free
constexpr std::string_view kAsideEnd = ".rulec-unfinished";
constexpr std::size_t kRandomDigits = 8;

// `accounts.csv.1f00ba42.rulec-unfinished`
bool is_aside_name(std::string_view name) {
    if (!name.ends_with(kAsideEnd))
        return false;
    name.remove_suffix(kAsideEnd.size());
    if (name.size() < kRandomDigits + 2 || name[name.size() - kRandomDigits - 1] != '.')
        return false;
    return name.substr(name.size() - kRandomDigits).find_first_not_of("0123456789abcdef") ==
           std::string_view::npos;
}

// A file beside the final one; removed unless it was moved into place, also by a signal that ends
// the process.
class AsideFile {
public:
    explicit AsideFile(fs::path final_path) : final_path_(std::move(final_path)) {
        std::random_device random;
        for (int i = 0; i < kMostNames && descriptor_ < 0; ++i) {
            path_ =
                final_path_.native() + fmt::format(".{:08x}", random()) + std::string(kAsideEnd);
            name_ = &claim_aside_name(path_);
            descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
            if (descriptor_ >= 0 && is_ours())
                return;
            name_->in_use = false;
            if (descriptor_ < 0 && errno != EEXIST)
                return;
            if (descriptor_ >= 0)
                ::close(std::exchange(descriptor_, -1));
        }
    }
    AsideFile(const AsideFile&) = delete;
    AsideFile& operator=(const AsideFile&) = delete;
    ~AsideFile() {
        if (descriptor_ < 0)
            return;
        ::close(descriptor_);
        if (!moved_)
            ::unlink(path_.c_str());
        name_->in_use = false;
    }

    bool is_open() const { return descriptor_ >= 0; }
    const std::string& path() const { return path_; }

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

    // Lets the disk begin; flush() then waits the less.
    void begin_to_flush() const { ::sync_file_range(descriptor_, 0, 0, SYNC_FILE_RANGE_WRITE); }

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

    bool can_move() const {
        struct stat there{};
        if (::stat(final_path_.c_str(), &there) != 0 || !S_ISDIR(there.st_mode))
            return true;
        errno = EISDIR;
        return false;
    }

    bool move_into_place() {
        moved_ = ::rename(path_.c_str(), final_path_.c_str()) == 0;
        return moved_;
    }

private:
    // Locked as long as it is open, so that whoever clears away leftovers knows that it is none.
    // False: somebody did so between its making and its locking.
    bool is_ours() const {
        struct stat there{};
        return (::flock(descriptor_, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK) &&
               ::fstat(descriptor_, &there) == 0 && there.st_nlink > 0;
    }

    fs::path final_path_;
    std::string path_;
    AsideName* name_ = nullptr; // there while the file is open
    int descriptor_ = -1;
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

void remove_unfinished(const fs::path& folder) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        if (!is_aside_name(entry.path().filename().native()) ||
            !fs::is_regular_file(entry.symlink_status(ignored)))
            continue;
        const int file = ::open(entry.path().c_str(), O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
        if (file < 0)
            continue;
        if (::flock(file, LOCK_EX | LOCK_NB) == 0) // nobody is writing it
            ::unlink(entry.path().c_str());
        ::close(file);
    }
}

rulebook::Result<void> write_file(const fs::path& path, std::string_view bytes) {
    const FileToWrite file{path, bytes};
    return write_files({&file, 1});
}

bool is_unfinished(std::string_view file, std::string_view name) {
    return is_aside_name(file) &&
           file.size() == name.size() + 1 + kRandomDigits + kAsideEnd.size() &&
           file.starts_with(name);
}

rulebook::Result<void> write_files(std::span<const FileToWrite> files,
                                   std::span<const fs::path> records) {
    std::vector<std::unique_ptr<AsideFile>> aside;
    for (const FileToWrite& file : files) {
        AsideFile& made = *aside.emplace_back(std::make_unique<AsideFile>(without_link(file.path)));
        if (!made.is_open() || !made.write(file.bytes))
            return unwritable(file.path);
        if (file.fill)
            if (auto filled = file.fill(made.path()); !filled)
                return filled;
        made.begin_to_flush();
    }
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!aside[i]->flush() || !aside[i]->can_move())
            return unwritable(files[i].path);
    const UninterruptedMoves moves;
    for (const fs::path& record : records)
        if (::unlink(without_link(record).c_str()) != 0 && errno != ENOENT)
            return unwritable(record);
    for (std::size_t i = 0; i < files.size(); ++i)
        if (!aside[i]->move_into_place())
            return unwritable(files[i].path);
    return {};
}

} // namespace rulec::tool
