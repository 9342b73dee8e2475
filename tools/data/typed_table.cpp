#include "tools/data/typed_table.hpp"

namespace rulec::input {

void RowSink::texts(std::span<const std::uint32_t> codes, std::span<const std::string> texts) {
    for (const std::uint32_t code : codes)
        text(texts[code]);
}

void RowSink::decimals(std::span<const std::int64_t> units, int decimals) {
    for (const std::int64_t each : units)
        decimal(each, decimals);
}

} // namespace rulec::input
