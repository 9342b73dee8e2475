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

std::string hexadecimal(XXH128_hash_t hash) {
    return fmt::format("{:016x}{:016x}", hash.high64, hash.low64);
}

} // namespace

struct RunningChecksum::State {
    struct Free {
        void operator()(XXH3_state_t* state) const { XXH3_freeState(state); }
    };
    std::unique_ptr<XXH3_state_t, Free> hash{XXH3_createState()};
    std::uint64_t bytes = 0;
};

RunningChecksum::RunningChecksum() : state_(std::make_unique<State>()) {
    XXH3_128bits_reset(state_->hash.get());
}
RunningChecksum::RunningChecksum(RunningChecksum&&) noexcept = default;
RunningChecksum& RunningChecksum::operator=(RunningChecksum&&) noexcept = default;
RunningChecksum::~RunningChecksum() = default;

void RunningChecksum::add(std::string_view bytes) {
    XXH3_128bits_update(state_->hash.get(), bytes.data(), bytes.size());
    state_->bytes += bytes.size();
}

FileChecksum RunningChecksum::checksum() const {
    return {state_->bytes, hexadecimal(XXH3_128bits_digest(state_->hash.get()))};
}

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
    RunningChecksum running;
    const auto read = read_whole(file, [&](std::string_view bytes) { running.add(bytes); });
    if (!read)
        return tl::unexpected(read.error());
    return running.checksum();
}

std::string checksum_of_bytes(std::string_view bytes) {
    return hexadecimal(XXH3_128bits(bytes.data(), bytes.size()));
}

} // namespace rulec::incremental
