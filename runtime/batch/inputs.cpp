#include "runtime/batch/inputs.hpp"

#include <algorithm>

namespace rulebook::batch {

using native::ArrayIndex;
using native::Cell;
using native::Source;

namespace {

template <class T>
void gather(std::span<const T> column, const Rows& rows, void* to) {
    auto* const values = static_cast<T*>(to);
    const std::span<const RowIndex> listed = rows.listed();
    for (std::size_t i = 0; i < listed.size(); ++i)
        values[i] = column[listed[i]];
}

// Kernels only read it: Array has one form for what they read and what they write.
template <class T>
T* from_row(std::span<const T> column, RowIndex first) {
    return const_cast<T*>(column.data() + first);
}

template <class T>
void bring_values(std::span<const T> column, const Rows& rows, native::Array& array) {
    if (rows.are_side_by_side())
        array.values = from_row(column, rows.first());
    else
        gather(column, rows, array.values);
}

} // namespace

Inputs::Inputs(const native::Program& program, const plan::Plan& plan, const data::Dataset& dataset,
               plan::EntityIndex entity)
    : program_(program), dataset_(dataset), entity_(entity) {
    for (ArrayIndex i = 0; i < program.arrays.size(); ++i) {
        const native::ArrayInfo& info = program.arrays[i];
        if (info.entity != entity)
            continue;
        indexes_.push_back(i);
        cells_.push_back(info.cell);
        if (info.source == Source::Stored) {
            stored_.push_back(i);
        } else if (info.source == Source::Tracked) {
            tracked_.push_back(i);
        } else if (info.source == Source::Codes) {
            codes_.push_back(i);
            coders_.emplace_back(column_of(info));
        } else if (info.source == Source::OfText) {
            of_text_.push_back(i);
            tables_.emplace_back(info, column_of(info).dictionary().size());
        } else if (info.source == Source::Interpreted) {
            interpreted_.push_back(i);
        } else if (info.source == Source::Computed) {
            computes_ = true;
        } else if (info.source == Source::CodeOfText) {
            single_codes_.push_back(
                {i, TextCodes(column_of(info)).code_of(plan.node(info.node).literal.text())});
        }
    }
}

const data::Column& Inputs::column_of(const native::ArrayInfo& info) const {
    return dataset_.table(entity_).column(info.field);
}

// All arrays have room of their own, also those that point at columns as long as rows stand side by
// side.
void Inputs::make_room(std::span<native::Array> arrays) {
    const bool has_room = has_room_ && buffers_.room() >= rows_.size();
    if (has_room && side_by_side_ == rows_.are_side_by_side())
        return;
    if (!has_room)
        buffers_.make_room(cells_, rows_.size());
    for (std::size_t i = 0; i < indexes_.size(); ++i)
        arrays[indexes_[i]] = buffers_.of(i);
    for (const SingleCode& each : single_codes_)
        *static_cast<data::TextCode*>(arrays[each.array].values) = each.code;
    has_room_ = true;
    side_by_side_ = rows_.are_side_by_side();
}

void Inputs::bring(std::span<native::Array> arrays, const Asked& ask) {
    make_room(arrays);
    for (const ArrayIndex index : stored_)
        bring_stored(index, arrays[index]);
    for (const ArrayIndex index : tracked_)
        bring_tracked(index, arrays[index], ask);
    for (std::size_t i = 0; i < codes_.size(); ++i)
        bring_codes(static_cast<ArrayIndex>(i), arrays[codes_[i]]);
    for (std::size_t i = 0; i < of_text_.size(); ++i)
        bring_of_text(static_cast<ArrayIndex>(i), arrays[of_text_[i]], ask);
    // Row by row: what several nodes ask of a record is found once.
    for (std::size_t row = 0; !interpreted_.empty() && row < rows_.size(); ++row)
        for (const ArrayIndex index : interpreted_)
            write_cell(program_.arrays[index], arrays[index], row,
                       ask.interpreter(program_.arrays[index].node, row));
}

void Inputs::bring_known(const data::Column& column, native::Array& array) {
    if (column.all_known())
        array.known = buffers_.all_known(); // always the same bytes: they stay in the cache
    else if (rows_.are_side_by_side())
        array.known = from_row(column.known(), rows_.first());
    else
        gather(column.known(), rows_, array.known);
}

void Inputs::bring_stored(ArrayIndex index, native::Array& array) {
    const native::ArrayInfo& info = program_.arrays[index];
    const data::Column& column = column_of(info);
    if (info.cell == Cell::Bool)
        bring_values(column.booleans(), rows_, array);
    else if (info.cell == Cell::Integer)
        bring_values(column.integers(), rows_, array);
    else
        bring_values(column.reals(), rows_, array);
    bring_known(column, array);
}

void Inputs::bring_tracked(ArrayIndex index, const native::Array& array, const Asked& ask) {
    const native::ArrayInfo& info = program_.arrays[index];
    for (std::size_t i = 0; i < rows_.size(); ++i)
        write_cell(info, array, i,
                   dataset_.tracked_value(entity_, rows_[i], info.field, ask.instant(i))
                       .value_or(plan::Value())); // before its history: unknown
}

void Inputs::bring_codes(ArrayIndex place, native::Array& array) {
    const data::Column& column = column_of(program_.arrays[codes_[place]]);
    const TextCodes& coder = coders_[place];
    if (coder.are_own()) {
        bring_values(column.codes(), rows_, array);
    } else {
        auto* const codes = static_cast<data::TextCode*>(array.values);
        for (std::size_t i = 0; i < rows_.size(); ++i)
            codes[i] = column.known(rows_[i]) ? coder.code(rows_[i]) : 0;
    }
    bring_known(column, array);
}

void Inputs::bring_of_text(ArrayIndex place, const native::Array& array, const Asked& ask) {
    const native::ArrayInfo& info = program_.arrays[of_text_[place]];
    const data::Column& column = column_of(info);
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const auto ask_for_row = [&] { return ask.interpreter(info.node, i); };
        if (column.known(rows_[i]))
            tables_[place].write(column.codes()[rows_[i]], array, i, ask_for_row);
        else
            write_cell(info, array, i, ask_for_row());
    }
}

} // namespace rulebook::batch
