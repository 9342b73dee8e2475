// Compiled kernels on the disk, so that the next process need not compile them again. Whatever goes
// wrong there (no room, no permission, damage) only means that they are compiled.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "runtime/value/digest.hpp"

namespace rulec::codegen {

// Any number of processes and threads may use one folder at a time: entries appear whole.
class ObjectCache {
public:
    static constexpr std::uint64_t kMostBytes = 256'000'000;

    // The folder is made if it is not there. It is used only where it belongs to this user and
    // nobody else can write to it: what lies in it is run. `most_bytes`: when there are more, the
    // entries that were not used for longest go.
    explicit ObjectCache(std::filesystem::path folder, std::uint64_t most_bytes = kMostBytes);

    bool is_on() const { return on_; }

    std::optional<std::vector<std::string>> find(const rulebook::Digest& key) const;
    void keep(const rulebook::Digest& key, const std::vector<std::string>& objects) const;

private:
    std::filesystem::path path_of(const rulebook::Digest& key) const;
    void make_room(const std::filesystem::path& newest) const;

    std::filesystem::path folder_;
    std::uint64_t most_bytes_;
    bool on_ = false;
};

} // namespace rulec::codegen
