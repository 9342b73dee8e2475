// Compiled code over some rows at a time: brings the inputs into arrays, calls the kernels, holds
// what they give.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "runtime/batch/firsts.hpp"
#include "runtime/batch/inputs.hpp"
#include "runtime/batch/places.hpp"
#include "runtime/batch/table_search.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/native/code.hpp"

namespace rulebook::batch {

// One thread at a time per object; any number may share code, plan and data, which outlive it.
class Chunk {
public:
    // With so many rows or fewer at a time what they need stays in the processor's caches.
    static constexpr std::size_t kManyRows = 2'048;

    // `code` was compiled from the plan of `expressions`.
    Chunk(const native::Code& code, const interpret::PreparedPlan& expressions,
          const data::Dataset& dataset);

    // From now on by other code of the same program, which was compiled better or worse; it
    // outlives this, too. False, and nothing is done: it is of another program.
    bool go_over_to(const native::Code& code);

    // What fired, for nodes that ask; the same for all rows, so of one root record. Outlives it.
    void set_fired(const interpret::FiredLookup& fired) { fired_ = &fired; }

    // The root records first, first + 1, …, all at one instant, which is in Program::instants.
    void evaluate(RowIndex first, std::size_t count, std::int64_t instant);
    // Root records with an instant each, in any order; the spans are as long as each other.
    void evaluate(std::span<const RowIndex> roots, std::span<const std::int64_t> instants);

    // How many elements a listed row of the root record brings along by itself: not those that
    // rows share. Who lists a root record again and again takes fewer rows at a time.
    std::size_t elements_brought(RowIndex root) const;

    // Of a program about a collection: its records first, first + 1, …, or those in `records`, in
    // any order; an instant each. Records whose instants or parents are nobody's give anything.
    void evaluate_records(RowIndex first, std::span<const std::int64_t> instants);
    void evaluate_records(std::span<const RowIndex> records,
                          std::span<const std::int64_t> instants);

    const native::Program& program() const { return code_->program; }
    // Of the rows that were evaluated last, by their place among these; nothing of arrays of
    // elements.
    template <class T>
    const T* values(native::ArrayIndex array) const {
        return static_cast<const T*>(arrays_[array].values);
    }
    template <class T>
    T value(native::ArrayIndex array, std::size_t row) const {
        return values<T>(array)[row];
    }
    const std::uint8_t* known_values(native::ArrayIndex array) const {
        return arrays_[array].known;
    }
    bool known(native::ArrayIndex array, std::size_t row) const {
        return arrays_[array].known[row] != 0;
    }

    // Appends the rows of a table (index in Program::tables) that match in a row, in table order,
    // `most` at most; see native::TableIndex.
    void find_rows(std::size_t table, std::size_t row, std::size_t most,
                   std::vector<std::uint32_t>& rows);

private:
    // The elements of a collection: of all rows in their order; or, where rows may share them, all
    // between those of the first root record and of the last.
    struct Elements {
        Inputs inputs;
        Places places;
        Firsts firsts;
        std::vector<native::ArrayIndex> begin_arrays{}, end_arrays{};
        std::vector<std::uint32_t> begins{}, ends{}; // by row

        // Place of the root; without begins: the elements are the records of the rows. Not where
        // they are shared.
        std::size_t owner(std::size_t element) const;
    };

    Elements& elements_of(plan::EntityIndex entity);
    void evaluate();
    Elements& records();
    void list_parents(const Elements& records);
    void bring_roots();
    void bring_window_starts(native::ArrayIndex array);
    void bring(Elements& elements);
    void find(Elements& elements) const;
    bool find_shared(Elements& elements) const;
    void find_listed(Elements& elements) const;
    plan::Value ask(plan::NodeId node, std::span<const interpret::Record> frames,
                    std::int64_t instant);
    std::int64_t instant_of(std::size_t row) const {
        return instants_.empty() ? instant_ : instants_[row];
    }

    const native::Code* code_;
    const data::Dataset& dataset_;
    interpret::Evaluator evaluator_;
    const interpret::FiredLookup* fired_ = nullptr;
    std::vector<native::Array> arrays_;
    Inputs roots_;
    std::vector<native::ArrayIndex> instant_arrays_, window_start_arrays_;
    std::vector<Elements> elements_;
    std::vector<TableSearch> tables_;        // as Program::tables
    std::int64_t instant_ = 0;               // of all rows, where they have none each
    std::span<const std::int64_t> instants_; // of each row
};

} // namespace rulebook::batch
