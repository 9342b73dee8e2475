#include "tests/unit/input/table_text.hpp"

#include <atomic>
#include <cstdint>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>
#include <unistd.h>

#include <fmt/format.h>

namespace rulec::input {

Folder::Folder() {
    static std::atomic<int> count = 0;
    path_ = std::filesystem::temp_directory_path() /
            fmt::format("rulebook-input-{}-{}", getpid(), count++);
    std::filesystem::create_directories(path_);
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void Folder::write(const std::string& name, std::string_view text) const {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
}

namespace {

template <class Value>
const Value* buffer(const ArrowArray& array, std::size_t index) {
    return static_cast<const Value*>(array.buffers[index]) + array.offset;
}

bool is_known(const ArrowArray& array, std::int64_t row) {
    const auto* bits = static_cast<const std::uint8_t*>(array.buffers[0]);
    const std::int64_t at = row + array.offset;
    return bits == nullptr || ((bits[at / 8] >> (at % 8)) & 1) != 0;
}

std::string value_text(const ArrowSchema& schema, const ArrowArray& array, std::int64_t row) {
    const std::string_view format = schema.format;
    if (format == "n") {
        return "-";
    }
    if (!is_known(array, row)) {
        return "~";
    }
    if (schema.dictionary != nullptr) { // by indexes of a byte
        return value_text(*schema.dictionary, *array.dictionary,
                          buffer<std::uint8_t>(array, 1)[row]);
    }
    if (format == "u") {
        const auto* offsets = buffer<std::int32_t>(array, 1);
        const auto* bytes = static_cast<const char*>(array.buffers[2]);
        return std::string(bytes + offsets[row], bytes + offsets[row + 1]);
    }
    if (format == "b") {
        const auto* bits = static_cast<const std::uint8_t*>(array.buffers[1]);
        const std::int64_t at = row + array.offset;
        return ((bits[at / 8] >> (at % 8)) & 1) != 0 ? "true" : "false";
    }
    if (format == "g") {
        return fmt::format("{}", buffer<double>(array, 1)[row]);
    }
    if (format == "c") {
        return fmt::format("{}", buffer<std::int8_t>(array, 1)[row]);
    }
    if (format == "s") {
        return fmt::format("{}", buffer<std::int16_t>(array, 1)[row]);
    }
    if (format == "C") {
        return fmt::format("{}", buffer<std::uint8_t>(array, 1)[row]);
    }
    if (format == "S") {
        return fmt::format("{}", buffer<std::uint16_t>(array, 1)[row]);
    }
    if (format == "I") {
        return fmt::format("{}", buffer<std::uint32_t>(array, 1)[row]);
    }
    if (format == "L") {
        return fmt::format("{}", buffer<std::uint64_t>(array, 1)[row]);
    }
    if (format == "f") {
        return fmt::format("{}", buffer<float>(array, 1)[row]);
    }
    const bool is_decimal = format.starts_with("d:");
    if (format == "i" || format == "tdD" || (is_decimal && format.ends_with(",32"))) {
        return fmt::format("{}", buffer<std::int32_t>(array, 1)[row]);
    }
    if (format == "l" || format.starts_with("ts") || (is_decimal && format.ends_with(",64"))) {
        return fmt::format("{}", buffer<std::int64_t>(array, 1)[row]);
    }
    if (is_decimal) { // the low half of 128 bits
        return fmt::format("{}", buffer<std::int64_t>(array, 1)[2 * row]);
    }
    return fmt::format("?{}", format);
}

} // namespace

std::vector<std::string> lines_of(TableReader& reader) {
    std::vector<std::string> lines;
    while (true) {
        const auto batch = reader.next();
        if (!batch.has_value()) {
            lines.push_back(fmt::format("error {}: {}", batch.error().code, batch.error().message));
            return lines;
        }
        if (batch->size() == 0) {
            return lines;
        }
        for (std::size_t row = 0; row < batch->size(); ++row) {
            std::string line = fmt::format("{}:{}", batch->source, batch->rows[row]);
            for (std::int64_t i = 0; i < batch->array->n_children; ++i) {
                line += i == 0 ? ' ' : '|';
                line += value_text(*batch->schema->children[i], *batch->array->children[i],
                                   static_cast<std::int64_t>(row));
            }
            lines.push_back(std::move(line));
        }
    }
}

std::vector<std::string> formats_of(const TableBatch& batch) {
    std::vector<std::string> formats;
    for (std::int64_t i = 0; i < batch.schema->n_children; ++i) {
        formats.emplace_back(batch.schema->children[i]->format);
    }
    return formats;
}

void replace_bytes(const std::filesystem::path& file, std::string_view bytes, std::string_view by) {
    ASSERT_EQ(bytes.size(), by.size());
    std::ifstream in(file, std::ios::binary);
    std::string all((std::istreambuf_iterator<char>(in)), {});
    std::size_t replaced = 0;
    for (std::size_t at = 0; (at = all.find(bytes, at)) != std::string::npos; ++replaced)
        all.replace(at, bytes.size(), by);
    EXPECT_GT(replaced, 0U);
    std::ofstream(file, std::ios::binary) << all;
}

} // namespace rulec::input
