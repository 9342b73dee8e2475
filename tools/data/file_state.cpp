#include "tools/data/file_state.hpp"

#include <sys/stat.h>

#include <fmt/format.h>

namespace rulec::input {

std::optional<FileState> state_of(const std::filesystem::path& path) {
    struct stat there{};
    if (::stat(path.c_str(), &there) != 0 || !S_ISREG(there.st_mode)) {
        return std::nullopt;
    }
    return FileState{fmt::format("{} {} {} {}.{}", there.st_dev, there.st_ino, there.st_size,
                                 there.st_mtim.tv_sec, there.st_mtim.tv_nsec),
                     static_cast<std::uint64_t>(there.st_size)};
}

std::string stamp_of(const std::filesystem::path& path) {
    const auto state = state_of(path);
    return state.has_value() ? state->stamp : "";
}

} // namespace rulec::input
