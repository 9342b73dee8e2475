#include "runtime/data/key_index.hpp"

#include <algorithm>
#include <bit>

namespace rulebook::data {

namespace {

bool is_text(const Column& column) {
    return plan::representation(column.type().kind) == plan::Representation::Text;
}

// A key that is no text, as a number that tells it from others.
std::int64_t number_of(const Column& column, RowIndex row) {
    switch (plan::representation(column.type().kind)) {
    case plan::Representation::Bool:
        return column.boolean(row) ? 1 : 0;
    case plan::Representation::Real:
        return std::bit_cast<std::int64_t>(column.real(row));
    default:
        return column.integer(row);
    }
}

} // namespace

KeyIndex::KeyIndex(const Column& read) {
    if (is_text(read)) {
        rows_.assign(read.dictionary().size(), kRejectedRow);
        return;
    }
    for (RowIndex row = 0; row < read.size(); ++row)
        if (read.known(row))
            numbers_.push_back(number_of(read, row));
    std::ranges::sort(numbers_);
    const auto [first, last] = std::ranges::unique(numbers_);
    numbers_.erase(first, last);
    rows_.assign(numbers_.size(), kRejectedRow);
}

void KeyIndex::admit(const Column& admitted) {
    for (RowIndex row = 0; row < admitted.size(); ++row) {
        if (!admitted.known(row))
            continue;
        if (is_text(admitted)) {
            rows_[admitted.codes()[row]] = row;
            continue;
        }
        const auto place = std::ranges::lower_bound(numbers_, number_of(admitted, row));
        rows_[static_cast<std::size_t>(place - numbers_.begin())] = row;
    }
}

std::vector<RowIndex> KeyIndex::places(const Column& keys, const Column& admitted) const {
    if (is_text(keys))
        return text_places(keys, admitted.dictionary());
    std::vector<RowIndex> places(keys.size(), kNoRow);
    for (RowIndex row = 0; row < keys.size(); ++row) {
        if (!keys.known(row))
            continue;
        const std::int64_t number = number_of(keys, row);
        const auto place = std::ranges::lower_bound(numbers_, number);
        if (place != numbers_.end() && *place == number)
            places[row] = rows_[static_cast<std::size_t>(place - numbers_.begin())];
    }
    return places;
}

// Both dictionaries are sorted: one walk finds the place of every distinct key.
std::vector<RowIndex> KeyIndex::text_places(const Column& keys, const Dictionary& own) const {
    const Dictionary& theirs = keys.dictionary();
    std::vector<RowIndex> place_of_code(theirs.size(), kNoRow);
    TextCode mine = 0;
    for (TextCode code = 0; code < theirs.size(); ++code) {
        while (mine < own.size() && own.text(mine) < theirs.text(code))
            ++mine;
        if (mine < own.size() && own.text(mine) == theirs.text(code))
            place_of_code[code] = rows_[mine];
    }
    std::vector<RowIndex> places(keys.size(), kNoRow);
    for (RowIndex row = 0; row < keys.size(); ++row)
        if (keys.known(row))
            places[row] = place_of_code[keys.codes()[row]];
    return places;
}

} // namespace rulebook::data
