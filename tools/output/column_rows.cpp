#include "tools/output/column_rows.hpp"

#include <array>

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

ColumnRows::ColumnRows(std::span<const input::TypedColumn> columns)
    : columns_(columns), collected_(columns.size()) {}

void ColumnRows::null() {
    const Held how = held(columns_[column_].type);
    CollectedColumn& column = next();
    column.known.resize(rows_, 1);
    column.known.push_back(0);
    ++column.nulls;
    switch (how) {
    case Held::Texts:
        return column.ends.push_back(static_cast<std::uint32_t>(column.bytes.size()));
    case Held::Integers:
        return column.integers.push_back(0);
    case Held::Reals:
        return column.reals.push_back(0);
    case Held::Booleans:
        return column.booleans.push_back(0);
    }
}

void ColumnRows::text(std::string_view value) {
    CollectedColumn& column = next();
    column.bytes.append(value.data(), value.size());
    column.ends.push_back(static_cast<std::uint32_t>(column.bytes.size()));
    full_ = full_ || column.bytes.size() > kMostTextBytes;
}

void ColumnRows::number(double value) {
    next().reals.push_back(value);
}

void ColumnRows::boolean(bool value) {
    next().booleans.push_back(value ? 1 : 0);
}

void ColumnRows::put(std::int64_t value) {
    next().integers.push_back(value);
}

void ColumnRows::decimal(std::int64_t units, int decimals) {
    const input::TypedColumn& column = columns_[column_];
    const auto zeros = static_cast<std::size_t>(column.decimals - decimals);
    const auto value = rulebook::checked_multiply(units, kPowersOfTen[zeros]);
    if (!value || *value <= -kTooLarge || *value >= kTooLarge)
        too_large_ = column.name;
    put(value.value_or(0));
}

const std::vector<CollectedColumn>& ColumnRows::collected() {
    for (CollectedColumn& column : collected_)
        if (column.nulls > 0)
            column.known.resize(rows_, 1);
    return collected_;
}

void ColumnRows::clear() {
    for (CollectedColumn& column : collected_) {
        column.known.clear();
        column.nulls = 0;
        column.bytes.clear();
        column.ends.clear();
        column.integers.clear();
        column.reals.clear();
        column.booleans.clear();
    }
    rows_ = 0;
    full_ = false;
}

} // namespace rulec::output
