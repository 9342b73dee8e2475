// The arrays of one entity's records that no kernel writes: brings the data into them. Internal to
// this folder.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "runtime/batch/buffers.hpp"
#include "runtime/batch/rows.hpp"
#include "runtime/batch/text_codes.hpp"
#include "runtime/batch/text_table.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/native/program.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::batch {

// What is asked for the record at a place among the rows.
struct Asked {
    std::function<plan::Value(plan::NodeId node, std::size_t place)> interpreter;
    std::function<std::int64_t(std::size_t place)> instant;
};

class Inputs {
public:
    // Program, plan and data set outlive it.
    Inputs(const native::Program& program, const plan::Plan& plan, const data::Dataset& dataset,
           plan::EntityIndex entity);

    plan::EntityIndex entity() const { return entity_; }
    Rows& rows() { return rows_; }
    const Rows& rows() const { return rows_; }

    // Whether the values of a record are the same at every instant, so that rows may share them.
    bool are_shared() const { return tracked_.empty() && interpreted_.empty() && !computes_; }

    // Points the program's arrays of this entity at columns or at buffers, and fills these; so that
    // all of the rows have room. Those of Source::Instant, Begins and Ends are not filled.
    void bring(std::span<native::Array> arrays, const Asked& ask);

private:
    const data::Column& column_of(const native::ArrayInfo& info) const;
    void bring_stored(native::ArrayIndex index, native::Array& array);
    void bring_codes(native::ArrayIndex index, native::Array& array);
    void bring_of_text(native::ArrayIndex index, const native::Array& array, const Asked& ask);
    void bring_tracked(native::ArrayIndex index, const native::Array& array, const Asked& ask);
    void bring_known(const data::Column& column, native::Array& array);
    void make_room(std::span<native::Array> arrays);

    const native::Program& program_;
    const data::Dataset& dataset_;
    plan::EntityIndex entity_;
    Rows rows_;
    std::vector<native::ArrayIndex> indexes_; // of the arrays of this entity
    std::vector<native::Cell> cells_;         // of those
    std::vector<native::ArrayIndex> stored_, tracked_, codes_, of_text_, interpreted_;
    std::vector<TextTable> tables_; // one each of of_text_
    std::vector<TextCodes> coders_; // one each of codes_
    struct SingleCode {
        native::ArrayIndex array;
        data::TextCode code;
    };
    std::vector<SingleCode> single_codes_;
    Buffers buffers_;
    bool computes_ = false; // kernels write arrays of these records, too
    bool has_room_ = false;
    bool side_by_side_ = false; // were the rows that the arrays were made for
};

} // namespace rulebook::batch
