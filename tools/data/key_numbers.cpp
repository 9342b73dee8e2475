#include "tools/data/key_numbers.hpp"

#include <xxhash.h>

namespace rulec::input {

std::size_t KeyNumbers::slot_of(std::string_view key, std::uint64_t hash) const {
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0 &&
           (hashes_[slots_[slot] - 1] != hash || this->key(slots_[slot] - 1) != key)) {
        slot = (slot + 1) & (slots_.size() - 1);
    }
    return slot;
}

std::uint32_t KeyNumbers::number_of(std::string_view key) {
    if (hashes_.size() * 2 >= slots_.size()) {
        grow();
    }
    const std::uint64_t hash = XXH3_64bits(key.data(), key.size());
    const std::size_t slot = slot_of(key, hash);
    if (slots_[slot] == 0) {
        keys_ += key;
        ends_.push_back(keys_.size());
        hashes_.push_back(hash);
        slots_[slot] = static_cast<std::uint32_t>(hashes_.size());
    }
    return slots_[slot] - 1;
}

std::optional<std::uint32_t> KeyNumbers::find(std::string_view key) const {
    if (slots_.empty()) {
        return std::nullopt;
    }
    const std::size_t slot = slot_of(key, XXH3_64bits(key.data(), key.size()));
    return slots_[slot] == 0 ? std::nullopt : std::optional(slots_[slot] - 1);
}

void KeyNumbers::grow() {
    constexpr std::size_t kFirst = 1024; // a power of two, as all that follow
    slots_.assign(slots_.empty() ? kFirst : slots_.size() * 2, 0);
    for (std::uint32_t number = 0; number < hashes_.size(); ++number) {
        std::size_t slot = hashes_[number] & (slots_.size() - 1);
        while (slots_[slot] != 0) {
            slot = (slot + 1) & (slots_.size() - 1);
        }
        slots_[slot] = number + 1;
    }
}

} // namespace rulec::input
