#include "tools/output/parquet_pages.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string_view>
#include <vector>

#include <snappy.h>

#include "tools/output/parquet_dictionary.hpp"
#include "tools/output/parquet_encodings.hpp"
#include "tools/output/parquet_extremes.hpp"
#include "tools/output/thrift_struct.hpp"

namespace rulec::output {

namespace {

constexpr std::int32_t kDataPage = 0;
constexpr std::int32_t kDictionaryPage = 2;

static_assert(std::endian::native == std::endian::little, "Parquet's numbers are little-endian");

template <class Number>
void append_number(PageBytes& out, Number value) {
    std::memcpy(out.extend(sizeof value), &value, sizeof value);
}

void append_varint(PageBytes& out, std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U)
        out.push_back(static_cast<char>((value & 0x7FU) | 0x80U));
    out.push_back(static_cast<char>(value));
}

// Numbers of `width` bits each, from the lowest bit on; eight of them fill whole bytes, so zeros
// follow until there are.
template <class Number>
void append_bits(PageBytes& out, const std::vector<Number>& numbers, unsigned width) {
    constexpr unsigned kStep = 32; // bits that are put down at once; `width` is not greater
    std::uint64_t bits = 0;
    unsigned filled = 0;
    const std::size_t bytes = (numbers.size() + 7) / 8 * width;
    char* at = out.extend(bytes + sizeof bits);
    for (const Number number : numbers) {
        bits |= std::uint64_t{number} << filled;
        filled += width;
        if (filled < kStep)
            continue;
        std::memcpy(at, &bits, kStep / 8);
        at += kStep / 8;
        bits >>= kStep;
        filled -= kStep;
    }
    std::memcpy(at, &bits, sizeof bits); // and zeros
    out.resize(out.size() - sizeof bits);
}

// One run of the hybrid of runs and bits.
template <class Number>
void append_bit_run(PageBytes& out, const std::vector<Number>& numbers, unsigned width) {
    append_varint(out, (numbers.size() + 7) / 8 << 1U | 1U);
    append_bits(out, numbers, width);
}

// Which rows are known, with the length before it.
void append_levels(PageBytes& out, const CollectedColumn& column, std::size_t rows) {
    PageBytes levels;
    if (column.nulls == 0) {
        append_varint(levels, rows << 1U);
        levels.push_back(1);
    } else {
        append_bit_run(levels, column.known, 1);
    }
    append_number(out, static_cast<std::uint32_t>(levels.size()));
    out.append(levels.data(), levels.size());
}

void append_text(PageBytes& out, std::string_view text) {
    append_number(out, static_cast<std::uint32_t>(text.size()));
    out.append(text.data(), text.size());
}

template <class Number>
void append_all(PageBytes& out, const std::vector<Number>& numbers) {
    if (!numbers.empty())
        std::memcpy(out.extend(numbers.size() * sizeof(Number)), numbers.data(),
                    numbers.size() * sizeof(Number));
}

template <class Value, class Append>
void for_each_known(const CollectedColumn& column, const std::vector<Value>& values,
                    const Append& append) {
    for (std::size_t row = 0; row < values.size(); ++row)
        if (column.is_known(row))
            append(values[row]);
}

void append_plain_texts(PageBytes& out, const CollectedColumn& column, std::size_t rows) {
    out.reserve(out.size() + column.bytes.size() + rows * sizeof(std::uint32_t));
    for (std::size_t row = 0; row < rows; ++row)
        if (column.is_known(row))
            append_text(out, column.text(row));
}

// Of all but texts.
void append_plain(PageBytes& out, input::ColumnType type, const CollectedColumn& column) {
    switch (held(type)) {
    case Held::Texts:
        return;
    case Held::Integers:
        if (!is_narrow(type) && column.nulls == 0)
            return append_all(out, column.integers);
        if (is_narrow(type))
            return for_each_known(column, column.integers, [&](std::int64_t value) {
                append_number(out, static_cast<std::int32_t>(value));
            });
        return for_each_known(column, column.integers,
                              [&](std::int64_t value) { append_number(out, value); });
    case Held::Reals:
        if (column.nulls == 0)
            return append_all(out, column.reals);
        return for_each_known(column, column.reals,
                              [&](double value) { append_number(out, value); });
    case Held::Booleans:
        if (column.nulls == 0)
            return append_bits(out, column.booleans, 1);
        std::vector<std::uint8_t> known;
        for_each_known(column, column.booleans,
                       [&](std::uint8_t value) { known.push_back(value); });
        return append_bits(out, known, 1);
    }
}

} // namespace

bool is_narrow(input::ColumnType type) {
    return type == input::ColumnType::Date;
}

