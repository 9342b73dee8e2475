// Compiled code over some rows at a time: brings the inputs into arrays, calls the kernels, holds
// what they give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "runtime/batch/buffers.hpp"
#include "runtime/batch/text_values.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/native/code.hpp"

namespace rulebook::batch {

using data::RowIndex;

// One thread at a time per object; any number may share code, plan and data, which outlive it.
class Chunk {
public:
    // So many rows at most at a time: what they need stays in the processor's caches.
    static constexpr std::size_t kMostRows = 2'048;

    // `code` was compiled from the plan of `expressions`.
    Chunk(const native::Code& code, const interpret::PreparedPlan& expressions,
          const data::Dataset& dataset);

    // What fired, for nodes that ask; the same for all rows, so of one root record. Outlives it.
    void set_fired(const interpret::FiredLookup& fired) { fired_ = &fired; }

    // The root records first, first + 1, …, all at one instant. Requires count <= kMostRows, and an
    // instant in Program::instants.
    void evaluate(RowIndex first, std::size_t count, std::int64_t instant);
    // Root records with an instant each, in any order; the spans are as long as each other.
    void evaluate(std::span<const RowIndex> roots, std::span<const std::int64_t> instants);

    const native::Program& program() const { return code_.program; }
    // Of the rows that were evaluated last, by their place among these.
    template <class T>
    const T* values(native::ArrayIndex array) const {
        return static_cast<const T*>(arrays_[array].values);
    }
    template <class T>
    T value(native::ArrayIndex array, std::size_t row) const {
        return values<T>(array)[row];
    }
    bool known(native::ArrayIndex array, std::size_t row) const {
        return arrays_[array].known == nullptr || arrays_[array].known[row] != 0;
    }

private:
    void point_at_column(native::ArrayIndex array, RowIndex first);
    void gather_column(native::ArrayIndex array, std::span<const RowIndex> roots);
    void ask_interpreter(std::span<const RowIndex> roots, std::span<const std::int64_t> instants);
    void ask_texts(native::ArrayIndex array, std::span<const RowIndex> roots,
                   std::span<const std::int64_t> instants);
    void fill_others(std::span<const RowIndex> roots, std::span<const std::int64_t> instants);
    void call_kernels(std::size_t rows) const;
    plan::Value interpreted(plan::NodeId node, RowIndex root, std::int64_t instant);

    const native::Code& code_;
    const data::Dataset& dataset_;
    interpret::Evaluator evaluator_;
    const interpret::FiredLookup* fired_ = nullptr;
    Buffers buffers_; // of all arrays but those that point at columns
    std::vector<native::Array> arrays_;
    std::vector<TextValues> texts_; // by array; empty but for Source::OfText
    std::vector<native::ArrayIndex> stored_, interpreted_;
    bool needs_filling_ = false;  // some inputs are no columns
    std::vector<RowIndex> roots_; // of a row of records side by side
    std::vector<std::int64_t> instants_;
};

} // namespace rulebook::batch
