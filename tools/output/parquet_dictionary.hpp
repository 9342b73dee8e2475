// Columns whose values are written once, in a dictionary. Internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/data/dictionary.hpp"
#include "tools/output/column_rows.hpp"

namespace rulec::output {

// Distinct values and, for each known row, which of them it is.
struct DictionaryCodes {
    rulebook::data::DictionaryBuilder texts; // or
    std::vector<std::int64_t> integers;
    std::vector<std::uint32_t> codes;
};

// Nothing where more than a few values are distinct: then a dictionary saves nothing. Equal columns
// give equal dictionaries, whichever way their texts came.
std::optional<DictionaryCodes> dictionary_of_texts(const CollectedColumn& column);
std::optional<DictionaryCodes> dictionary_of_integers(const CollectedColumn& column);

} // namespace rulec::output
