// What became of the rows of all chunks together, as load_dataset counts them.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "runtime/data/counts.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/data/rejects.hpp"

namespace rulec::input {

class TotalCounts {
public:
    void add(const rulebook::data::Dataset& chunk);
    // Of records that were not read, none of which is a reject: by table. `earlier`: which of two
    // records of a table, each the first of its kind, comes first.
    using Earlier = std::function<bool(std::size_t table, const rulebook::data::UnknownCount& one,
                                       const rulebook::data::UnknownCount& other)>;
    void add(const rulebook::plan::Schema& schema,
             std::span<const rulebook::data::TableCounts> unread, const Earlier& earlier);

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
