// Chunks of DuckDB in Arrow form. Internal to librulebook_duckdb.so.
#pragma once

#include <duckdb.h>

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "runtime/data/arrow_c.hpp"
#include "runtime/value/result.hpp"
#include "tools/data/duckdb_handles.hpp"
#include "tools/data/duckdb_texts.hpp"

namespace rulec::input {

struct DuckdbColumn {
    std::string name;
    bool there = true;                      // no: format "n"
    std::string format{};                   // Arrow's
    duckdb_type held = DUCKDB_TYPE_INVALID; // how DuckDB holds the values
    DuckdbTexts texts{};
};

// What DuckDB holds as Arrow does is not copied: the arrays keep the chunk. Texts are: as indexes
// into a dictionary of the batch where few of them are distinct, else one after the other. Not
// thread-safe.
class DuckdbColumns {
public:
    // The first columns of the result: by the names that they get, and whether they are there.
    // Fails with "data.duckdb" (a type that is not delivered: see the module).
    static rulebook::Result<DuckdbColumns> of(std::shared_ptr<Link> link, duckdb_result& result,
                                              std::vector<DuckdbColumn> columns);

    // A struct of the chunk's columns, and its schema. Fails with "data.limits".
    rulebook::Result<void> take(Chunk chunk, rulebook::data::OwnedSchema& schema,
                                rulebook::data::OwnedArray& array);

private:
    std::shared_ptr<Link> link_;
    std::vector<DuckdbColumn> columns_;
};

} // namespace rulec::input
