// What became of the rows of all chunks together, as load_dataset counts them.
#pragma once

#include <vector>

#include "runtime/data/counts.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/data/rejects.hpp"

namespace rulec::input {

class TotalCounts {
public:
    void add(const rulebook::data::Dataset& chunk);

    // One per table, in the order of Dataset::counts().
    const std::vector<rulebook::data::TableCounts>& tables() const { return tables_; }
    // Of all chunks, in the order in which they were added.
    rulebook::data::Rejects& rejects() { return rejects_; }
    const rulebook::data::Rejects& rejects() const { return rejects_; }

private:
    std::vector<rulebook::data::TableCounts> tables_;
    rulebook::data::Rejects rejects_;
};

} // namespace rulec::input
