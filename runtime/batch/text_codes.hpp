// Codes by which texts of a column are compared: equal texts have equal codes. Internal to this
// folder.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "runtime/data/column.hpp"
#include "runtime/native/program.hpp"

namespace rulebook::batch {

class TextCodes {
public:
    // The column outlives it.
    explicit TextCodes(const data::Column& column);

    // The column's own codes may be compared as they are.
    bool are_own() const { return same_.empty(); }
    data::TextCode code(data::RowIndex row) const {
        const data::TextCode own = column_->codes()[row];
        return same_.empty() ? own : same_[own];
    }
    // kNoCode: no record has the text.
    data::TextCode code_of(std::string_view text) const;

private:
    const data::Column* column_;
    std::vector<data::TextCode> same_; // by own code: that of the first equal text
};

} // namespace rulebook::batch
