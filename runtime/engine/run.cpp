#include "runtime/engine/run.hpp"

#include <memory>

#include "runtime/engine/account_run.hpp"
#include "runtime/engine/hindsight.hpp"
#include "runtime/engine/how_bought.hpp"
#include "runtime/engine/over_accounts.hpp"

namespace rulebook::engine {

namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
    to.insert(to.end(), std::move_iterator(from.begin()), std::move_iterator(from.end()));
}

void append(FitColumns& to, FitColumns& from) {
    append(to.score, from.score);
    append(to.tier, from.tier);
    append(to.out, from.out);
    append(to.unknowns, from.unknowns);
    append(to.hits, from.hits);
}

void append(DecisionColumns& to, DecisionColumns& from) {
    append(to.value, from.value);
    append(to.clause, from.clause);
}

void append(Results& to, Results& from) {
    append(to.accounts, from.accounts);
    to.not_yet += from.not_yet;
    for (std::size_t i = 0; i < to.fits.size(); ++i)
        append(to.fits[i], from.fits[i]);
    for (std::size_t i = 0; i < to.decisions.size(); ++i)
        append(to.decisions[i], from.decisions[i]);
    for (std::size_t i = 0; i < to.trigger_counts.size(); ++i)
        to.trigger_counts[i] += from.trigger_counts[i];
    append(to.tables, from.tables);
    append(to.firings, from.firings);
    append(to.credits, from.credits);
    append(to.uncredited, from.uncredited);
    append(to.flags, from.flags);
    for (const HowBought& row : from.bought)
        add(to.bought, row);
}

// The accounts of a piece, one after the other.
class PieceRun {
public:
    PieceRun(const Prepared& prepared, const RunOptions& options,
             const credit::columns::ColumnShapes* credits)
        : empty_(empty_results(prepared)), options_(options), run_(prepared, options, credits) {}

    Results run(const Piece& piece) {
        Results results = empty_;
        run_.begin(piece);
        for (std::size_t i = piece.first; i < piece.last; ++i)
            if (options_.among == nullptr || (*options_.among)[i])
                add(static_cast<AccountIndex>(i), results);
        return results;
    }

private:
    void add(AccountIndex account, Results& results) {
        if (!options_.observe) {
            run_.run(account, results);
            return;
        }
        Results alone = empty_;
        run_.run(account, alone);
        options_.observe(account, alone);
        append(results, alone);
    }

    const Results empty_;
    const RunOptions& options_;
    AccountRun run_;
};

Results run_all(const Prepared& prepared, const RunOptions& options) {
    const std::size_t accounts = prepared.dataset.size(prepared.plan.schema.root);
    std::optional<credit::columns::ColumnShapes> credits;
    if (options.scan && !prepared.selection.credits.empty())
        credits.emplace(prepared.credits, prepared.dataset, prepared.selection.credits);
    const auto* const shapes = credits ? &*credits : nullptr;
    std::vector<Results> pieces(pieces_of(accounts)); // put together in their order
    over_accounts(accounts, threads_for(accounts, options.threads), options.progress,
                  [&](std::size_t) -> PieceWork {
                      auto run = std::make_shared<PieceRun>(prepared, options, shapes);
                      return
                          [&, run](const Piece& piece) { pieces[piece.index] = run->run(piece); };
                  });
    Results all = empty_results(prepared);
    for (Results& piece : pieces)
        append(all, piece);
    return all;
}

} // namespace

Result<Results> run(const plan::Plan& plan, const data::Dataset& dataset,
                    const RunOptions& options) {
    const auto prepared = Prepared::of(plan, dataset, options.only, options.as_of);
    if (!prepared)
        return tl::unexpected(prepared.error());
    Results results = run_all(*prepared, options);
    results.as_of = prepared->stated_as_of;
    results.hindsight = hindsight_texts(plan, dataset.taken_at(), results.as_of);
    return results;
}

} // namespace rulebook::engine
