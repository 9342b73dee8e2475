// What a node gives for each text of a column, asked once a text; internal to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/dictionary.hpp"
#include "runtime/plan/value.hpp"

namespace rulebook::batch {

class TextValues {
public:
    TextValues() = default;
    explicit TextValues(std::size_t texts) : values_(texts), asked_(texts) {}

    // ask(): the node's value where the record's text has the code.
    template <class Ask>
    const plan::Value& of(data::TextCode code, const Ask& ask) {
        if (asked_[code] == 0) {
            values_[code] = ask();
            asked_[code] = 1;
        }
        return values_[code];
    }

private:
    std::vector<plan::Value> values_;
    std::vector<std::uint8_t> asked_;
};

} // namespace rulebook::batch
