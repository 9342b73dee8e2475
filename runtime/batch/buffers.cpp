#include "runtime/batch/buffers.hpp"

#include <cstring>

namespace rulebook::batch {

void Buffers::make_room(std::span<const native::Cell> cells, std::size_t rows) {
    const std::size_t values = rows + 1;
    const auto lines = [](std::size_t bytes) { return (bytes + sizeof(Line) - 1) / sizeof(Line); };
    std::size_t needed = lines(values);
    for (const native::Cell cell : cells)
        needed += lines(values * native::bytes_of(cell)) + lines(values);
    memory_.resize(needed);
    std::size_t next = 0;
    const auto take = [&](std::size_t bytes) {
        std::byte* const start = memory_[next].bytes;
        next += lines(bytes);
        return start;
    };
    const auto take_known = [&] {
        auto* const known = reinterpret_cast<std::uint8_t*>(take(values));
        std::memset(known, 1, values);
        return known;
    };
    all_known_ = take_known();
    arrays_.clear();
    for (const native::Cell cell : cells) {
        void* const start = take(values * native::bytes_of(cell));
        arrays_.push_back({start, take_known()});
    }
    room_ = rows;
}

} // namespace rulebook::batch
