#include "runtime/engine/run.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>

#include "runtime/engine/account_run.hpp"
#include "runtime/engine/hindsight.hpp"
#include "runtime/engine/how_bought.hpp"

namespace rulebook::engine {

namespace {

using plan::RuleKind;

// Accounts of one piece of work. Threads take piece after piece; pieces are put together in order.
constexpr std::size_t kPiece = 256;

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

class Pieces {
public:
    Pieces(const Prepared& prepared, const RunOptions& options)
        : prepared_(prepared), options_(options),
          accounts_(prepared.dataset.size(prepared.plan.schema.root)),
          results_((accounts_ + kPiece - 1) / kPiece) {}

    Results run() {
        const std::size_t threads =
            std::clamp<std::size_t>(options_.threads, 1, std::max<std::size_t>(results_.size(), 1));
        {
            std::vector<std::jthread> helpers;
            for (std::size_t i = 1; i < threads; ++i)
                helpers.emplace_back([this] { work(); });
            work();
        }
        Results all = empty_results(prepared_);
        for (Results& piece : results_)
            append(all, piece);
        return all;
    }

private:
    void work() {
        AccountRun accounts(prepared_);
        for (std::size_t piece = next_++; piece < results_.size(); piece = next_++) {
            Results results = empty_results(prepared_);
            const std::size_t end = std::min((piece + 1) * kPiece, accounts_);
            for (std::size_t account = piece * kPiece; account < end; ++account)
                accounts.run(static_cast<AccountIndex>(account), results);
            report(end - piece * kPiece);
            results_[piece] = std::move(results);
        }
    }

    void report(std::size_t accounts) {
        if (!options_.progress)
            return;
        const std::lock_guard lock(reporting_);
        done_ += accounts;
        options_.progress(done_, accounts_);
    }

    const Prepared& prepared_;
    const RunOptions& options_;
    std::size_t accounts_;
    std::vector<Results> results_; // per piece
    std::atomic<std::size_t> next_ = 0;
    std::mutex reporting_;
    std::size_t done_ = 0;
};

bool is_of_past_instants(RuleKind kind) {
    return kind == RuleKind::Trigger || kind == RuleKind::Credit;
}

std::vector<std::string> hindsight_of(const Prepared& prepared) {
    const auto taken_at = prepared.dataset.taken_at();
    const bool past = taken_at && prepared.as_of < *taken_at;
    std::vector<std::string> texts(prepared.plan.rules.size());
    for (std::uint32_t rule = 0; rule < texts.size(); ++rule) {
        if (!past && !is_of_past_instants(prepared.plan.rules[rule].kind))
            continue;
        for (const std::string& field : hindsight_fields(prepared.plan, rule))
            texts[rule] += (texts[rule].empty() ? "" : " ") + field;
    }
    return texts;
}

} // namespace

Result<Results> run(const plan::Plan& plan, const data::Dataset& dataset,
                    const RunOptions& options) {
    auto selection = Selection::of(plan, options.only);
    if (!selection)
        return tl::unexpected(selection.error());
    const auto as_of = as_of_for(plan, dataset, options.as_of);
    if (!as_of)
        return tl::unexpected(as_of.error());
    auto expressions = interpret::PreparedPlan::prepare(plan);
    if (!expressions)
        return tl::unexpected(expressions.error());
    auto triggers = trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto credits = credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    const Prepared prepared{plan,
                            dataset,
                            std::move(*expressions),
                            std::move(*triggers),
                            std::move(*credits),
                            std::move(*selection),
                            as_of->value_or(0)};
    Results results = Pieces(prepared, options).run();
    results.as_of = *as_of;
    if (results.as_of)
        results.hindsight = hindsight_of(prepared);
    else
        results.hindsight.resize(plan.rules.size());
    return results;
}

} // namespace rulebook::engine
