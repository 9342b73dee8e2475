// The memory of a chunk's arrays; internal to this folder.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "runtime/native/program.hpp"

namespace rulebook::batch {

class Buffers {
public:
    // Room for `rows` values of each array, and for what is known of them; everything known.
    Buffers(std::span<const native::ArrayInfo> arrays, std::size_t rows);

    native::Array of(native::ArrayIndex array) const { return arrays_[array]; }
    // For `rows` rows that are all known.
    std::uint8_t* all_known() const { return all_known_; }

private:
    struct Line { // of the processor's cache
        alignas(64) std::byte bytes[64];
    };
    std::vector<Line> memory_;
    std::vector<native::Array> arrays_;
    std::uint8_t* all_known_ = nullptr;
};

} // namespace rulebook::batch
