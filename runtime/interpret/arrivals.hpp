// The records of a collection of one root record, in the order in which they come to be there;
// internal to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "runtime/interpret/evaluation.hpp"

namespace rulebook::interpret {

class Arrivals {
public:
    // Goes to the first record of the root at hand. Where the data hold them in that order nothing
    // is copied.
    void start(const Evaluation& evaluation, plan::EntityIndex collection);

    // The next record that is there at the evaluation's instant, once.
    std::optional<RowIndex> next(const Evaluation& evaluation);

    // Goes past what comes before `instant`; only where the data hold the records in that order.
    void skip_before(std::int64_t instant);

private:
    using Gathered = std::pair<std::int64_t, RowIndex>;

    void gather(const Evaluation& evaluation, plan::EntityIndex entity, Record above,
                std::int64_t there, plan::EntityIndex collection);

    const data::Column* times_ = nullptr; // null: they are always there, or gathered
    bool in_order_ = true;
    data::RowRange rows_;            // to come
    std::vector<Gathered> gathered_; // from when each is there
    std::size_t at_ = 0;
};

} // namespace rulebook::interpret
