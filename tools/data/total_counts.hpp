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

    // There are no more.
    void finish();

    // After finish(): one per table, in the order of Dataset::counts(), and all rejects, sorted.
    const std::vector<rulebook::data::TableCounts>& tables() const { return tables_; }
    const rulebook::data::Rejects& rejects() const { return rejects_; }

private:
    std::vector<rulebook::data::TableCounts> tables_;
    rulebook::data::Rejects rejects_;
};

} // namespace rulec::input
