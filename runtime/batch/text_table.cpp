#include "runtime/batch/text_table.hpp"

namespace rulebook::batch {

using native::Cell;

TextTable::TextTable(const native::ArrayInfo& info, std::size_t texts)
    : info_(info), bytes_(texts), known_(texts), asked_(texts) {}

void TextTable::copy(data::TextCode code, const native::Array& array, std::size_t row) const {
    array.known[row] = known_[code];
    if (info_.cell == Cell::Bool)
        static_cast<std::uint8_t*>(array.values)[row] =
            reinterpret_cast<const std::uint8_t*>(bytes_.data())[code];
    else // Integer or Real
        static_cast<std::uint64_t*>(array.values)[row] = bytes_[code];
}

} // namespace rulebook::batch
