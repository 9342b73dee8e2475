#include "tools/incremental/file_checksum.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>
#include <xxhash.h>

namespace rulec::incremental {

namespace {

constexpr std::size_t kAtOnce = std::size_t{1} << 20U;

struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
struct Free {
    void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
};

std::string hexadecimal(XXH128_hash_t hash) {
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

} // namespace

rulebook::Result<void> read_whole(std::FILE* file,
                                  const std::function<void(std::string_view bytes)>& take) {
    std::vector<char> buffer(kAtOnce);
    const int descriptor = ::fileno(file);
    while (true) {
        const ssize_t count = ::read(descriptor, buffer.data(), buffer.size());
        if (count == 0)
            return {};
        if (count > 0)
            take({buffer.data(), static_cast<std::size_t>(count)});
        else if (errno != EINTR)
            return rulebook::make_error("file.unreadable", std::strerror(errno));
    }
}

rulebook::Result<FileChecksum> checksum_of(std::FILE* file) {
    const std::unique_ptr<XXH3_state_t, Free> state(XXH3_createState());
    XXH3_128bits_reset(state.get());
    FileChecksum checksum;
    const auto read = read_whole(file, [&](std::string_view bytes) {
        XXH3_128bits_update(state.get(), bytes.data(), bytes.size());
        checksum.bytes += bytes.size();
    });
    if (!read)
        return tl::unexpected(read.error());
    checksum.sum = hexadecimal(XXH3_128bits_digest(state.get()));
    return checksum;
}

rulebook::Result<FileChecksum> checksum_of(const std::filesystem::path& path) {
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (file)
        return checksum_of(file.get());
    return rulebook::make_error("file.unreadable",
                                "`" + path.native() + "` cannot be read: " + std::strerror(errno));
}

std::string checksum_of_bytes(std::string_view bytes) {
    return hexadecimal(XXH3_128bits(bytes.data(), bytes.size()));
}

} // namespace rulec::incremental
