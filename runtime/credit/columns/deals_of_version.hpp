// The deals of one account that a version of a credit rule divides over columns. Internal to this
// folder.
#pragma once

#include <functional>

#include "runtime/credit/columns/version_columns.hpp"
#include "runtime/credit/deal_facts.hpp"

namespace rulebook::credit::columns {

// One thread at a time.
class DealsOfVersion {
public:
    // All that it is given outlives it.
    DealsOfVersion(const VersionColumns& version, const CreditShapes& shapes,
                   interpret::Evaluator& evaluator);

    const VersionColumns& version() const { return version_; }

    // The deals that follow are those of this account.
    void start(interpret::Record root, const interpret::FiredLookup* fired);
    // Takes the deal in, and gives its row in divided(), and the model that is to divide it;
    // nothing: no model is.
    struct Place {
        std::uint32_t row = 0;
        std::uint32_t model = 0;
    };
    std::optional<Place> add(RowIndex deal, std::int64_t at, std::int64_t amount);
    void divide();

    const DividedDeals& divided() const { return divided_; }
    RowIndex touch_of(RowIndex touch) const {
        return by_deal() ? gathered_rows_[touch] : first_touch_ + touch;
    }

    // Of a deal that was divided by the model.
    bool has_unseen(Place place) const;
    std::vector<bool> flags(RowIndex deal, std::int64_t at, Place place);

private:
    bool by_deal() const { return version_.filter == VersionColumns::Filter::OfDeal; }
    DealRow row_of(RowIndex deal) {
        return {shapes_, evaluator_, *version_.credit, root_, deal, fired_};
    }
    bool takes(RowIndex touch, std::optional<RowIndex> deal, std::int64_t instant);
    void find_taken();
    void gather(RowIndex deal, std::int64_t since, std::int64_t at);
    void list_taken(std::int64_t since, std::int64_t at);
    std::int64_t since(std::int64_t at) const;
    std::optional<std::uint32_t> choose(const DealRow& deal, std::int64_t at, std::uint32_t row);
    void note(const DealFacts& facts, std::uint32_t row);
    std::span<const RowIndex> taken_for(std::uint32_t row) const {
        return std::span(taken_rows_)
            .subspan(taken_until_[row], taken_until_[row + 1] - taken_until_[row]);
    }
    TouchColumns touches();

    const VersionColumns& version_;
    const CreditShapes& shapes_;
    interpret::Evaluator& evaluator_;
    const TouchColumns all_; // of the data set
    ColumnDivision division_;
    DividedDeals divided_;
    std::vector<std::uint8_t> taken_of_value_; // OfValue: by number of the value; kNotAsked

    // The account at hand.
    interpret::Record root_;
    const interpret::FiredLookup* fired_ = nullptr;
    RowIndex first_touch_ = 0; // those without a time come before: nobody takes them
    RowIndex last_touch_ = 0;
    bool taken_is_known_ = false;
    std::vector<std::uint8_t> taken_; // by touch of the account: OfValue, OfTouch

    // Its deals.
    std::vector<RowIndex> first_, last_;
    std::vector<std::int64_t> since_, until_, amounts_, unassisted_, assisted_;
    std::vector<std::vector<std::int64_t>> milestones_;
    std::vector<std::vector<std::uint8_t>> milestone_known_;
    std::vector<std::vector<std::uint32_t>> asked_; // by model
    std::vector<RowIndex> taken_rows_;              // where they are asked for
    std::vector<std::uint32_t> taken_until_;        // by deal and one more

    // OfDeal: the touches of one deal after the other.
    std::vector<RowIndex> gathered_rows_;
    std::vector<std::int64_t> gathered_instants_, gathered_sequences_;
    std::vector<std::uint8_t> gathered_known_;
    std::vector<Code> gathered_parties_;
    std::vector<std::vector<Code>> gathered_keys_;
    std::vector<std::span<const Code>> keys_;
};

} // namespace rulebook::credit::columns
