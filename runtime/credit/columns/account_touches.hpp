// The touches of one account that a version of a credit rule takes, as columns. Internal to this
// folder.
#pragma once

#include <optional>
#include <vector>

#include "runtime/credit/columns/version_columns.hpp"
#include "runtime/credit/record_values.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::credit::columns {

// One thread at a time.
class AccountTouches {
public:
    // All that it is given outlives it.
    AccountTouches(const VersionColumns& version, const CreditShapes& shapes,
                   interpret::Evaluator& evaluator);

    // `compiled`: of what the filter says of touches, where that is known; may be null.
    void start(interpret::Record root, const interpret::FiredLookup* fired,
               const RecordValues* compiled);

    // Rows of columns().
    struct Rows {
        RowIndex first = 0, last = 0;
    };
    // Those of a deal are the ones in [since, until] of these.
    Rows of(RowIndex deal, std::int64_t since, std::int64_t until);
    // Appends them, as rows of the data set.
    void list(Rows rows, std::int64_t since, std::int64_t until, std::vector<RowIndex>& to) const;

    // When all deals were asked about; valid until the next.
    TouchColumns columns();
    // A row of columns(), as one of the data set.
    RowIndex row_in_data(RowIndex touch) const {
        return takes_all() ? touch : gathered_rows_[touch];
    }

private:
    bool takes_all() const { return version_.filter == VersionColumns::Filter::None; }
    bool takes(RowIndex touch, std::optional<RowIndex> deal, std::int64_t instant);
    bool takes(RowIndex touch);
    void gather(RowIndex touch);
    void gather_once();

    const VersionColumns& version_;
    const CreditShapes& shapes_;
    interpret::Evaluator& evaluator_;
    const TouchColumns all_;                   // of the data set
    std::vector<std::span<const Code>> keys_;  // of what columns() gives
    std::vector<std::uint8_t> taken_of_value_; // OfValue: by number of the value; kNotAsked

    // The account at hand.
    interpret::Record root_;
    const interpret::FiredLookup* fired_ = nullptr;
    const RecordValues* compiled_ = nullptr;
    RowIndex first_touch_ = 0; // those without a time come before: nobody takes them
    RowIndex last_touch_ = 0;
    bool gathered_once_ = false;

    // With a filter: those that are taken; OfDeal: for one deal after the other.
    std::vector<RowIndex> gathered_rows_;
    std::vector<std::int64_t> gathered_instants_, gathered_sequences_;
    std::vector<std::uint8_t> gathered_known_;
    std::vector<Code> gathered_parties_;
    std::vector<std::vector<Code>> gathered_keys_;
};

} // namespace rulebook::credit::columns
