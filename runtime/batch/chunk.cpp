#include "runtime/batch/chunk.hpp"

#include <algorithm>
#include <array>
#include <numeric>

#include "runtime/batch/cell_writer.hpp"

namespace rulebook::batch {

using native::ArrayIndex;
using native::Cell;
using native::Source;

namespace {

const data::Column& column_of(const data::Dataset& dataset, plan::FieldIndex field) {
    return dataset.table(dataset.schema().root).column(field);
}

// Whatever the column holds, from the row on. Kernels only read it: Array has one form for what
// they read and what they write.
native::Array from_row(const data::Column& column, Cell cell, RowIndex first) {
    const auto at = [first](auto values) {
        return const_cast<void*>(static_cast<const void*>(values.data() + first));
    };
    native::Array array;
    if (cell == Cell::Bool)
        array.values = at(column.booleans());
    else if (cell == Cell::Integer)
        array.values = at(column.integers());
    else
        array.values = at(column.reals());
    array.known = const_cast<std::uint8_t*>(column.known().data() + first);
    return array;
}

template <class T>
void gather(std::span<const T> column, std::span<const RowIndex> rows, void* to) {
    auto* const values = static_cast<T*>(to);
    for (std::size_t i = 0; i < rows.size(); ++i)
        values[i] = column[rows[i]];
}

} // namespace

Chunk::Chunk(const native::Code& code, const interpret::PreparedPlan& expressions,
             const data::Dataset& dataset)
    : code_(code), dataset_(dataset), evaluator_(expressions, dataset),
      buffers_(code.program.arrays, kMostRows), texts_(code.program.arrays.size()) {
    for (ArrayIndex i = 0; i < code.program.arrays.size(); ++i) {
        const native::ArrayInfo& info = code.program.arrays[i];
        arrays_.push_back(buffers_.of(i));
        needs_filling_ =
            needs_filling_ || (info.source != Source::Stored && info.source != Source::Computed);
        if (info.source == Source::Stored)
            stored_.push_back(i);
        else if (info.source == Source::OfText)
            texts_[i] = TextValues(column_of(dataset, info.field).dictionary().size());
        else if (info.source == Source::Interpreted)
            interpreted_.push_back(i);
    }
}

void Chunk::evaluate(RowIndex first, std::size_t count, std::int64_t instant) {
    for (const ArrayIndex array : stored_)
        point_at_column(array, first);
    if (needs_filling_) {
        roots_.resize(count);
        std::iota(roots_.begin(), roots_.end(), first);
        instants_.assign(count, instant);
        fill_others(roots_, instants_);
    }
    call_kernels(count);
}

void Chunk::evaluate(std::span<const RowIndex> roots, std::span<const std::int64_t> instants) {
    for (const ArrayIndex array : stored_)
        gather_column(array, roots);
    fill_others(roots, instants);
    call_kernels(roots.size());
}

void Chunk::point_at_column(ArrayIndex array, RowIndex first) {
    const native::ArrayInfo& info = code_.program.arrays[array];
    const data::Column& column = column_of(dataset_, info.field);
    arrays_[array] = from_row(column, info.cell, first);
    if (column.all_known()) // always the same bytes: they stay in the cache
        arrays_[array].known = buffers_.all_known();
}

void Chunk::gather_column(ArrayIndex array, std::span<const RowIndex> roots) {
    const native::ArrayInfo& info = code_.program.arrays[array];
    const data::Column& column = column_of(dataset_, info.field);
    const native::Array to = buffers_.of(array);
    gather(column.known(), roots, to.known);
    if (info.cell == Cell::Bool)
        gather(column.booleans(), roots, to.values);
    else if (info.cell == Cell::Integer)
        gather(column.integers(), roots, to.values);
    else
        gather(column.reals(), roots, to.values);
    arrays_[array] = to;
}

void Chunk::fill_others(std::span<const RowIndex> roots, std::span<const std::int64_t> instants) {
    for (ArrayIndex i = 0; i < arrays_.size(); ++i) {
        if (code_.program.arrays[i].source == Source::Instant)
            std::ranges::copy(instants, static_cast<std::int64_t*>(arrays_[i].values));
        else if (code_.program.arrays[i].source == Source::OfText)
            ask_texts(i, roots, instants);
    }
    ask_interpreter(roots, instants);
}

// Row by row: what several nodes ask of a record is found once.
void Chunk::ask_interpreter(std::span<const RowIndex> roots,
                            std::span<const std::int64_t> instants) {
    for (std::size_t row = 0; row < roots.size(); ++row)
        for (const ArrayIndex array : interpreted_) {
            const native::ArrayInfo& info = code_.program.arrays[array];
            write_cell(info, arrays_[array], row,
                       interpreted(info.node, roots[row], instants[row]));
        }
}

void Chunk::ask_texts(ArrayIndex array, std::span<const RowIndex> roots,
                      std::span<const std::int64_t> instants) {
    const native::ArrayInfo& info = code_.program.arrays[array];
    const data::Column& column = column_of(dataset_, info.field);
    for (std::size_t i = 0; i < roots.size(); ++i) {
        const auto ask = [&] { return interpreted(info.node, roots[i], instants[i]); };
        write_cell(info, arrays_[array], i,
                   column.known(roots[i]) ? texts_[array].of(column.codes()[roots[i]], ask)
                                          : ask());
    }
}

plan::Value Chunk::interpreted(plan::NodeId node, RowIndex root, std::int64_t instant) {
    const std::array frames{interpret::Record{dataset_.schema().root, root}};
    interpret::RowContext row;
    row.instant = instant;
    row.frames = frames;
    row.fired = fired_;
    return evaluator_.evaluate(node, row);
}

void Chunk::call_kernels(std::size_t rows) const {
    for (const native::Kernel kernel : code_.kernels)
        kernel(arrays_.data(), static_cast<std::int64_t>(rows));
}

} // namespace rulebook::batch
