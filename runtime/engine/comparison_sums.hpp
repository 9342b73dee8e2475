// Sums of what parties get under every model. Internal to this folder.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/credit/columns/column_credit.hpp"
#include "runtime/credit/comparison.hpp"
#include "runtime/engine/credit_comparison.hpp"

namespace rulebook::engine {

// Of the deals of a rule's version that are divided over columns, by the codes of their parties.
class ColumnSums {
public:
    explicit ColumnSums(const credit::columns::VersionColumns& version);

    void add(const credit::columns::ColumnCredit& credit, const credit::columns::AccountDeal& deal);

    const credit::columns::VersionColumns& version() const { return version_; }
    std::uint64_t deals() const { return deals_; }
    Int128 amount() const { return amount_; }
    std::size_t models() const { return models_.size(); } // the rule as it is written first
    std::uint64_t passed(std::size_t model) const { return models_[model].passed; }
    Int128 moved(std::size_t model) const { return models_[model].moved; }
    const ComparedCredit& of(std::size_t model, credit::columns::Code party) const {
        return models_[model].by_party[party];
    }

private:
    struct Model {
        std::uint64_t passed = 0;
        Int128 moved = 0;
        std::vector<ComparedCredit> by_party;
    };

    void add(Model& model, const credit::columns::DividedDeals& divided, std::uint32_t row);

    const credit::columns::VersionColumns& version_;
    std::uint64_t deals_ = 0;
    Int128 amount_ = 0;
    std::vector<Model> models_;
    std::vector<Int128> change_; // by party; 0 between deals
};

// Of a rule's deals in one currency.
class ComparisonSums {
public:
    ComparisonSums(std::uint32_t rule, Currency currency, const credit::Comparison& comparison);

    // A deal that is credited, and how the models divide it.
    void add(const credit::DealCredit& deal, const std::vector<credit::Division>& divisions);
    // One that is listed.
    void list(const credit::DealCredit& deal);
    // Others of the same rule and currency.
    void add(const ComparisonSums& more);
    void add(const ColumnSums& more);

    CreditComparison take();

private:
    using PartyKey = std::pair<std::string, credit::PartyKind>;

    void add(std::size_t model, const credit::Division& division,
             const credit::Division& as_written);
    ComparedParty& party_of(const credit::Party& party);

    CreditComparison sums_;
    std::map<PartyKey, ComparedParty> parties_;
    std::map<credit::Uncredited, UncreditedSum> uncredited_;
};

} // namespace rulebook::engine
