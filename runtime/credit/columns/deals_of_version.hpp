// The deals of one account that a version of a credit rule divides over columns. Internal to this
// folder.
#pragma once

#include "runtime/credit/columns/account_touches.hpp"
#include "runtime/credit/columns/fact_rows.hpp"
#include "runtime/credit/columns/version_columns.hpp"
#include "runtime/credit/columns/version_values.hpp"
#include "runtime/credit/deal_facts.hpp"

namespace rulebook::credit::columns {

// What one of the compared models gives deals, by their rows.
struct ComparedDeals {
    explicit ComparedDeals(std::size_t milestones) : facts(milestones) {}

    DividedDeals divided;
    std::vector<std::uint8_t> passed; // 1: it cannot divide the deal, so that nobody gets it
    FactRows facts;
    std::vector<std::uint32_t> asked, left; // deals that it divides, and those that nobody gets
};

// One thread at a time.
class DealsOfVersion {
public:
    // All that it is given outlives it.
    DealsOfVersion(const VersionColumns& version, const CreditShapes& shapes,
                   interpret::Evaluator& evaluator, Want want);

    const VersionColumns& version() const { return version_; }

    // What compiled code gives, if there is any.
    VersionValues& values() { return values_; }

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
    RowIndex touch_of(RowIndex touch) const { return touches_.row_in_data(touch); }
    // As VersionColumns::compared.
    const std::vector<ComparedDeals>& compared() const { return compared_; }
    // Whether the deal was divided by all models that it was to be divided by.
    bool is_divided(std::uint32_t row) const;

    // Of a deal that was divided by the model.
    bool has_unseen(Place place) const;
    std::vector<bool> flags(RowIndex deal, std::int64_t at, Place place);

private:
    DealRow row_of(RowIndex deal) {
        return {shapes_, evaluator_, *version_.credit, root_, deal, fired_};
    }
    std::int64_t since(std::int64_t at) const;
    std::optional<std::uint32_t> choose(const DealExpressions& then, std::int64_t at);
    void compare(const DealExpressions& then, std::int64_t at, std::uint32_t row);
    void divide(ComparedDeals& compared, const ColumnModel& model, const TouchColumns& touches,
                DealColumns deals);
    std::span<const RowIndex> taken_for(std::uint32_t row) const {
        return std::span(taken_rows_)
            .subspan(taken_until_[row], taken_until_[row + 1] - taken_until_[row]);
    }

    const VersionColumns& version_;
    const CreditShapes& shapes_;
    interpret::Evaluator& evaluator_;
    const Want want_;
    VersionValues values_;
    AccountTouches touches_;
    ColumnDivision division_;
    DividedDeals divided_;

    // The account at hand.
    interpret::Record root_;
    const interpret::FiredLookup* fired_ = nullptr;

    // Its deals.
    std::vector<RowIndex> first_, last_;
    std::vector<std::int64_t> since_, until_, amounts_;
    FactRows facts_;
    std::vector<std::vector<std::uint32_t>> asked_; // by model
    std::vector<ComparedDeals> compared_;
    std::vector<RowIndex> taken_rows_;       // where they are asked for
    std::vector<std::uint32_t> taken_until_; // by deal and one more
};

} // namespace rulebook::credit::columns