// Appends the page, compressed, behind its head; `describe` adds what the head says of its kind.
template <class Describe>
void ParquetPages::append_page(PageBytes& out, ParquetChunk& chunk, std::int32_t kind,
                               const Describe& describe) {
    constexpr std::size_t kLongestHead = 64;
    const std::size_t before = out.size();
    out.extend(kLongestHead + snappy::MaxCompressedLength(page_.size()));
    char* const place = out.data() + before;
    std::size_t size = 0;
    snappy::RawCompress(page_.data(), page_.size(), place + kLongestHead, &size);
    std::string bytes;
    ThriftStruct head(bytes);
    head.integer(1, kind);
    head.integer(2, static_cast<std::int32_t>(page_.size()));
    head.integer(3, static_cast<std::int32_t>(size));
    describe(head);
    head.end();
    const std::size_t head_bytes = bytes.size();
    bytes.copy(place, head_bytes);
    std::memmove(place + head_bytes, place + kLongestHead, size);
    out.resize(before + head_bytes + size);
    chunk.compressed_bytes += static_cast<std::int64_t>(head_bytes + size);
    chunk.uncompressed_bytes += static_cast<std::int64_t>(head_bytes + page_.size());
}

void ParquetPages::append_data_page(PageBytes& out, ParquetChunk& chunk, std::int32_t encoding) {
    append_page(out, chunk, kDataPage, [&](ThriftStruct& head) {
        head.structure(5, [&](ThriftStruct& data) {
            data.integer(1, static_cast<std::int32_t>(chunk.rows));
            data.integer(2, encoding);
            data.integer(3, kRunsAndBits);
            data.integer(4, kRunsAndBits);
        });
    });
}

// What page_ holds is the dictionary.
void ParquetPages::append_indexes(PageBytes& out, ParquetChunk& chunk,
                                  const CollectedColumn& column,
                                  const std::vector<std::uint32_t>& codes, std::size_t distinct) {
    append_page(out, chunk, kDictionaryPage, [&](ThriftStruct& head) {
        head.structure(7, [&](ThriftStruct& dictionary) {
            dictionary.integer(1, static_cast<std::int32_t>(distinct));
            dictionary.integer(2, kPlain);
        });
    });
    chunk.has_dictionary = true;
    chunk.dictionary_bytes = chunk.compressed_bytes;
    constexpr std::size_t kTwo = 2; // not all readers know indexes of no bits
    const auto width = static_cast<unsigned>(std::bit_width(std::max(kTwo, distinct) - 1));
    page_.clear();
    append_levels(page_, column, static_cast<std::size_t>(chunk.rows));
    page_.push_back(static_cast<char>(width));
    append_bit_run(page_, codes, width);
    append_data_page(out, chunk, kDictionaryIndexes);
}

void ParquetPages::append_texts(PageBytes& out, ParquetChunk& chunk,
                                const CollectedColumn& column) {
    const auto rows = static_cast<std::size_t>(chunk.rows);
    TextExtremes extremes;
    if (const auto dictionary = dictionary_of_texts(column)) {
        const std::size_t distinct = dictionary->texts.size();
        for (std::uint32_t code = 0; code < distinct; ++code) {
            extremes.add(dictionary->texts.text(code));
            append_text(page_, dictionary->texts.text(code));
        }
        extremes.put_into(chunk);
        return append_indexes(out, chunk, column, dictionary->codes, distinct);
    }
    for (std::size_t row = 0; row < rows; ++row)
        if (column.is_known(row))
            extremes.add(column.text(row));
    extremes.put_into(chunk);
    append_levels(page_, column, rows);
    append_plain_texts(page_, column, rows);
    append_data_page(out, chunk, kPlain);
}

void ParquetPages::append_integers(PageBytes& out, ParquetChunk& chunk,
                                   const CollectedColumn& column, input::ColumnType type) {
    add_integer_extremes(chunk, type, column);
    if (const auto dictionary = dictionary_of_integers(column)) {
        CollectedColumn distinct;
        distinct.integers = dictionary->integers;
        append_plain(page_, type, distinct);
        return append_indexes(out, chunk, column, dictionary->codes, dictionary->integers.size());
    }
    append_levels(page_, column, column.integers.size());
    append_plain(page_, type, column);
    append_data_page(out, chunk, kPlain);
}

ParquetChunk ParquetPages::append(PageBytes& out, input::ColumnType type,
                                  const CollectedColumn& column, std::size_t rows) {
    ParquetChunk chunk;
    chunk.rows = static_cast<std::int64_t>(rows);
    chunk.nulls = static_cast<std::int64_t>(column.nulls);
    page_.clear();
    page_.reserve(1); // so that there is a place even of no bytes
    switch (held(type)) {
    case Held::Texts:
        append_texts(out, chunk, column);
        break;
    case Held::Integers:
        append_integers(out, chunk, column, type);
        break;
    case Held::Reals:
    case Held::Booleans:
        append_levels(page_, column, rows);
        append_plain(page_, type, column);
        append_data_page(out, chunk, kPlain);
        break;
    }
    return chunk;
}

} // namespace rulec::output
