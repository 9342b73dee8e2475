// Keys numbered in the order in which they are met.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::input {

class KeyNumbers {
public:
    // The key's number: that of an equal one met before, else the next.
    std::uint32_t number_of(std::string_view key);

    // Of a key met before.
    std::optional<std::uint32_t> find(std::string_view key) const;

    std::size_t size() const { return hashes_.size(); }
    // Of the key with this number. The text is valid until the next is met.
    std::string_view key(std::uint32_t number) const {
        return std::string_view(keys_).substr(ends_[number], ends_[number + 1] - ends_[number]);
    }
    // XXH3, 64 bits.
    std::uint64_t hash(std::uint32_t number) const { return hashes_[number]; }

private:
    // Where it is, or where it would be.
    std::size_t slot_of(std::string_view key, std::uint64_t hash) const;
    void grow();

    std::vector<std::uint32_t> slots_; // number + 1; 0: free
    std::string keys_;                 // one behind the other
    std::vector<std::size_t> ends_{0};
    std::vector<std::uint64_t> hashes_; // by number
};

} // namespace rulec::input
