#include "runtime/engine/credit_comparison.hpp"

#include <algorithm>
#include <memory>

#include "runtime/credit/comparison.hpp"
#include "runtime/engine/account_firings.hpp"
#include "runtime/engine/comparison_sums.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"

namespace rulebook::engine {

namespace {

using credit::columns::AccountDeal;
using credit::columns::ColumnShapes;

Result<credit::Comparisons> comparisons_of(const Prepared& prepared) {
    credit::Comparisons comparisons;
    for (const credit::CreditShapes::Rule& rule : prepared.credits.rules()) {
        if (std::ranges::find(prepared.selection.credits, rule.index) ==
            prepared.selection.credits.end())
            continue;
        auto comparison = credit::Comparison::prepare(prepared.credits, rule);
        if (!comparison)
            return tl::unexpected(comparison.error());
        comparisons.emplace(rule.index, std::move(*comparison));
    }
    return comparisons;
}

// What one thread sums up.
class ThreadSums {
public:
    ThreadSums(const plan::Plan& plan, const credit::Comparisons& comparisons,
               const ColumnShapes* shapes)
        : plan_(plan), comparisons_(comparisons) {
        if (shapes == nullptr)
            return;
        for (const credit::columns::VersionColumns& version : shapes->versions())
            by_columns_.emplace_back(version);
    }

    ComparisonSums& of(std::uint32_t rule, std::uint32_t version) {
        const Currency currency = plan_.node(plan_.credits[version].divide).type.currency();
        return sums_
            .try_emplace({rule, std::string(currency.code())}, rule, currency,
                         comparisons_.at(rule))
            .first->second;
    }
    ColumnSums& of(const AccountDeal& deal) { return by_columns_[deal.place]; }

    void add(const ThreadSums& more) {
        for (const auto& [key, sums] : more.sums_)
            if (const auto [place, fresh] = sums_.try_emplace(key, sums); !fresh)
                place->second.add(sums);
        for (const ColumnSums& sums : more.by_columns_)
            if (sums.deals() != 0)
                of(sums.version().rule_index, sums.version().version->index).add(sums);
    }
    std::vector<CreditComparison> take() {
        std::vector<CreditComparison> all;
        for (auto& [key, sums] : sums_)
            all.push_back(sums.take());
        return all;
    }

private:
    const plan::Plan& plan_;
    const credit::Comparisons& comparisons_;
    std::map<std::pair<std::uint32_t, std::string>, ComparisonSums> sums_; // by rule and currency
    std::vector<ColumnSums> by_columns_; // as ColumnShapes::versions
};

// One thread at a time per object.
class AccountComparison {
public:
    // `shapes`: null: deals are divided one by one.
    AccountComparison(const Prepared& prepared, const RunOptions& options,
                      const credit::Comparisons& comparisons, const ColumnShapes* shapes,
                      ThreadSums& sums)
        : prepared_(prepared), comparisons_(comparisons), sums_(sums),
          evaluator_(prepared.expressions, prepared.dataset),
          firings_(prepared, evaluator_,
                   options.scan ? AccountFirings::By::Piece : AccountFirings::By::Account) {
        if (shapes != nullptr)
            columns_.emplace(*shapes, evaluator_);
    }

    void add(const Piece& piece) {
        firings_.begin(piece);
        for (std::size_t i = piece.first; i < piece.last; ++i)
            add(static_cast<AccountIndex>(i));
    }

private:
    void add(AccountIndex account) {
        const interpret::FiredLookup* const fired = firings_.of(account);
        if (columns_) {
            for (const AccountDeal& deal : columns_->credit(account, prepared_.as_of, fired))
                if (deal.alone)
                    add(account, *deal.alone, fired);
                else
                    sums_.of(deal).add(*columns_, deal);
            return;
        }
        for (const credit::DealCredit& deal :
             credit::credit_deals(prepared_.credits, evaluator_, account, prepared_.as_of, fired,
                                  credit::Detail::Amounts))
            add(account, deal, fired);
    }

    void add(AccountIndex account, const credit::DealCredit& deal,
             const interpret::FiredLookup* fired) {
        const auto comparison = comparisons_.find(deal.rule);
        if (comparison == comparisons_.end())
            return;
        ComparisonSums& sums = sums_.of(deal.rule, deal.version);
        if (deal.credited())
            sums.add(deal, comparison->second.divide(evaluator_, account, deal, fired));
        else
            sums.list(deal);
    }

    const Prepared& prepared_;
    const credit::Comparisons& comparisons_;
    ThreadSums& sums_;
    interpret::Evaluator evaluator_;
    AccountFirings firings_;
    std::optional<credit::columns::ColumnCredit> columns_;
};

} // namespace

Result<std::vector<CreditComparison>>
compare_credit(const plan::Plan& plan, const data::Dataset& dataset, const RunOptions& options) {
    const auto prepared = Prepared::of(plan, dataset, options.only, options.as_of);
    if (!prepared)
        return tl::unexpected(prepared.error());
    const auto comparisons = comparisons_of(*prepared);
    if (!comparisons)
        return tl::unexpected(comparisons.error());
    std::optional<ColumnShapes> columns;
    if (options.scan)
        columns.emplace(prepared->credits, dataset, prepared->selection.credits, &*comparisons);
    const ColumnShapes* const shapes = columns ? &*columns : nullptr;
    const std::size_t accounts = dataset.size(plan.schema.root);
    std::vector<ThreadSums> by_thread(threads_for(accounts, options.threads),
                                      ThreadSums(plan, *comparisons, shapes));
    over_accounts(accounts, by_thread.size(), options.progress,
                  [&](std::size_t thread) -> PieceWork {
                      auto run = std::make_shared<AccountComparison>(
                          *prepared, options, *comparisons, shapes, by_thread[thread]);
                      return [run](const Piece& piece) { run->add(piece); };
                  });
    ThreadSums all(plan, *comparisons, nullptr);
    for (const ThreadSums& sums : by_thread)
        all.add(sums);
    return all.take();
}

} // namespace rulebook::engine
