#include "tools/output/parquet_footer.hpp"

#include <cstring>

#include "tools/output/parquet_encodings.hpp"
#include "tools/output/thrift_struct.hpp"

namespace rulec::output {

namespace {

using input::ColumnType;
using input::TypedColumn;

constexpr std::int32_t kFileVersion = 1;
constexpr std::int32_t kOptional = 1;
constexpr std::int32_t kSnappy = 1;

// The numbers of parquet.thrift: how values are stored, and the older way to say what they mean.
struct TypeNumbers {
    std::int32_t physical;
    std::int32_t converted; // less than 0: none
};

TypeNumbers numbers_of(ColumnType type) {
    constexpr std::int32_t kBoolean = 0;
    constexpr std::int32_t kInt32 = 1;
    constexpr std::int32_t kInt64 = 2;
    constexpr std::int32_t kDouble = 5;
    constexpr std::int32_t kByteArray = 6;
    constexpr std::int32_t kUtf8 = 0;
    constexpr std::int32_t kDecimal = 5;
    constexpr std::int32_t kDate = 6;
    constexpr std::int32_t kTimestampMicros = 10;
    switch (type) {
    case ColumnType::Text:
    case ColumnType::Json:
        return {kByteArray, kUtf8};
    case ColumnType::Integer:
        return {kInt64, -1};
    case ColumnType::Number:
        return {kDouble, -1};
    case ColumnType::Boolean:
        return {kBoolean, -1};
    case ColumnType::Decimal:
    case ColumnType::Percent:
        return {kInt64, kDecimal};
    case ColumnType::Date:
        return {kInt32, kDate};
    case ColumnType::Time:
        return {kInt64, kTimestampMicros};
    }
    return {kByteArray, -1};
}

void write_nothing(ThriftStruct&) {}

// What values mean, as a union: the field that is there says which.
void write_meaning(ThriftStruct& meaning, const TypedColumn& column, std::int32_t scale) {
    switch (column.type) {
    case ColumnType::Text:
    case ColumnType::Json:
        return meaning.structure(1, write_nothing);
    case ColumnType::Decimal:
    case ColumnType::Percent:
        return meaning.structure(5, [&](ThriftStruct& decimal) {
            decimal.integer(1, scale);
            decimal.integer(2, std::int32_t{kDecimalDigits});
        });
    case ColumnType::Date:
        return meaning.structure(6, write_nothing);
    case ColumnType::Time:
        return meaning.structure(8, [](ThriftStruct& timestamp) {
            timestamp.boolean(1, true); // UTC
            timestamp.structure(2, [](ThriftStruct& unit) { unit.structure(2, write_nothing); });
        });
    case ColumnType::Integer:
    case ColumnType::Number:
    case ColumnType::Boolean:
        return;
    }
}

bool has_meaning(ColumnType type) {
    return type != ColumnType::Integer && type != ColumnType::Number && type != ColumnType::Boolean;
}

void write_column(ThriftStruct& element, const TypedColumn& column) {
    const TypeNumbers numbers = numbers_of(column.type);
    const bool percent = column.type == ColumnType::Percent;
    const std::int32_t scale = percent ? kPercentDecimals : column.decimals;
    element.integer(1, numbers.physical);
    element.integer(3, kOptional);
    element.text(4, column.name);
    if (numbers.converted >= 0)
        element.integer(6, numbers.converted);
    if (percent || column.type == ColumnType::Decimal) {
        element.integer(7, scale);
        element.integer(8, std::int32_t{kDecimalDigits});
    }
    if (has_meaning(column.type))
        element.structure(10,
                          [&](ThriftStruct& meaning) { write_meaning(meaning, column, scale); });
}

void write_schema(ThriftStruct& file, const input::TypedTable& table) {
    std::vector<const TypedColumn*> elements = {nullptr}; // the root of all columns
    for (const TypedColumn& column : table.columns)
        elements.push_back(&column);
    file.structures(2, elements, [&](ThriftStruct& element, const TypedColumn* column) {
        if (column != nullptr)
            return write_column(element, *column);
        element.text(4, table.name);
        element.integer(5, static_cast<std::int32_t>(table.columns.size()));
    });
}

struct PlacedChunk {
    const TypedColumn& column;
    const ParquetChunk& chunk;
    std::int64_t start; // of its pages, in the file
};

void write_chunk(ThriftStruct& data, const PlacedChunk& placed) {
    const ParquetChunk& chunk = placed.chunk;
    data.integer(1, numbers_of(placed.column.type).physical);
    data.integers(2, chunk.has_dictionary ? std::vector{kPlain, kRunsAndBits, kDictionaryIndexes}
                                          : std::vector{kPlain, kRunsAndBits});
    data.texts(3, {placed.column.name});
    data.integer(4, kSnappy);
    data.integer(5, chunk.rows);
    data.integer(6, chunk.uncompressed_bytes);
    data.integer(7, chunk.compressed_bytes);
    data.integer(9, placed.start + chunk.dictionary_bytes);
    if (chunk.has_dictionary)
        data.integer(11, placed.start);
    data.structure(12, [&](ThriftStruct& statistics) {
        statistics.integer(3, chunk.nulls);
        if (chunk.greatest)
            statistics.text(5, *chunk.greatest);
        if (chunk.least)
            statistics.text(6, *chunk.least);
    });
}

// Moves `at` to the end of the group.
void write_group(ThriftStruct& group, const input::TypedTable& table, const ParquetRowGroup& given,
                 std::int64_t& at) {
    std::vector<PlacedChunk> chunks;
    std::int64_t uncompressed = 0;
    for (std::size_t i = 0; i < given.chunks.size(); ++i) {
        chunks.push_back({table.columns[i], given.chunks[i], at});
        at += given.chunks[i].compressed_bytes;
        uncompressed += given.chunks[i].uncompressed_bytes;
    }
    group.structures(1, chunks, [](ThriftStruct& chunk, const PlacedChunk& placed) {
        chunk.integer(2, std::int64_t{0}); // no metadata but these
        chunk.structure(3, [&](ThriftStruct& data) { write_chunk(data, placed); });
    });
    group.integer(2, uncompressed);
    group.integer(3, given.rows);
}

} // namespace

std::string parquet_footer(const input::TypedTable& table,
                           std::span<const ParquetRowGroup> groups) {
    std::string out;
    ThriftStruct file(out);
    file.integer(1, kFileVersion);
    write_schema(file, table);
    std::int64_t rows = 0;
    for (const ParquetRowGroup& group : groups)
        rows += group.rows;
    file.integer(3, rows);
    auto at = static_cast<std::int64_t>(kParquetMagic.size());
    file.structures(4, groups, [&](ThriftStruct& group, const ParquetRowGroup& given) {
        write_group(group, table, given, at);
    });
    file.text(6, "rulebook");
    // Extremes are in the order of the type: without this nobody may use them.
    file.structures(7, table.columns, [](ThriftStruct& order, const TypedColumn&) {
        order.structure(1, write_nothing);
    });
    file.end();
    const auto length = static_cast<std::uint32_t>(out.size());
    char bytes[sizeof length];
    std::memcpy(bytes, &length, sizeof length);
    return out.append(bytes, sizeof length).append(kParquetMagic);
}

} // namespace rulec::output
