#include "tests/unit/data/arrow_batch.hpp"

#include <array>
#include <cstring>

namespace rulebook::data::testing {

namespace {

// What the private_data of a schema and of an array keep alive. `Node` holds one struct and its
// children.
struct SchemaNode {
    std::string format;
    std::string name;
    std::vector<std::unique_ptr<SchemaNode>> children;
    std::vector<ArrowSchema*> child_pointers;
    ArrowSchema schema{};
    std::unique_ptr<SchemaNode> dictionary;
};

struct ArrayNode {
    std::vector<std::uint8_t> known_bits;
    std::vector<std::uint8_t> values;
    std::vector<std::uint8_t> bytes;
    std::array<const void*, 3> buffers{};
    std::vector<std::unique_ptr<ArrayNode>> children;
    std::vector<ArrowArray*> child_pointers;
    ArrowArray array{};
    std::unique_ptr<ArrayNode> dictionary;
};

void release_schema(ArrowSchema* schema) {
    delete static_cast<SchemaNode*>(schema->private_data);
    schema->release = nullptr;
}

void release_array(ArrowArray* array) {
    delete static_cast<ArrayNode*>(array->private_data);
    array->release = nullptr;
}

void released_with_its_parent(ArrowSchema* schema) {
    schema->release = nullptr;
}
void released_with_its_parent(ArrowArray* array) {
    array->release = nullptr;
}

std::unique_ptr<SchemaNode> schema_of(const TestColumn& column) {
    auto node = std::make_unique<SchemaNode>();
    node->format = column.format;
    node->name = column.name;
    node->schema.format = node->format.c_str();
    node->schema.name = node->name.c_str();
    node->schema.flags = ARROW_FLAG_NULLABLE;
    node->schema.release = released_with_its_parent;
    if (column.dictionary) {
        node->dictionary = schema_of(*column.dictionary);
        node->schema.dictionary = &node->dictionary->schema;
    }
    return node;
}

std::unique_ptr<ArrayNode> array_of(const TestColumn& column) {
    auto node = std::make_unique<ArrayNode>();
    if (!column.known.empty()) {
        node->known_bits.assign((column.offset + column.rows + 7) / 8, 0);
        for (std::size_t row = 0; row < column.rows; ++row)
            if (column.known[row] != 0) {
                const std::size_t at = row + column.offset;
                node->known_bits[at / 8] |= static_cast<std::uint8_t>(1U << (at % 8));
            }
        node->buffers[0] = node->known_bits.data();
    }
    node->values = column.values;
    node->bytes = column.bytes;
    node->buffers[1] = node->values.data();
    node->buffers[2] = node->bytes.data();
    node->array.length = static_cast<std::int64_t>(column.rows);
    node->array.null_count = -1;
    node->array.offset = static_cast<std::int64_t>(column.offset);
    node->array.n_buffers = column.format == "n" ? 0 : (column.format == "u" ? 3 : 2);
    node->array.buffers = node->buffers.data();
    node->array.release = released_with_its_parent;
    if (column.dictionary) {
        node->dictionary = array_of(*column.dictionary);
        node->array.dictionary = &node->dictionary->array;
    }
    return node;
}

} // namespace

TestColumn text_column(std::string name, const TextCells& cells) {
    TestColumn column{std::move(name), "u", {}, {}, {}, cells.size(), 0, nullptr};
    std::vector<std::int32_t> ends{0};
    for (const auto& cell : cells) {
        column.known.push_back(cell ? 1 : 0);
        if (cell)
            column.bytes.insert(column.bytes.end(), cell->begin(), cell->end());
        ends.push_back(static_cast<std::int32_t>(column.bytes.size()));
    }
    column.values.resize(ends.size() * sizeof(std::int32_t));
    std::memcpy(column.values.data(), ends.data(), column.values.size());
    return column;
}

TestColumn absent_column(std::string name, std::size_t rows) {
    return {std::move(name), "n", {}, {}, {}, rows, 0, nullptr};
}

TestBatch batch_of(std::vector<TestColumn> columns) {
    auto schema = std::make_unique<SchemaNode>();
    auto array = std::make_unique<ArrayNode>();
    for (const TestColumn& column : columns) {
        schema->children.push_back(schema_of(column));
        schema->child_pointers.push_back(&schema->children.back()->schema);
        array->children.push_back(array_of(column));
        array->child_pointers.push_back(&array->children.back()->array);
    }
    ArrowSchema schema_struct{};
    schema_struct.format = "+s";
    schema_struct.name = "";
    schema_struct.n_children = static_cast<std::int64_t>(columns.size());
    schema_struct.children = schema->child_pointers.data();
    schema_struct.release = release_schema;
    schema_struct.private_data = schema.release();
    ArrowArray array_struct{};
    array_struct.length = columns.empty() ? 0 : static_cast<std::int64_t>(columns.front().rows);
    array_struct.null_count = 0;
    array_struct.n_buffers = 1;
    array_struct.buffers = array->buffers.data();
    array_struct.n_children = static_cast<std::int64_t>(columns.size());
    array_struct.children = array->child_pointers.data();
    array_struct.release = release_array;
    array_struct.private_data = array.release();
    return {OwnedSchema(schema_struct), OwnedArray(array_struct)};
}

} // namespace rulebook::data::testing
