// Columns of a batch that are added as wholes rather than cell by cell: numbers as they stand, and
// texts by their place in a dictionary, each of which is read once.
#include <algorithm>
#include <cstring>
#include <limits>
#include <vector>

#include "runtime/data/record_reader.hpp"

namespace rulebook::data {

namespace {

// Calls `work` with a null pointer of the type that holds the numbers.
template <class Work>
void with_width(const ArrowNumbers& numbers, const Work& work) {
    switch (numbers.width) {
    case 1:
        return work(static_cast<const std::int8_t*>(nullptr));
    case 2:
        return work(static_cast<const std::int16_t*>(nullptr));
    case 4:
        return work(static_cast<const std::int32_t*>(nullptr));
    case 16:
        return work(static_cast<const Int128*>(nullptr));
    default:
        return work(static_cast<const std::int64_t*>(nullptr));
    }
}

// Of 128 bits: the lower half.
template <class Number>
std::int64_t number_at(const char* values, std::size_t row) {
    Number value;
    std::memcpy(&value, values + row * sizeof value, sizeof value);
    return static_cast<std::int64_t>(value);
}

// Whether all that are known are of 64 bits.
bool are_narrow(const ArrowNumbers& numbers, std::size_t rows) {
    if (numbers.width <= sizeof(std::int64_t))
        return true;
    bool narrow = true;
    for (std::size_t row = 0; row < rows; ++row) {
        Int128 value;
        std::memcpy(&value, numbers.values + row * sizeof value, sizeof value);
        narrow &= value == static_cast<std::int64_t>(value) || !numbers.known.at(row);
    }
    return narrow;
}

void copy(const ArrowNumbers& numbers, std::size_t rows, std::int64_t* to) {
    with_width(numbers, [&]<class Number>(const Number*) {
        for (std::size_t row = 0; row < rows; ++row)
            to[row] = number_at<Number>(numbers.values, row);
    });
}

void copy_known(const ArrowNumbers& numbers, std::span<const std::uint8_t> known,
                std::int64_t* to) {
    with_width(numbers, [&]<class Number>(const Number*) {
        for (std::size_t row = 0; row < known.size(); ++row)
            to[row] = number_at<Number>(numbers.values, row) & -std::int64_t{known[row]};
    });
}

struct Extremes {
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    std::int64_t greatest = std::numeric_limits<std::int64_t>::min();
};

// Of known rows.
Extremes extremes_of(const ArrowNumbers& numbers, std::size_t rows) {
    Extremes extremes;
    with_width(numbers, [&]<class Number>(const Number*) {
        for (std::size_t row = 0; row < rows; ++row) {
            if (!numbers.known.at(row))
                continue;
            const std::int64_t value = number_at<Number>(numbers.values, row);
            extremes.least = std::min(extremes.least, value);
            extremes.greatest = std::max(extremes.greatest, value);
        }
    });
    return extremes;
}

} // namespace

bool RecordReader::add_numbers(const Batch& batch, std::size_t column,
                               const ArrowNumbers& numbers) {
    const std::size_t rows = batch.rows.size();
    if (rows == 0)
        return true;
    const CellReader& reader = cells_[column];
    // Where any number will do, the extremes of their type say so.
    constexpr Extremes kAny{std::numeric_limits<std::int64_t>::min(),
                            std::numeric_limits<std::int64_t>::max()};
    const auto are_plain = [&](const Extremes& extremes) {
        return reader.are_plain_integers(numbers.kind, numbers.decimals, extremes.least,
                                         extremes.greatest);
    };
    if (!are_narrow(numbers, rows))
        return false;
    if (!are_plain(kAny)) {
        const Extremes extremes = extremes_of(numbers, rows);
        if (extremes.least > extremes.greatest || !are_plain(extremes))
            return false;
    }
    if (!numbers.known.all())
        return add_missing_numbers(batch, column, numbers);
    copy(numbers, rows, table_.columns[column].add_integers(rows));
    if (column < table_.dates.size())
        table_.dates[column].values += rows;
    return true;
}

// Where some are missing. What lacks a value that it must have is looked at cell by cell.
bool RecordReader::add_missing_numbers(const Batch& batch, std::size_t column,
                                       const ArrowNumbers& numbers) {
    if (column >= table_.layout.fields.size() || required(column))
        return false;
    std::vector<std::uint8_t> known(batch.rows.size());
    std::size_t known_rows = 0;
    for (std::size_t row = 0; row < known.size(); ++row) {
        known[row] = numbers.known.at(row) ? 1 : 0;
        known_rows += known[row];
    }
    copy_known(numbers, known, table_.columns[column].add_integers(known));
    table_.dates[column].values += known_rows;
    if (known_rows < known.size())
        table_.examples[{column, plan::Cause::MissingInput}]; // there is such an unknown
    return true;
}

void RecordReader::add_indexed(const Batch& batch, std::size_t column, const ArrowColumn& cells,
                               std::size_t first, const ArrowIndexes& indexes) {
    constexpr std::int64_t kNotRead = -2;
    constexpr std::int64_t kNotPlain = -1;
    ColumnBuilder& builder = table_.columns[column];
    const auto how = plan::representation(builder.column().type().kind);
    const CellReader& reader = cells_[column];
    // By place in the dictionary: what it is added by, which is no negative number.
    std::vector<std::int64_t> read(indexes.dictionary->size(), kNotRead);
    const auto read_value = [&](std::size_t place) -> std::int64_t {
        const auto text = indexes.dictionary->text(place);
        if (!text)
            return kNotPlain;
        if (how == plan::Representation::Integer)
            return std::max(reader.plain_integer(*text).value_or(kNotPlain), kNotPlain);
        return how == plan::Representation::Text && reader.is_plain_text(*text)
                   ? std::int64_t{builder.code_of_text(*text)}
                   : kNotPlain;
    };
    std::uint64_t plain = 0;
    for (std::size_t row = 0; row < batch.rows.size(); ++row) {
        std::int64_t value = kNotPlain;
        if (const auto place = indexes.index(row); indexes.known.at(row) && place < read.size()) {
            if (read[place] == kNotRead)
                read[place] = read_value(place);
            value = read[place];
        }
        if (value < 0) {
            const SourceCell cell = cells.cell(first + row);
            add_cell(batch, column, row, cells_[column].read(cell), cell);
            continue;
        }
        ++plain;
        if (how == plan::Representation::Integer)
            builder.add_integer(value);
        else
            builder.add_text_of(static_cast<TextCode>(value));
    }
    if (column < table_.dates.size())
        table_.dates[column].values += plain;
}

} // namespace rulebook::data
