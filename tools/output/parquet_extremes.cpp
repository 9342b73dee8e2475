#include "tools/output/parquet_extremes.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>

namespace rulec::output {

namespace {

template <class Number>
std::string bytes_of(Number value) {
    std::string bytes(sizeof value, '\0');
    std::memcpy(bytes.data(), &value, sizeof value);
    return bytes;
}

// By their bytes. Most texts differ early.
bool comes_before(std::string_view a, std::string_view b) {
    constexpr std::size_t kWord = sizeof(std::uint64_t);
    if (a.size() >= kWord && b.size() >= kWord) {
        std::uint64_t first = 0;
        std::uint64_t second = 0;
        std::memcpy(&first, a.data(), kWord);
        std::memcpy(&second, b.data(), kWord);
        if (first != second)
            return __builtin_bswap64(first) < __builtin_bswap64(second);
    }
    return a < b;
}

} // namespace

void TextExtremes::add(std::string_view text) {
    if (!least_ || comes_before(text, *least_))
        least_ = text;
    if (!greatest_ || comes_before(*greatest_, text))
        greatest_ = text;
}

void TextExtremes::put_into(ParquetChunk& chunk) const {
    constexpr std::size_t kLongest = 256;
    if (!least_ || least_->size() > kLongest || greatest_->size() > kLongest)
        return;
    chunk.least = *least_;
    chunk.greatest = *greatest_;
}

void add_integer_extremes(ParquetChunk& chunk, input::ColumnType type,
                          const CollectedColumn& column) {
    if (chunk.nulls == chunk.rows)
        return;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
    for (std::size_t row = 0; row < column.integers.size(); ++row) {
        if (!column.is_known(row))
            continue;
        least = std::min(least, column.integers[row]);
        greatest = std::max(greatest, column.integers[row]);
    }
    const std::size_t width = is_narrow(type) ? sizeof(std::int32_t) : sizeof(std::int64_t);
    chunk.least = bytes_of(least).substr(0, width);
    chunk.greatest = bytes_of(greatest).substr(0, width);
}

} // namespace rulec::output
