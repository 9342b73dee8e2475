// Which records match which signals, a piece of a collection at a time: a bit a record and signal.
// A signal that looks at one field with numbered values (a text, an enum, true or false) is asked
// once a value, and found in a table of these; the others are asked record by record.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/batch/chunk.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/scan/bits.hpp"

namespace rulebook::scan {

// One thread at a time. The evaluator and what it evaluates outlive it.
class SignalPlanes {
public:
    // `signals`: indexes in Plan::signals, all over `collection`, a child of the root, ascending.
    SignalPlanes(interpret::Evaluator& evaluator, plan::EntityIndex collection,
                 std::vector<std::uint32_t> signals);

    plan::EntityIndex collection() const { return collection_; }

    // From now on the code is asked instead of the interpreter, as far as it has the signals. It
    // was compiled from the plan of `expressions`; both outlive this.
    void use(const native::Code& code, const interpret::PreparedPlan& expressions);

    // The records of these rows. Only those that are there at `as_of` or before match anything.
    void find(data::RowRange rows, std::int64_t as_of);

    // Of the rows that were asked about last; place 0 is their first.
    const Plane& of(std::uint32_t signal) const { return planes_[place_of(signal)]; }
    data::RowRange rows() const { return rows_; }

private:
    // Signals that go by one field, as many as a byte has bits to spare.
    struct Table {
        plan::FieldIndex field = 0;
        std::vector<std::size_t> signals;  // places; bit i of an entry is of the i-th
        std::vector<std::uint8_t> entries; // by number of the value; 0 is the unknown
    };

    std::size_t place_of(std::uint32_t signal) const;
    void add(std::size_t place);
    void find(Table& table);
    template <class Number>
    void find(Table& table, const data::Column& column, const Number* numbers);
    template <class NumberOf>
    void look_up(Table& table, const NumberOf& number_of);
    template <class NumberOf>
    void fill(Table& table, const NumberOf& number_of);
    void ask(std::size_t place);
    bool ask_code(std::size_t place);
    void evaluate_code();
    void leave_what_is_there(std::int64_t as_of);
    bool matches(std::uint32_t signal, data::RowIndex row, std::int64_t instant);

    interpret::Evaluator& evaluator_;
    plan::EntityIndex collection_;
    std::vector<std::uint32_t> signals_;
    std::vector<Table> tables_;
    std::vector<std::size_t> always_; // places of signals that every record matches
    std::vector<std::size_t> asked_;  // and of those that are asked record by record
    const data::Column* times_;
    std::optional<batch::Chunk> code_;

    data::RowRange rows_;
    std::vector<Plane> planes_;       // as signals_
    std::vector<std::uint8_t> found_; // entries of a table, by place; whole words of them
};

} // namespace rulebook::scan
