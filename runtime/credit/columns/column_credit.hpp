// Credit rules over the deals of one account after the other: over columns as far as they go, else
// one by one. They say what credit_deals says.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "runtime/credit/columns/version_columns.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/native/credit_code.hpp"

namespace rulebook::credit::columns {

// A deal of an account that is credited or listed.
struct AccountDeal {
    std::uint32_t rule = 0;    // index in Plan::rules
    std::uint32_t version = 0; // index in Plan::credits
    RowIndex deal = 0;
    std::optional<std::int64_t> at{}; // c
    // Divided one by one, or not credited: what there is to say of it.
    std::unique_ptr<DealCredit> alone{};
    // Else:
    std::size_t place = 0;   // of the version in ColumnShapes
    std::uint32_t row = 0;   // in the version's DividedDeals, by deal
    std::int64_t amount = 0; // minor units
    std::uint32_t model = 0; // unless there was no touch
    // Want::Touches:
    bool unseen = false;       // learnt weights do not know the party of a touch
    std::vector<bool> flags{}; // as plan::Credit::flags: true ones
};

// What one of the compared models gives a deal.
struct ComparedDeal {
    const DividedDeals& divided;
    bool passed = false; // it cannot divide the deal, so that nobody gets it
};

// How many deals went which way.
struct ColumnCounts {
    std::uint64_t by_columns = 0;
    std::uint64_t too_large = 0; // numbers that do not fit
    std::uint64_t otherwise = 0; // unknown, not in force, every model passed, fields that change
};

class DealsOfVersion;

// One thread at a time.
class ColumnCredit {
public:
    // Both outlive it.
    ColumnCredit(const ColumnShapes& shapes, interpret::Evaluator& evaluator);
    ~ColumnCredit();
    ColumnCredit(const ColumnCredit&) = delete;
    ColumnCredit& operator=(const ColumnCredit&) = delete;

    // From now on what deals and touches are asked is asked of the code first; it outlives this.
    void take_up(const native::CreditCode& code, const interpret::PreparedPlan& expressions,
                 std::int64_t as_of);
    // Asks the code about the accounts from the first to before the last, whose turn is next.
    void begin(RowIndex first, RowIndex last, std::int64_t as_of);

    // The deals of the rules, by their instants, those without one last; then by rule. Valid until
    // the next call. `fired`: may be null if there are no triggers.
    std::span<const AccountDeal> credit(RowIndex root, std::int64_t as_of,
                                        const interpret::FiredLookup* fired);

    // Of a deal that was divided by columns, what it gave.
    const DividedDeals& divided(const AccountDeal& deal) const;
    // And what one of the compared models (VersionColumns::compared) would give, in the same row.
    ComparedDeal compared(const AccountDeal& deal, std::size_t model) const;
    // A touch of those rows, as a row of the data set.
    RowIndex touch_of(const AccountDeal& deal, RowIndex touch) const;

    const ColumnCounts& counts() const { return counts_; }

private:
    struct Rule {
        const CreditShapes::Rule* rule = nullptr;
        std::vector<plan::EntityIndex> collections{};     // of deals
        std::vector<std::optional<std::size_t>> places{}; // of its versions, in ColumnShapes
    };

    void look_at(const Rule& rule, interpret::Record deal);
    void credit_alone(const Rule& rule, interpret::Record deal);
    std::optional<DealCredit> one(const Rule& rule, interpret::Record deal);
    void finish(AccountDeal& deal);

    const ColumnShapes& shapes_;
    interpret::Evaluator& evaluator_;
    std::vector<Rule> rules_;
    std::vector<std::unique_ptr<DealsOfVersion>> versions_; // as ColumnShapes::versions
    std::vector<AccountDeal> deals_;
    ColumnCounts counts_;

    // The account at hand.
    interpret::Record root_;
    std::int64_t as_of_ = 0;
    const interpret::FiredLookup* fired_ = nullptr;
};

} // namespace rulebook::credit::columns
