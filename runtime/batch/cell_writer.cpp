#include "runtime/batch/cell_writer.hpp"

namespace rulebook::batch {

void write_cell(const native::ArrayInfo& info, const native::Array& array, std::size_t row,
                const plan::Value& value) {
    array.known[row] = value.known() ? 1 : 0;
    if (!value.known())
        return;
    switch (info.cell) {
    case native::Cell::Bool:
        static_cast<std::uint8_t*>(array.values)[row] = value.boolean() ? 1 : 0;
        return;
    case native::Cell::Integer:
        static_cast<std::int64_t*>(array.values)[row] = value.integer();
        return;
    case native::Cell::Real:
        static_cast<double*>(array.values)[row] = value.real();
        return;
    case native::Cell::Count:
    case native::Cell::Bits: // no node's value
        return;
    }
}

} // namespace rulebook::batch
