#include "tools/data/duckdb_columns.hpp"

#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

#include <fmt/format.h>

namespace rulec::input {

using rulebook::make_error;
using rulebook::Result;
using rulebook::data::OwnedArray;
using rulebook::data::OwnedSchema;

namespace {

// As Arrow names it, of what DuckDB holds as Arrow does, and of truths and texts.
std::string format_of(duckdb_logical_type type) {
    switch (duckdb_get_type_id(type)) {
    case DUCKDB_TYPE_BOOLEAN:
        return "b";
    case DUCKDB_TYPE_TINYINT:
        return "c";
    case DUCKDB_TYPE_SMALLINT:
        return "s";
    case DUCKDB_TYPE_INTEGER:
    case DUCKDB_TYPE_SQLNULL:
        return "i";
    case DUCKDB_TYPE_BIGINT:
        return "l";
    case DUCKDB_TYPE_UTINYINT:
        return "C";
    case DUCKDB_TYPE_USMALLINT:
        return "S";
    case DUCKDB_TYPE_UINTEGER:
        return "I";
    case DUCKDB_TYPE_UBIGINT:
        return "L";
    case DUCKDB_TYPE_FLOAT:
        return "f";
    case DUCKDB_TYPE_DOUBLE:
        return "g";
    case DUCKDB_TYPE_VARCHAR:
        return "u";
    case DUCKDB_TYPE_DATE:
        return "tdD";
    case DUCKDB_TYPE_TIMESTAMP:
        return "tsu:";
    case DUCKDB_TYPE_TIMESTAMP_S:
        return "tss:";
    case DUCKDB_TYPE_TIMESTAMP_MS:
        return "tsm:";
    case DUCKDB_TYPE_TIMESTAMP_NS:
        return "tsn:";
    case DUCKDB_TYPE_TIMESTAMP_TZ:
        return "tsu:UTC";
    case DUCKDB_TYPE_DECIMAL: {
        const auto held = duckdb_decimal_internal_type(type);
        const int bits = held == DUCKDB_TYPE_HUGEINT ? 128 : held == DUCKDB_TYPE_BIGINT ? 64 : 32;
        return fmt::format("d:{},{},{}", duckdb_decimal_width(type), duckdb_decimal_scale(type),
                           bits);
    }
    default:
        return "";
    }
}

// Its memory is the database's.
struct HeldChunk {
    std::shared_ptr<Link> link;
    Chunk chunk;
};

// What one array points to. Each child owns its own, since a consumer may move it out and keep it
// after its parent; a parent releases the children that are still there.
struct Held {
    std::shared_ptr<HeldChunk> chunk;
    std::vector<std::int32_t> numbers; // widened
    std::vector<std::uint8_t> bytes;   // bits, or indexes
    JoinedTexts texts;
    std::array<const void*, 3> buffers{};
    ArrowArray dictionary{};
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
};

void release_array(ArrowArray* array) {
    auto* held = static_cast<Held*>(array->private_data);
    if (held->dictionary.release != nullptr)
        held->dictionary.release(&held->dictionary);
    for (ArrowArray& child : held->children)
        if (child.release != nullptr)
            child.release(&child);
    delete held;
    array->release = nullptr;
}

// Of what `held` points to with its buffers.
ArrowArray array_of(std::unique_ptr<Held> held, std::size_t rows, std::size_t buffers) {
    ArrowArray array{};
    array.length = static_cast<std::int64_t>(rows);
    array.null_count = buffers > 0 && held->buffers[0] == nullptr ? 0 : -1;
    array.n_buffers = static_cast<std::int64_t>(buffers);
    array.buffers = held->buffers.data();
    array.dictionary = held->dictionary.release != nullptr ? &held->dictionary : nullptr;
    array.n_children = static_cast<std::int64_t>(held->pointers.size());
    array.children = held->pointers.data();
    array.release = release_array;
    array.private_data = held.release();
    return array;
}

ArrowArray texts_array(JoinedTexts texts, KnownBits known, std::shared_ptr<HeldChunk> chunk) {
    auto held = std::make_unique<Held>();
    const std::size_t rows = texts.ends.size() - 1;
    held->chunk = std::move(chunk); // of the known bits
    held->texts = std::move(texts);
    held->buffers = {known, held->texts.ends.data(), held->texts.bytes.data()};
    return array_of(std::move(held), rows, 3);
}

std::vector<std::uint8_t> bits_of(const bool* truths, std::size_t rows) {
    std::vector<std::uint8_t> bits((rows + 7) / 8);
    for (std::size_t row = 0; row < rows; ++row)
        bits[row / 8] |= static_cast<std::uint8_t>((truths[row] ? 1U : 0U) << (row % 8));
    return bits;
}

struct HeldSchema {
    std::string name;
    std::string format;
    ArrowSchema dictionary{};
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
    auto* held = static_cast<HeldSchema*>(schema->private_data);
    if (held->dictionary.release != nullptr)
        held->dictionary.release(&held->dictionary);
    for (ArrowSchema& child : held->children)
        if (child.release != nullptr)
            child.release(&child);
    delete held;
    schema->release = nullptr;
}

ArrowSchema schema_of(std::unique_ptr<HeldSchema> held) {
    ArrowSchema schema{};
    schema.format = held->format.c_str();
    schema.name = held->name.c_str();
    schema.flags = ARROW_FLAG_NULLABLE;
    schema.dictionary = held->dictionary.release != nullptr ? &held->dictionary : nullptr;
    schema.n_children = static_cast<std::int64_t>(held->pointers.size());
    schema.children = held->pointers.data();
    schema.release = release_schema;
    schema.private_data = held.release();
    return schema;
}

ArrowSchema schema_of(std::string name, std::string format) {
    auto held = std::make_unique<HeldSchema>();
    held->name = std::move(name);
    held->format = std::move(format);
    return schema_of(std::move(held));
}

ArrowSchema indexed_schema(std::string name) {
    auto held = std::make_unique<HeldSchema>();
    held->name = std::move(name);
    held->format = "C";
    held->dictionary = schema_of("", "u");
    return schema_of(std::move(held));
}

// One column of a chunk.
struct Vector {
    std::shared_ptr<HeldChunk> chunk;
    const void* values;
    KnownBits known;
    std::size_t rows;
};

Vector vector_of(const std::shared_ptr<HeldChunk>& chunk, std::size_t column) {
    duckdb_vector vector = duckdb_data_chunk_get_vector(chunk->chunk.get(), column);
    return {chunk, duckdb_vector_get_data(vector), duckdb_vector_get_validity(vector),
            duckdb_data_chunk_get_size(chunk->chunk.get())};
}

ArrowArray absent_array(std::size_t rows) {
    ArrowArray array = array_of(std::make_unique<Held>(), rows, 0);
    array.null_count = array.length;
    return array;
}

// Of anything but texts.
ArrowArray values_array(const Vector& vector, duckdb_type type) {
    auto held = std::make_unique<Held>();
    held->buffers = {vector.known, vector.values, nullptr};
    if (type == DUCKDB_TYPE_BOOLEAN) {
        held->bytes = bits_of(static_cast<const bool*>(vector.values), vector.rows);
        held->buffers[1] = held->bytes.data();
    } else if (type == DUCKDB_TYPE_SMALLINT) { // a decimal of few digits: Arrow has none of 16 bits
        const std::span values(static_cast<const std::int16_t*>(vector.values), vector.rows);
        held->numbers.assign(values.begin(), values.end());
        held->buffers[1] = held->numbers.data();
    }
    held->chunk = vector.chunk;
    return array_of(std::move(held), vector.rows, 2);
}

ArrowArray indexed_array(const Vector& vector, IndexedTexts texts) {
    auto held = std::make_unique<Held>();
    held->chunk = vector.chunk;
    held->bytes = std::move(texts.indexes);
    held->buffers = {vector.known, held->bytes.data(), nullptr};
    held->dictionary = texts_array(std::move(texts.dictionary), nullptr, nullptr);
    return array_of(std::move(held), vector.rows, 2);
}

} // namespace

Result<DuckdbColumns> DuckdbColumns::of(std::shared_ptr<Link> link, duckdb_result& result,
                                        std::vector<Column> columns) {
    DuckdbColumns made;
    made.link_ = std::move(link);
    for (std::size_t i = 0; i < columns.size(); ++i) {
        const LogicalType type(duckdb_column_logical_type(&result, i));
        Typed typed;
        typed.column = std::move(columns[i]);
        typed.format = typed.column.there ? format_of(type.get()) : "n";
        if (typed.format.empty())
            return make_error("data.duckdb", fmt::format("DuckDB gives `{}` in a type that is not "
                                                         "read",
                                                         typed.column.name));
        typed.held = duckdb_get_type_id(type.get());
        if (typed.held == DUCKDB_TYPE_DECIMAL)
            typed.held = duckdb_decimal_internal_type(type.get());
        else if (typed.held == DUCKDB_TYPE_SMALLINT)
            typed.held = DUCKDB_TYPE_INVALID; // needs no widening
        made.columns_.push_back(std::move(typed));
    }
    return made;
}

void DuckdbColumns::take(Chunk chunk, OwnedSchema& schema, OwnedArray& array) {
    const auto shared = std::make_shared<HeldChunk>(link_, std::move(chunk));
    const std::size_t rows = duckdb_data_chunk_get_size(shared->chunk.get());
    auto schemas = std::make_unique<HeldSchema>();
    auto arrays = std::make_unique<Held>();
    schemas->format = "+s";
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        Typed& column = columns_[i];
        std::string name = column.column.name;
        if (!column.column.there) {
            arrays->children.push_back(absent_array(rows));
            schemas->children.push_back(schema_of(std::move(name), "n"));
            continue;
        }
        const Vector vector = vector_of(shared, i);
        if (column.held != DUCKDB_TYPE_VARCHAR) {
            arrays->children.push_back(values_array(vector, column.held));
            schemas->children.push_back(schema_of(std::move(name), column.format));
            continue;
        }
        const std::span texts(static_cast<const duckdb_string_t*>(vector.values), rows);
        if (auto indexed = column.texts.indexed(texts, vector.known)) {
            arrays->children.push_back(indexed_array(vector, std::move(*indexed)));
            schemas->children.push_back(indexed_schema(std::move(name)));
            continue;
        }
        arrays->children.push_back(
            texts_array(DuckdbTexts::joined(texts, vector.known), vector.known, shared));
        schemas->children.push_back(schema_of(std::move(name), "u"));
    }
    for (ArrowSchema& child : schemas->children)
        schemas->pointers.push_back(&child);
    for (ArrowArray& child : arrays->children)
        arrays->pointers.push_back(&child);
    *schema.fill() = schema_of(std::move(schemas));
    *array.fill() = array_of(std::move(arrays), rows, 1);
}

} // namespace rulec::input
