#include "tools/data/text_columns.hpp"

#include <array>
#include <memory>
#include <utility>

namespace rulec::input {

using rulebook::data::OwnedArray;
using rulebook::data::OwnedSchema;

namespace {

// A consumer may move a child out and keep it after its parent, so each child owns what it points
// to, and a parent releases the children that are still there.
template <class Struct>
void release_children(Struct* parent) {
    for (std::int64_t i = 0; i < parent->n_children; ++i) {
        if (parent->children[i]->release != nullptr) {
            parent->children[i]->release(parent->children[i]);
        }
    }
}

struct SchemaParts {
    std::vector<ArrowSchema> children;
    std::vector<ArrowSchema*> pointers;
};

void release_child_schema(ArrowSchema* schema) {
    delete static_cast<std::string*>(schema->private_data);
    schema->release = nullptr;
}

void release_schema(ArrowSchema* schema) {
    release_children(schema);
    delete static_cast<SchemaParts*>(schema->private_data);
    schema->release = nullptr;
}

struct ArrayParts {
    std::vector<ArrowArray> children;
    std::vector<ArrowArray*> pointers;
    std::array<const void*, 1> buffers = {nullptr};
};

void release_array(ArrowArray* array) {
    release_children(array);
    delete static_cast<ArrayParts*>(array->private_data);
    array->release = nullptr;
}

} // namespace

OwnedSchema text_schema(std::span<const std::string> names, const std::vector<bool>& present) {
    auto parts = std::make_unique<SchemaParts>();
    parts->children.resize(names.size());
    for (std::size_t i = 0; i < names.size(); ++i) {
        auto name = std::make_unique<std::string>(names[i]);
        ArrowSchema& child = parts->children[i];
        child = ArrowSchema{};
        child.format = present[i] ? "u" : "n";
        child.name = name->c_str();
        child.flags = ARROW_FLAG_NULLABLE;
        child.release = release_child_schema;
        child.private_data = name.release();
        parts->pointers.push_back(&child);
    }
    ArrowSchema schema{};
    schema.format = "+s";
    schema.name = "";
    schema.n_children = static_cast<std::int64_t>(names.size());
    schema.children = parts->pointers.data();
    schema.release = release_schema;
    schema.private_data = parts.release();
    return OwnedSchema(schema);
}

// What a child of an array points to.
struct TextColumns::Child {
    Column column;
    std::array<const void*, 3> buffers{};

    // Fills `array`, which owns the child from then on.
    static void hand_over(Column column, ArrowArray& array) {
        auto child = std::make_unique<Child>();
        child->column = std::move(column);
        child->buffers = {nullptr, child->column.offsets.data(), child->column.bytes.data()};
        array.n_buffers = 3;
        array.buffers = child->buffers.data();
        array.private_data = child.release();
    }
    static void release(ArrowArray* array) {
        delete static_cast<Child*>(array->private_data);
        array->release = nullptr;
    }
};

TextColumns::TextColumns(std::vector<bool> present)
    : present_(std::move(present)), columns_(present_.size()) {}

void TextColumns::append(std::size_t column, std::string_view value) {
    Column& to = columns_[column];
    to.bytes.append(value);
    to.offsets.push_back(static_cast<std::int32_t>(to.bytes.size()));
    byte_count_ += value.size();
}

// As much as the last batch took, which is most likely what the next one will take.
void TextColumns::make_room() {
    columns_.resize(present_.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (present_[i]) {
            columns_[i].bytes.reserve(room_[i] + room_[i] / 8);
            columns_[i].offsets.reserve(row_room_ + 1);
        }
    }
}

OwnedArray TextColumns::take(std::size_t row_count) {
    room_.clear();
    for (const Column& column : columns_) {
        room_.push_back(column.bytes.size());
    }
    row_room_ = row_count;
    std::vector<Column> columns = std::exchange(columns_, {});
    make_room();
    byte_count_ = 0;
    auto parts = std::make_unique<ArrayParts>();
    parts->children.resize(columns.size());
    for (std::size_t i = 0; i < columns.size(); ++i) {
        ArrowArray& child = parts->children[i];
        child = ArrowArray{};
        child.length = static_cast<std::int64_t>(row_count);
        child.release = Child::release;
        if (present_[i]) {
            Child::hand_over(std::move(columns[i]), child);
        } else {
            child.null_count = child.length;
        }
        parts->pointers.push_back(&child);
    }
    ArrowArray array{};
    array.length = static_cast<std::int64_t>(row_count);
    array.n_buffers = 1;
    array.n_children = static_cast<std::int64_t>(columns.size());
    array.buffers = parts->buffers.data();
    array.children = parts->pointers.data();
    array.release = release_array;
    array.private_data = parts.release();
    return OwnedArray(array);
}

} // namespace rulec::input
