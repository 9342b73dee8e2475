#include "runtime/data/column_builder.hpp"

#include <utility>

namespace rulebook::data {

namespace {

template <class T>
std::vector<T> permuted(const std::vector<T>& values, std::span<const RowIndex> order) {
    std::vector<T> result;
    if (values.empty())
        return result;
    result.reserve(order.size());
    for (const RowIndex row : order)
        result.push_back(values[row]);
    return result;
}

template <class T>
void copy_within(std::vector<T>& values, RowIndex from, RowIndex to) {
    if (!values.empty())
        values[to] = values[from];
}

} // namespace

void ColumnBuilder::add_state(bool known, std::uint8_t cause) {
    if (!known && column_.causes_.empty())
        column_.causes_.resize(column_.known_.size(), 0);
    if (!column_.causes_.empty() || !known)
        column_.causes_.push_back(cause);
    column_.known_.push_back(known ? 1 : 0);
}

void ColumnBuilder::add_boolean(bool value) {
    add_state(true, 0);
    column_.booleans_.push_back(value ? 1 : 0);
}

void ColumnBuilder::add_integer(std::int64_t value) {
    add_state(true, 0);
    column_.integers_.push_back(value);
}

void ColumnBuilder::add_real(double value) {
    add_state(true, 0);
    column_.reals_.push_back(value == 0.0 ? 0.0 : value); // one zero
}

void ColumnBuilder::add_text(std::string_view value) {
    add_state(true, 0);
    column_.codes_.push_back(texts_.add(value));
}

void ColumnBuilder::add_unknown(plan::Cause cause) {
    add_state(false, static_cast<std::uint8_t>(cause));
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

void ColumnBuilder::seal() {
    if (plan::representation(column_.type_.kind) != plan::Representation::Text)
        return;
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

Column ColumnBuilder::take(std::span<const RowIndex> order) {
    Column raw = std::exchange(column_, Column(column_.type_));
    Column result(raw.type_);
    result.known_ = permuted(raw.known_, order);
    result.causes_ = permuted(raw.causes_, order);
    result.booleans_ = permuted(raw.booleans_, order);
    result.integers_ = permuted(raw.integers_, order);
    result.reals_ = permuted(raw.reals_, order);
    result.codes_ = permuted(raw.codes_, order);
    result.dictionary_ = std::move(raw.dictionary_);
    return result;
}

} // namespace rulebook::data
