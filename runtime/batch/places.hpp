// Where the elements of a row stand that are there at its instant, and those inside of windows that
// look back from it: elements stand in order of time. Rows of one root record that follow each
// other in time take one walk over its elements together. Internal to this folder.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/batch/rows.hpp"
#include "runtime/data/dataset.hpp"
#include "runtime/native/program.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"

namespace rulebook::batch {

class Places {
public:
    // Of the elements of one entity. What it is given outlives it.
    Places(const native::Program& program, const plan::Plan& plan, const data::Dataset& dataset,
           const time::Zone& zone, plan::EntityIndex entity);

    // `begins` and `ends`: of each row among all elements; rows of one root record that have the
    // same share them.
    struct Elements {
        const Rows& roots;
        std::span<const std::uint32_t> begins;
        std::span<const std::uint32_t> ends;
        std::int64_t instant_of_all;
        std::span<const std::int64_t> instants; // one each, where they differ

        std::int64_t instant(std::size_t row) const {
            return instants.empty() ? instant_of_all : instants[row];
        }
    };
    // Points the program's arrays of these sources at what it finds.
    void bring(const Elements& elements, std::span<native::Array> arrays);

private:
    struct Window {
        native::ArrayIndex array;
        const plan::Span* span;
        std::vector<std::uint32_t> firsts{}; // by row
        RowIndex first = 0;                  // at the row at hand
    };

    void find_once(const Elements& elements);
    void find_in_time(const Elements& elements);
    void restart(data::RowRange children);
    void go_on_to(std::int64_t instant, RowIndex last);

    const data::Table* table_ = nullptr;
    const data::Column* times_ = nullptr; // where places in time are asked for
    const time::Zone* zone_;
    std::vector<native::ArrayIndex> once_arrays_, seen_arrays_;
    std::vector<std::uint32_t> once_, seen_; // by row
    std::vector<Window> windows_;
    RowIndex seen_until_ = 0; // at the row at hand
};

} // namespace rulebook::batch
