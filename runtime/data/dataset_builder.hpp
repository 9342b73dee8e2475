// From columns in Arrow form to a Dataset: cells are read, records checked against the schema,
// duplicates merged, children given to their parents, and everything put into its order.
//
// Admission, per section 2 of the language:
// - A cell that cannot be read, is out of range or no declared enum value is an unknown with that
//   cause in an optional field, counted; in a required field it rejects the row, as a missing one.
//   But a tracked field may be missing where the record's history says it.
// - Rows of one key: identical ones collapse. Rows that differ only in fields `known from f` (and f
//   itself), where f is missing in one and known in another, merge. Any other difference rejects
//   all rows of the key.
// - A record whose parent is not among the admitted ones is rejected.
// - All ancestors of a rejected row that can be found are marked incomplete.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/data/arrow_c.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/data/reading.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::data {

// One column that a table of the input should have.
struct InputColumn {
    std::string name;
    bool required = false;
    std::string or_in{}; // another table that may say it instead: the history of a tracked field
};

// One table of the input: an entity's records, or the history of its tracked fields.
struct InputTable {
    std::string name; // "accounts", "accounts_history"
    plan::EntityIndex entity = 0;
    bool history = false;
    std::vector<InputColumn> columns; // the fields in their order, then the parent's key
};

// All tables that the schema speaks of: the root's first, parents before their children, then
// histories. Only the root's is always needed.
std::vector<InputTable> input_tables(const plan::Schema& schema);

// Whether a field counts for Dataset::latest, where it is a time; of a history its first column
// does.
bool says_when_known(const plan::Entity& entity, plan::FieldIndex field);

struct BuildOptions {
    const time::Zone* zone = nullptr;     // of times written without one; null: UTC
    std::optional<std::int64_t> taken_at; // microseconds since 1970 UTC
    // Where not all records are added: the greatest instant (see Dataset::latest) of the others.
    std::optional<std::int64_t> latest_elsewhere{};
};

// A row that the reader of the input could not even split into cells.
struct UnreadableRow {
    std::string source;
    std::uint64_t row = 0;
    std::string column; // empty: the whole row
    std::string value;
    std::string code; // "data.ragged"
    std::string reason;
    std::string parent{}; // the key of the record that it stands below; empty: not known
};

// A record as values, for records that come from rules (tests) and not from files. An unknown is a
// missing value.
struct RecordValues {
    std::vector<plan::Value> fields; // one per column of the InputTable but the parent's key
    plan::Value parent_key;          // of the root's table: unknown
    std::string source;
    std::uint64_t row = 0;
};

// One thread at a time.
class DatasetBuilder {
public:
    DatasetBuilder(const plan::Schema& schema, const BuildOptions& options);
    ~DatasetBuilder();
    DatasetBuilder(DatasetBuilder&&) noexcept;
    DatasetBuilder& operator=(DatasetBuilder&&) noexcept;

    // How the cells of a table are read, for all batches that follow. `table` as in input_tables().
    // Fails with data.no_table, data.no_field, time_format.*.
    Result<void> set_reading(std::string_view table, const TableReading& reading);

    // The rows of a struct array whose children are columns, found by their names; those that are
    // not there or of format "n" are missing in every row, others than the table's are passed over.
    // `rows` numbers each row in its source. Nothing is kept of the arguments.
    // Fails with data.no_table, data.column_type (an Arrow type that is not read),
    // data.too_many_rows.
    Result<void> add(std::string_view table, const ArrowSchema& schema, const ArrowArray& array,
                     std::string_view source, std::span<const std::uint64_t> rows);

    // Fails with data.no_table, data.record (values that do not fit the columns).
    Result<void> add(std::string_view table, const RecordValues& record);

    // Lists the row among the rejects and counts it.
    Result<void> add_unreadable(std::string_view table, const UnreadableRow& row);

    // Ends the building; the builder is empty then.
    Dataset finish();

private:
    struct State;
    std::unique_ptr<State> state_;
};

} // namespace rulebook::data
