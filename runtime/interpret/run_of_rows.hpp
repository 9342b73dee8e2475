// The elements of a followed aggregate where they are a run of rows that moves on with time:
// those that enter at its end are added, those that leave at its beginning removed. Internal to
// this folder.
#pragma once

#include <algorithm>
#include <vector>

#include "runtime/data/table.hpp"
#include "runtime/interpret/part.hpp"

namespace rulebook::interpret {

class RunOfRows {
public:
    // `followed` outlives it; it is a run.
    explicit RunOfRows(const Followed& followed) : followed_(&followed) {}

    // Goes to the evaluation's root and instant. `sum` has add(part, for_good), remove(part) and
    // clear(), and is always the same one. False: it cannot be followed.
    template <class Sum>
    bool go_to_now(Evaluation& evaluation, Sum& sum) {
        const bool as_before = look_at_inputs(evaluation);
        const data::RowRange now = inside_now(evaluation);
        if (!as_before || now.first >= rows_.last || now.last <= rows_.first) { // nothing in common
            sum.clear();
            rows_ = {now.first, now.first};
        }
        remove(evaluation, {rows_.first, now.first}, sum);
        remove(evaluation, {std::max(now.last, rows_.first), rows_.last}, sum);
        const bool fits = add(evaluation, {now.first, rows_.first}, sum) &&
                          add(evaluation, {rows_.last, now.last}, sum);
        rows_ = now;
        return fits;
    }
    // Before another root, or to begin anew.
    void start_afresh() { rows_ = {}; }

    // Calls visit for each part of the sum, the last row first, until it says no.
    template <class Visit>
    void for_each_backwards(Evaluation& evaluation, const Visit& visit) const {
        for (RowIndex row = rows_.last; row > rows_.first; --row)
            if (const Asked asked = part_of(evaluation, *followed_, row - 1);
                asked.part && !visit(*asked.part))
                return;
    }

    void note_changes(Evaluation& evaluation) const;

private:
    // Whether they are what they were.
    bool look_at_inputs(Evaluation& evaluation);
    data::RowRange inside_now(Evaluation& evaluation) const;

    template <class Sum>
    bool add(Evaluation& evaluation, data::RowRange rows, Sum& sum) const {
        const bool for_good = followed_->aggregate->windows.empty();
        for (RowIndex row = rows.first; row < rows.last; ++row) {
            const Asked asked = part_of(evaluation, *followed_, row);
            if (!asked.fits)
                return false;
            if (asked.part)
                sum.add(*asked.part, for_good);
        }
        return true;
    }
    // What never changes is asked again instead of being kept.
    template <class Sum>
    void remove(Evaluation& evaluation, data::RowRange rows, Sum& sum) const {
        for (RowIndex row = rows.first; row < rows.last; ++row)
            if (const Asked asked = part_of(evaluation, *followed_, row); asked.part)
                sum.remove(*asked.part);
    }

    const Followed* followed_;
    data::RowRange rows_; // whose parts are in the sum
    std::vector<plan::Value> inputs_;
};

} // namespace rulebook::interpret
