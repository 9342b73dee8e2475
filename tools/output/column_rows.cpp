#include "tools/output/column_rows.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "runtime/value/integer.hpp"

namespace rulec::output {

using input::ColumnType;

namespace {

constexpr std::size_t kMostTextBytes = std::size_t{64} << 20U;
constexpr std::int64_t kTooLarge = 1'000'000'000'000'000'000; // 19 digits

constexpr auto kPowersOfTen = [] {
    std::array<std::int64_t, kDecimalDigits + 1> powers{1};
    for (std::size_t i = 1; i < powers.size(); ++i)
        powers[i] = powers[i - 1] * 10;
    return powers;
}();

} // namespace

Held held(ColumnType type) {
    switch (type) {
    case ColumnType::Text:
    case ColumnType::Json:
        return Held::Texts;
    case ColumnType::Number:
        return Held::Reals;
    case ColumnType::Boolean:
        return Held::Booleans;
    case ColumnType::Integer:
    case ColumnType::Decimal:
    case ColumnType::Percent:
    case ColumnType::Date:
    case ColumnType::Time:
        break;
    }
    return Held::Integers;
}

void ColumnCells::null() {
    cells_.known.resize(rows_, 1);
    cells_.known.push_back(0);
    ++cells_.nulls;
    ++rows_;
    switch (held_) {
    case Held::Texts:
        if (!cells_.codes.empty())
            return cells_.codes.push_back(0);
        return cells_.ends.push_back(static_cast<std::uint32_t>(cells_.bytes.size()));
    case Held::Integers:
        return cells_.integers.push_back(0);
    case Held::Reals:
        return cells_.reals.push_back(0);
    case Held::Booleans:
        return cells_.booleans.push_back(0);
    }
}

void ColumnCells::text(std::string_view value) {
    if (!cells_.codes.empty()) { // no longer by codes
        const CollectedColumn by_code = std::exchange(cells_, {});
        codes_.clear();
        cells_.known = by_code.known;
        cells_.nulls = by_code.nulls;
        for (std::size_t row = 0; row < by_code.codes.size(); ++row) {
            const std::string_view text = by_code.is_known(row) ? by_code.text(row) : "";
            cells_.bytes.append(text.data(), text.size());
            cells_.ends.push_back(static_cast<std::uint32_t>(cells_.bytes.size()));
        }
    }
    ++rows_;
    cells_.bytes.append(value.data(), value.size());
    cells_.ends.push_back(static_cast<std::uint32_t>(cells_.bytes.size()));
}

void ColumnCells::texts(std::span<const std::uint32_t> codes, std::span<const std::string> texts) {
    if (!cells_.ends.empty())
        return RowSink::texts(codes, texts);
    std::vector<std::uint32_t> ours; // by code of theirs
    for (const std::string& text : texts) {
        const auto next = static_cast<std::uint32_t>(cells_.texts.size());
        const auto [at, is_new] = codes_.try_emplace(text, next);
        if (is_new)
            cells_.texts.push_back(text);
        ours.push_back(at->second);
    }
    for (const std::uint32_t code : codes)
        cells_.codes.push_back(ours[code]);
    rows_ += codes.size();
}

void ColumnCells::number(double value) {
    ++rows_;
    cells_.reals.push_back(value);
}

void ColumnCells::boolean(bool value) {
    ++rows_;
    cells_.booleans.push_back(value ? 1 : 0);
}

void ColumnCells::decimal(std::int64_t units, int decimals) {
    const auto zeros = static_cast<std::size_t>(column_->decimals - decimals);
    const auto value = rulebook::checked_multiply(units, kPowersOfTen[zeros]);
    too_large_ = too_large_ || !value || *value <= -kTooLarge || *value >= kTooLarge;
    put(value.value_or(0));
}

const CollectedColumn& ColumnCells::collected() {
    if (cells_.nulls > 0)
        cells_.known.resize(rows_, 1);
    return cells_;
}

bool ColumnCells::full() const {
    return cells_.bytes.size() > kMostTextBytes;
}

bool ColumnCells::nearly_full() const {
    return cells_.bytes.size() > kMostTextBytes / 8;
}

void ColumnCells::clear() {
    cells_.known.clear();
    cells_.nulls = 0;
    cells_.bytes.clear();
    cells_.ends.clear();
    cells_.codes.clear();
    cells_.texts.clear();
    codes_.clear();
    cells_.integers.clear();
    cells_.reals.clear();
    cells_.booleans.clear();
    rows_ = 0;
}

ColumnRows::ColumnRows(std::span<const input::TypedColumn> columns) : columns_(columns) {
    for (const input::TypedColumn& column : columns)
        cells_.emplace_back(column);
}

void ColumnRows::text(std::string_view value) {
    ColumnCells& cells = next();
    cells.text(value);
    full_ = full_ || cells.full();
}

bool ColumnRows::add_columns(const input::TypedTable& table, std::size_t first, std::size_t last) {
    constexpr std::size_t kFirstRows = 512; // few, since their texts may be long
    for (std::size_t column = 0; column < cells_.size(); ++column) {
        std::size_t rows = kFirstRows;
        for (std::size_t row = first; row < last;) {
            const std::size_t next = std::min(last, row + rows);
            table.write_column(column, row, next, cells_[column]);
            if (cells_[column].full()) {
                clear();
                return false;
            }
            row = next;
            if (!cells_[column].nearly_full()) // the next ones will not be so much longer
                rows *= 2;
        }
    }
    rows_ = last - first;
    return true;
}

std::string ColumnRows::too_large() const {
    for (std::size_t column = 0; column < cells_.size(); ++column)
        if (cells_[column].too_large())
            return columns_[column].name;
    return "";
}

void ColumnRows::clear() {
    for (ColumnCells& cells : cells_)
        cells.clear();
    rows_ = 0;
    full_ = false;
}

} // namespace rulec::output
