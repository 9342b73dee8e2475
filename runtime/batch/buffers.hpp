// The memory of the arrays of one entity's records; internal to this folder.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "runtime/native/program.hpp"

namespace rulebook::batch {

class Buffers {
public:
    // Room for `rows` values of each array, one more, and for what is known of them; everything
    // known. What was there before is gone.
    void make_room(std::span<const native::Cell> cells, std::size_t rows);

    std::size_t room() const { return room_; }
    native::Array of(std::size_t array) const { return arrays_[array]; }
    // For `room()` rows that are all known.
    std::uint8_t* all_known() const { return all_known_; }

private:
    struct Line { // of the processor's cache
        alignas(64) std::byte bytes[64];
    };
    std::size_t room_ = 0;
    std::vector<Line> memory_;
    std::vector<native::Array> arrays_;
    std::uint8_t* all_known_ = nullptr;
};

} // namespace rulebook::batch
