#include "runtime/batch/buffers.hpp"

#include <cstring>

namespace rulebook::batch {

Buffers::Buffers(std::span<const native::ArrayInfo> arrays, std::size_t rows) {
    const auto lines = [](std::size_t bytes) { return (bytes + sizeof(Line) - 1) / sizeof(Line); };
    std::size_t needed = lines(rows);
    for (const native::ArrayInfo& array : arrays)
        needed += lines(rows * native::bytes_of(array.cell)) + lines(rows);
    memory_.resize(needed);
    std::size_t next = 0;
    const auto take = [&](std::size_t bytes) {
        std::byte* const start = memory_[next].bytes;
        next += lines(bytes);
        return start;
    };
    const auto take_known = [&] {
        auto* const known = reinterpret_cast<std::uint8_t*>(take(rows));
        std::memset(known, 1, rows);
        return known;
    };
    all_known_ = take_known();
    for (const native::ArrayInfo& array : arrays) {
        void* const values = take(rows * native::bytes_of(array.cell));
        arrays_.push_back({values, take_known()});
    }
}

} // namespace rulebook::batch
