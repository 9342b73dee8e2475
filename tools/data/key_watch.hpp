// Whether a key could stand in two chunks of a table. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::input {

class KeyWatch {
public:
    // By ranges, which takes no memory: it must be enough that all keys of a chunk come after all
    // keys of the chunks before. Or by remembering every key, in eight bytes.
    enum class How : std::uint8_t { ByRange, ByKey };
    explicit KeyWatch(How how) : how_(how) {}

    How how() const { return how_; }

    void add(std::string_view key);
    // False: by their ranges a key could stand in two chunks.
    bool end_chunk();
    // After the last chunk. False: one does, or (hardly ever) two look alike.
    bool end();

private:
    How how_;
    bool any_ = false; // in this chunk
    std::string least_;
    std::string greatest_;
    std::optional<std::string> greatest_before_;
    std::vector<std::uint64_t> chunk_;
    std::vector<std::uint64_t> before_;
};

} // namespace rulec::input
