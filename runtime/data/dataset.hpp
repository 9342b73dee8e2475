// The records that rules are evaluated over: what admission made of the input. See DatasetBuilder
// for how it comes about.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "runtime/data/counts.hpp"
#include "runtime/data/rejects.hpp"
#include "runtime/data/table.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/value.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::data {

struct LatestRecord {
    std::int64_t instant = 0;
    std::string table;
    std::string field;
    std::string source;
    std::uint64_t row = 0; // in its source
};

// Immutable; safe to read from many threads. The same set of input rows gives the same data set,
// whatever their order (but for origins, and the row numbers that rejects and examples bear).
class Dataset {
public:
    const plan::Schema& schema() const { return schema_; }

    const Table& table(plan::EntityIndex entity) const { return tables_[entity]; }
    std::size_t size(plan::EntityIndex entity) const { return tables_[entity].size(); }

    // The records of a collection that belong to a record of its parent, in the collection's order.
    RowRange children(plan::EntityIndex collection, RowIndex parent) const {
        return tables_[collection].children(parent);
    }

    // As stored in the data, whenever it became known; an unknown has the origin kNoNode.
    plan::Value value(plan::EntityIndex entity, RowIndex row, plan::FieldIndex field) const {
        return tables_[entity].column(field).value(row);
    }

    // Of a tracked field at an instant: the last row of the history with known_from <= instant, the
    // snapshot counting as a row at taken_at(). Nothing: the instant is before its history.
    std::optional<plan::Value> tracked_value(plan::EntityIndex entity, RowIndex row,
                                             plan::FieldIndex field, std::int64_t instant) const;

    // Since when a root record is there; nothing where it has no origin, or an unknown one.
    std::optional<std::int64_t> origin_of(RowIndex root) const;

    // The instants from which on tracked fields of a record may differ, ascending: the rows of its
    // history, without the snapshot.
    std::vector<std::int64_t> history_instants(plan::EntityIndex entity, RowIndex row) const;

    // The rows of the entity's history, columns known_from and then tracked fields, each below its
    // record; null: there is none.
    const Table* history(plan::EntityIndex entity) const {
        return histories_[entity] ? &histories_[entity]->table : nullptr;
    }

    // The key of a record of an entity that has one, as text.
    std::string key_text(plan::EntityIndex entity, RowIndex row) const;
    // The row with this key; kNoRow if there is none. The key is read as a cell of the data is.
    RowIndex find_key(plan::EntityIndex entity, std::string_view key) const;

    // A record's identity: of its key, or without one of its content (the known fields by name) and
    // its ordinal among equals of one parent. Alike in batch and stream. It does not tell parents
    // apart: where records of several parents meet, hash it with the parent's.
    Digest identity(plan::EntityIndex entity, RowIndex row) const;

    // Microseconds since 1970 UTC. When the snapshot was taken: as the caller said, else the
    // greatest instant of the columns below; nothing if there is neither.
    std::optional<std::int64_t> taken_at() const { return taken_at_; }
    // The greatest instant among `ordered by`, `known from`, history and `origin` columns, and
    // what the caller gave as taken_at: `--as-of latest`.
    std::optional<std::int64_t> latest() const { return latest_; }

    // A record that bears the greatest of those instants, for people; nothing if none has any.
    const std::optional<LatestRecord>& latest_record() const { return latest_record_; }

    const std::vector<std::string>& sources() const { return sources_; }
    // One per table that the schema has, entities first, then histories.
    std::span<const TableCounts> counts() const { return counts_; }
    const Rejects& rejects() const { return rejects_; }

private:
    friend class DatasetBuilder;

    // The versions of an entity's tracked fields: a table whose parent is the entity's, with the
    // columns known_from and then the fields below.
    struct History {
        Table table;
        std::vector<std::uint32_t> column_of_field; // by FieldIndex; 0: the field is not in it
    };

    plan::Schema schema_;
    std::vector<Table> tables_;                     // by EntityIndex
    std::vector<std::optional<History>> histories_; // by EntityIndex
    std::optional<std::int64_t> taken_at_;
    std::optional<std::int64_t> latest_;
    std::optional<LatestRecord> latest_record_;
    std::vector<std::string> sources_;
    std::vector<TableCounts> counts_;
    Rejects rejects_;
};

} // namespace rulebook::data
