// What every way of reading a table comes down to: batches of columns, with the place that each row
// came from.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "runtime/data/arrow_c.hpp"
#include "runtime/value/result.hpp"

namespace rulec::input {

// Some rows of a table, in the order of the source.
//
// `schema` and `array` are structs (Arrow format "+s") with one child per field that was asked for,
// in that order and under that name. Formats of children: "n" of a field without a column; else
// from CSV and NDJSON always "u", text as it stands in the file (neither has nulls here: null
// spellings are the converter's business); from Parquet, DuckDB files and SQL the types of the
// source: "b", "c", "C", "s", "S", "i", "I", "l", "L", "f", "g", "u", "d:P,S,B" of B = 32, 64 or
// 128 bits, "tdD", "tss:", "tsm:", "tsu:", "tsn:", "tsu:UTC". Everything else that can be written
// as text arrives as text. A column of text may be indexes ("C") into a dictionary of texts.
struct TableBatch {
    rulebook::data::OwnedSchema schema;
    rulebook::data::OwnedArray array;
    std::string
        source; // the file, relative to the data folder; or "sql" of a table that is a query
    std::vector<std::uint64_t>
        rows; // each row's number in its source: the first record after the header is 1

    std::size_t size() const { return rows.size(); }
};

// A record that could not be read, hence is in no batch.
struct UnreadableRecord {
    std::string source;
    std::uint64_t row = 0;
    std::string field; // empty: the whole record
    std::string value; // what stood there, shortened
    std::string code;  // "data.ragged"
    std::string reason;
    std::string parent{}; // the key of the record that it stands below; empty: not known

    friend bool operator==(const UnreadableRecord&, const UnreadableRecord&) = default;
};

// A field that the source has no column for; not an error where the field is optional.
struct AbsentField {
    std::string field;
    std::string column;  // the name that was looked for
    std::string nearest; // a column with nearly that name, or empty
    std::string source;  // where it is absent

    friend bool operator==(const AbsentField&, const AbsentField&) = default;
};

// An array of records that nothing is read from, named nearly as one that would be read.
struct MisspeltArray {
    std::string name;
    std::string nearest;
    std::string source;
    std::uint64_t row = 0; // the first that has it

    friend bool operator==(const MisspeltArray&, const MisspeltArray&) = default;
};

// Reads one table from start to end. Not thread-safe; two readers may be used by two threads.
class TableReader {
public:
    virtual ~TableReader() = default;

    // The next rows; a batch of size 0 is the end. After an error the reader is at its end.
    virtual rulebook::Result<TableBatch> next() = 0;

    // Valid up to the rows that next() has delivered, hence whole at the end.
    virtual const std::vector<UnreadableRecord>& unreadable() const = 0;
    virtual const std::vector<AbsentField>& absent_fields() const = 0;

    // Valid at the end: whether the source has the table at all, be it without rows.
    virtual bool found() const { return true; }
    // Valid at the end; of nested records only.
    virtual std::vector<MisspeltArray> misspelt_arrays() const { return {}; }
};

} // namespace rulec::input
