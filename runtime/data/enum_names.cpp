#include "runtime/data/enum_names.hpp"

#include <bit>

#include "runtime/data/short_text.hpp"

namespace rulebook::data {

EnumNames::EnumNames(std::span<const std::string> names)
    : names_(names), slots_(std::bit_ceil(2 * names.size() + 1)) {
    for (std::size_t place = 0; place < names.size(); ++place) {
        std::size_t at = hash_of(names[place]) & (slots_.size() - 1);
        while (slots_[at] != 0)
            at = (at + 1) & (slots_.size() - 1);
        slots_[at] = static_cast<std::uint32_t>(place + 1);
    }
}

std::optional<std::int64_t> EnumNames::find(std::string_view name) const {
    if (slots_.empty())
        return std::nullopt;
    std::size_t at = hash_of(name) & (slots_.size() - 1);
    for (; slots_[at] != 0; at = (at + 1) & (slots_.size() - 1))
        if (same_bytes(names_[slots_[at] - 1], name))
            return slots_[at] - 1;
    return std::nullopt;
}

} // namespace rulebook::data
