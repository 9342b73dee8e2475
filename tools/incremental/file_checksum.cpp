#include "tools/incremental/file_checksum.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

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

rulebook::Result<FileChecksum> checksum_of(const std::filesystem::path& path) {
    const auto unreadable = [&] {
        return rulebook::make_error(
            "file.unreadable", "`" + path.native() + "` cannot be read: " + std::strerror(errno));
    };
    const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rb"));
    if (!file)
        return unreadable();
    const std::unique_ptr<XXH3_state_t, Free> state(XXH3_createState());
    XXH3_128bits_reset(state.get());
    std::vector<char> buffer(kAtOnce);
    FileChecksum checksum;
    std::size_t count = buffer.size();
    while (count == buffer.size()) {
        count = std::fread(buffer.data(), 1, buffer.size(), file.get());
        if (count < buffer.size() && std::ferror(file.get()) != 0)
            return unreadable();
        XXH3_128bits_update(state.get(), buffer.data(), count);
        checksum.bytes += count;
    }
    checksum.sum = hexadecimal(XXH3_128bits_digest(state.get()));
    return checksum;
}

std::string checksum_of_bytes(std::string_view bytes) {
    return hexadecimal(XXH3_128bits(bytes.data(), bytes.size()));
}

} // namespace rulec::incremental
