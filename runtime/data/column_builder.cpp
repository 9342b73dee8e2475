#include "runtime/data/column_builder.hpp"

#include <algorithm>
#include <utility>

namespace rulebook::data {

namespace {

// In the memory of `spare`, which gets that of `values`.
template <class T>
GrowingArray<T> permuted(GrowingArray<T>& values, std::span<const RowIndex> order,
                         GrowingArray<T>& spare) {
    GrowingArray<T> result;
    if (values.empty())
        return result;
    std::swap(result, spare);
    result.clear();
    T* next = result.extend(order.size());
    for (const RowIndex row : order)
        *next++ = values[row];
    spare = std::move(values);
    return result;
}

// Mostly `known` of a column in which everything is.
bool all_alike(const GrowingArray<std::uint8_t>& values) {
    return !values.empty() &&
           std::ranges::count(values, values[0]) == static_cast<std::ptrdiff_t>(values.size());
}

template <class T>
void copy_within(GrowingArray<T>& values, RowIndex from, RowIndex to) {
    if (!values.empty())
        values[to] = values[from];
}

} // namespace

void ColumnBuilder::note_known_rows() {
    const std::size_t rows = column_.known_.size() + std::exchange(known_rows_, 0);
    column_.known_.resize(rows, 1);
    if (!column_.causes_.empty())
        column_.causes_.resize(rows, 0);
}

void ColumnBuilder::add_unknown(plan::Cause cause) {
    note_known_rows();
    if (column_.causes_.empty())
        column_.causes_.resize(column_.known_.size(), 0);
    column_.causes_.push_back(static_cast<std::uint8_t>(cause));
    column_.known_.push_back(0);
    switch (plan::representation(column_.type_.kind)) {
    case plan::Representation::Bool:
        return column_.booleans_.push_back(0);
    case plan::Representation::Integer:
        return column_.integers_.push_back(0);
    case plan::Representation::Real:
        return column_.reals_.push_back(0);
    case plan::Representation::Text:
        return column_.codes_.push_back(0);
    }
}

std::int64_t* ColumnBuilder::add_integers(std::size_t count) {
    known_rows_ += count;
    return column_.integers_.extend(count);
}

std::int64_t* ColumnBuilder::add_integers(std::span<const std::uint8_t> known) {
    note_known_rows();
    if (column_.causes_.empty())
        column_.causes_.resize(column_.known_.size(), 0);
    column_.known_.append(known.data(), known.size());
    std::uint8_t* causes = column_.causes_.extend(known.size());
    constexpr auto kMissing = static_cast<std::uint8_t>(plan::Cause::MissingInput);
    for (const std::uint8_t is_known : known)
        *causes++ = is_known != 0 ? std::uint8_t{0} : kMissing;
    return column_.integers_.extend(known.size());
}

void ColumnBuilder::seal() {
    if (std::exchange(sealed_, true))
        return;
    note_known_rows();
    if (plan::representation(column_.type_.kind) != plan::Representation::Text)
        return;
    if (text_codes_ == TextCodes::SortedIfFew && texts_.has_mostly_distinct()) {
        column_.dictionary_ = texts_.finish_unsorted();
        return;
    }
    std::vector<TextCode> final_codes;
    column_.dictionary_ = texts_.finish(final_codes);
    for (std::size_t row = 0; row < column_.codes_.size(); ++row)
        if (column_.known_[row] != 0)
            column_.codes_[row] = final_codes[column_.codes_[row]];
}

void ColumnBuilder::copy_value(RowIndex from, RowIndex to) {
    copy_within(column_.known_, from, to);
    copy_within(column_.causes_, from, to);
    copy_within(column_.booleans_, from, to);
    copy_within(column_.integers_, from, to);
    copy_within(column_.reals_, from, to);
    copy_within(column_.codes_, from, to);
}

Column ColumnBuilder::take(std::span<const RowIndex> order, Spare& spare) {
    Column raw = std::exchange(column_, Column(column_.type_));
    const bool as_it_is = order.size() == raw.size() && std::ranges::is_sorted(order);
    if (as_it_is) // all rows, each once
        return raw;
    Column result(raw.type_);
    if (all_alike(raw.known_) && order.size() <= raw.size()) {
        result.known_ = std::move(raw.known_);
        result.known_.resize(order.size());
    } else {
        result.known_ = permuted(raw.known_, order, spare.bytes);
    }
    result.causes_ = permuted(raw.causes_, order, spare.bytes);
    result.booleans_ = permuted(raw.booleans_, order, spare.bytes);
    result.integers_ = permuted(raw.integers_, order, spare.integers);
    result.reals_ = permuted(raw.reals_, order, spare.reals);
    result.codes_ = permuted(raw.codes_, order, spare.codes);
    result.dictionary_ = std::move(raw.dictionary_);
    return result;
}

} // namespace rulebook::data
