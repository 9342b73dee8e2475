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

template <class Struct>
void release_there(Struct& held) {
    if (held.release != nullptr)
        held.release(&held);
}

// What one array points to. Each child owns its own, since a consumer may move it out and keep it
// after its parent; a parent releases the children that are still there.
struct Held {
    Held() = default;
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;
    ~Held() {
        release_there(dictionary);
        for (ArrowArray& child : children)
            release_there(child);
    }

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
    delete static_cast<Held*>(array->private_data);
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

// Behind a null stands any byte, which is no bool.
std::vector<std::uint8_t> bits_of(const std::uint8_t* truths, std::size_t rows) {
    std::vector<std::uint8_t> bits((rows + 7) / 8);
    for (std::size_t row = 0; row < rows; ++row)
        bits[row / 8] |= static_cast<std::uint8_t>((truths[row] != 0 ? 1U : 0U) << (row % 8));
    return bits;
}

struct HeldSchema {
    HeldSchema() = default;
    HeldSchema(const HeldSchema&) = delete;
    HeldSchema& operator=(const HeldSchema&) = delete;
    ~HeldSchema() {
        release_there(dictionary);
        for (ArrowSchema& child : children)
            release_there(child);
    }

    std::string name;
    std::string format;
    ArrowSchema dictionary{};
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
};

void release_schema(ArrowSchema* schema) {
    delete static_cast<HeldSchema*>(schema->private_data);
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

struct Children {
    std::vector<ArrowArray>& arrays;
    std::vector<ArrowSchema>& schemas;
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
        held->bytes = bits_of(static_cast<const std::uint8_t*>(vector.values), vector.rows);
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

tl::unexpected<rulebook::Error> too_long(const std::string& column, std::size_t rows) {
    return make_error("data.limits",
                      fmt::format("`{}` has more than 2 GB of text in {} rows", column, rows));
}

// Adds the column of one chunk, and its schema, to the children that they are of.
Result<void> add(DuckdbColumn& column, const Vector& vector, Children& to) {
    const std::string& name = column.name;
    const auto put = [&](ArrowArray array, ArrowSchema schema) {
        to.arrays.push_back(array);
        to.schemas.push_back(schema);
    };
    if (!column.there) {
        put(absent_array(vector.rows), schema_of(name, "n"));
        return {};
    }
    if (column.held != DUCKDB_TYPE_VARCHAR) {
        put(values_array(vector, column.held), schema_of(name, column.format));
        return {};
    }
    const std::span texts(static_cast<const duckdb_string_t*>(vector.values), vector.rows);
    if (auto indexed = column.texts.indexed(texts, vector.known)) {
        put(indexed_array(vector, std::move(*indexed)), indexed_schema(name));
        return {};
    }
    auto joined = DuckdbTexts::joined(texts, vector.known);
    if (!joined)
        return too_long(name, vector.rows);
    put(texts_array(std::move(*joined), vector.known, vector.chunk), schema_of(name, "u"));
    return {};
}

} // namespace

Result<DuckdbColumns> DuckdbColumns::of(std::shared_ptr<Link> link, duckdb_result& result,
                                        std::vector<DuckdbColumn> columns) {
    DuckdbColumns made;
    made.link_ = std::move(link);
    made.columns_ = std::move(columns);
    for (std::size_t i = 0; i < made.columns_.size(); ++i) {
        DuckdbColumn& column = made.columns_[i];
        const LogicalType type(duckdb_column_logical_type(&result, i));
        column.format = column.there ? format_of(type.get()) : "n";
        if (column.format.empty())
            return make_error(
                "data.duckdb",
                fmt::format("DuckDB gives `{}` in a type that is not read", column.name));
        column.held = duckdb_get_type_id(type.get());
        if (column.held == DUCKDB_TYPE_DECIMAL)
            column.held = duckdb_decimal_internal_type(type.get());
        else if (column.held == DUCKDB_TYPE_SMALLINT)
            column.held = DUCKDB_TYPE_INVALID; // needs no widening
    }
    return made;
}

Result<void> DuckdbColumns::take(Chunk chunk, OwnedSchema& schema, OwnedArray& array) {
    const auto shared = std::make_shared<HeldChunk>(link_, std::move(chunk));
    auto schemas = std::make_unique<HeldSchema>();
    auto arrays = std::make_unique<Held>();
    Children children{arrays->children, schemas->children};
    for (std::size_t i = 0; i < columns_.size(); ++i)
        if (auto added = add(columns_[i], vector_of(shared, i), children); !added)
            return added;
    schemas->format = "+s";
    for (ArrowSchema& child : schemas->children)
        schemas->pointers.push_back(&child);
    for (ArrowArray& child : arrays->children)
        arrays->pointers.push_back(&child);
    *schema.fill() = schema_of(std::move(schemas));
    *array.fill() = array_of(std::move(arrays), duckdb_data_chunk_get_size(shared->chunk.get()), 1);
    return {};
}

} // namespace rulec::input
