#include "tools/output/arrow_metadata.hpp"

#include <vector>

#include <flatbuffers/flatbuffers.h>

#include "tools/output/column_rows.hpp"

namespace rulec::output {

namespace {

using Builder = flatbuffers::FlatBufferBuilder;
using Part = flatbuffers::Offset<void>;
using input::ColumnType;
using input::TypedColumn;

constexpr std::int16_t kVersion5 = 4;

// The headers of messages, and the types of fields, as the unions number them.
constexpr std::uint8_t kSchemaHeader = 1;
constexpr std::uint8_t kBatchHeader = 3;
constexpr std::uint8_t kInt = 2;
constexpr std::uint8_t kFloatingPoint = 3;
constexpr std::uint8_t kUtf8 = 5;
constexpr std::uint8_t kBool = 6;
constexpr std::uint8_t kDecimal = 7;
constexpr std::uint8_t kDate = 8;
constexpr std::uint8_t kTimestamp = 10;

// A table while it is being written; its parts are there before it begins.
class Table {
public:
    explicit Table(Builder& builder) : builder_(builder), start_(builder.StartTable()) {}

    // Left out where it is `absent`, which is what readers then take it to be.
    template <class Number>
    Table& number(int field, Number value, Number absent) {
        builder_.AddElement<Number>(place_of(field), value, absent);
        return *this;
    }
    Table& part(int field, Part part) {
        builder_.AddOffset(place_of(field), part);
        return *this;
    }
    Part end() { return Part(builder_.EndTable(start_)); }

private:
    static flatbuffers::voffset_t place_of(int field) {
        return flatbuffers::FieldIndexToOffset(static_cast<flatbuffers::voffset_t>(field));
    }

    Builder& builder_;
    flatbuffers::uoffset_t start_;
};

struct ArrowType {
    std::uint8_t number;
    Part table;
};

Part decimal_table(Builder& builder, int decimals) {
    constexpr std::int32_t kBits = 128;
    return Table(builder)
        .number<std::int32_t>(0, kDecimalDigits, 0)
        .number<std::int32_t>(1, decimals, 0)
        .number<std::int32_t>(2, kBits, kBits)
        .end();
}

ArrowType type_of(Builder& builder, const TypedColumn& column) {
    constexpr std::int32_t kBits = 64;
    constexpr std::int16_t kDouble = 2;
    constexpr std::int16_t kDay = 0;
    constexpr std::int16_t kMillisecond = 1;
    constexpr std::int16_t kMicrosecond = 2;
    switch (column.type) {
    case ColumnType::Text:
    case ColumnType::Json:
        break;
    case ColumnType::Integer:
        return {kInt, Table(builder)
                          .number<std::int32_t>(0, kBits, 0)
                          .number<std::uint8_t>(1, 1, 0) // signed
                          .end()};
    case ColumnType::Number:
        return {kFloatingPoint, Table(builder).number<std::int16_t>(0, kDouble, 0).end()};
    case ColumnType::Boolean:
        return {kBool, Table(builder).end()};
    case ColumnType::Decimal:
        return {kDecimal, decimal_table(builder, column.decimals)};
    case ColumnType::Percent:
        return {kDecimal, decimal_table(builder, kPercentDecimals)};
    case ColumnType::Date:
        return {kDate, Table(builder).number<std::int16_t>(0, kDay, kMillisecond).end()};
    case ColumnType::Time: {
        const Part zone = builder.CreateString("UTC").Union();
        return {kTimestamp,
                Table(builder).number<std::int16_t>(0, kMicrosecond, 0).part(1, zone).end()};
    }
    }
    return {kUtf8, Table(builder).end()};
}

Part field_of(Builder& builder, const TypedColumn& column) {
    const Part name = builder.CreateString(column.name).Union();
    const Part children = builder.CreateVector(std::vector<Part>()).Union();
    const ArrowType type = type_of(builder, column);
    return Table(builder)
        .part(0, name)
        .number<std::uint8_t>(1, 1, 0) // may be null
        .number<std::uint8_t>(2, type.number, 0)
        .part(3, type.table)
        .part(5, children)
        .end();
}

Part schema_of(Builder& builder, std::span<const TypedColumn> columns) {
    std::vector<Part> fields;
    for (const TypedColumn& column : columns)
        fields.push_back(field_of(builder, column));
    const Part list = builder.CreateVector(fields).Union();
    return Table(builder).part(1, list).end(); // little-endian, which is the default
}

std::string message(Builder& builder, std::uint8_t kind, Part header, std::int64_t body_length) {
    builder.Finish(Table(builder)
                       .number<std::int64_t>(3, body_length, 0)
                       .part(2, header)
                       .number<std::int16_t>(0, kVersion5, 0)
                       .number<std::uint8_t>(1, kind, 0)
                       .end());
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

template <class Struct>
Part structs(Builder& builder, std::span<const Struct> values) {
    return builder.CreateVectorOfStructs(values.data(), values.size()).Union();
}

} // namespace

std::string arrow_schema_message(std::span<const TypedColumn> columns) {
    Builder builder;
    return message(builder, kSchemaHeader, schema_of(builder, columns), 0);
}

std::string arrow_batch_message(std::int64_t rows, std::span<const ArrowNode> nodes,
                                std::span<const ArrowBuffer> buffers, std::int64_t body_length) {
    Builder builder;
    const Part node_list = structs(builder, nodes);
    const Part buffer_list = structs(builder, buffers);
    const Part batch = Table(builder)
                           .number<std::int64_t>(0, rows, 0)
                           .part(1, node_list)
                           .part(2, buffer_list)
                           .end();
    return message(builder, kBatchHeader, batch, body_length);
}

std::string arrow_footer(std::span<const TypedColumn> columns,
                         std::span<const ArrowBlock> batches) {
    Builder builder;
    const Part schema = schema_of(builder, columns);
    const Part none = structs(builder, std::span<const ArrowBlock>());
    const Part list = structs(builder, batches);
    builder.Finish(Table(builder)
                       .part(1, schema)
                       .part(2, none) // dictionaries
                       .part(3, list)
                       .number<std::int16_t>(0, kVersion5, 0)
                       .end());
    return {reinterpret_cast<const char*>(builder.GetBufferPointer()), builder.GetSize()};
}

} // namespace rulec::output
