#include "tools/rulec/grouped_money.hpp"

#include <algorithm>

#include "tools/output/cell_text.hpp"

namespace rulec::tool {

std::string grouped_money(rulebook::Int128 minor_units, rulebook::Currency currency) {
    std::string text = output::money_text(minor_units, currency);
    const std::size_t first = text.starts_with('-') ? 1 : 0;
    constexpr std::size_t kDigits = 3;
    for (std::size_t at = std::min(text.find('.'), text.size()); at > first + kDigits;) {
        at -= kDigits;
        text.insert(at, ",");
    }
    return text;
}

} // namespace rulec::tool
