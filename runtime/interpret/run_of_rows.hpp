// The elements of a followed aggregate where they are a run of rows that moves on with time:
// those that enter at its end are added, those that leave at its beginning removed. Internal to
// this folder.
#pragma once

#include "runtime/interpret/totals.hpp"

namespace rulebook::interpret {

class RunOfRows {
public:
    // `followed` outlives it; it is a run.
    explicit RunOfRows(const Followed& followed);

    // Goes to the evaluation's root and instant, which is not before the last one unless it is
    // another root. False: it cannot be followed.
    bool go_to_now(Evaluation& evaluation);
    // For another root, or from anew.
    void start_afresh();

    const Totals& totals() const { return totals_; }
    void note_changes(Evaluation& evaluation) const;
    std::size_t kept() const { return 0; } // but for the totals

private:
    data::RowRange inside_now(Evaluation& evaluation) const;
    bool add(Evaluation& evaluation, data::RowRange rows);
    void remove(Evaluation& evaluation, data::RowRange rows);

    const Followed* followed_;
    Totals totals_;
    data::RowRange rows_; // whose parts are in the totals
    std::vector<plan::Value> inputs_;
};

} // namespace rulebook::interpret
