#include "runtime/engine/journeys.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <thread>
#include <vector>

#include "runtime/engine/run.hpp"
#include "runtime/engine/selection.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_triggers.hpp"

namespace rulebook::engine {

namespace {

constexpr std::size_t kAccountsAtOnce = 256; // accounts that a thread takes at once

// Everything that the threads share.
struct Shared {
    const plan::Plan& plan;
    const data::Dataset& dataset;
    interpret::PreparedPlan expressions;
    trigger::TriggerShapes triggers;
    credit::CreditShapes credits;
    std::uint32_t version = 0;
    bool needs_firings = false;
    std::int64_t as_of = 0;
};

// What one thread counted.
struct Share {
    learn::JourneyCounts counts;
    std::uint64_t won = 0, lost = 0, accounts_without_close = 0;
    credit::LeftOut left_out;
    std::optional<Error> error;
};

class AccountJourneyCounter {
public:
    AccountJourneyCounter(const Shared& shared, Share& share)
        : shared_(shared), share_(share), evaluator_(shared.expressions, shared.dataset),
          triggers_(shared.triggers, evaluator_) {}

    Result<void> count(AccountIndex account) {
        interpret::FiredLookup fired;
        if (shared_.needs_firings) {
            triggers_.run(account, shared_.as_of, nullptr, trigger::AccountTriggers::Keep::Firings);
            fired = triggers_.fired();
        }
        const credit::AccountJourneys journeys =
            credit::journeys_of(shared_.credits, shared_.plan.credits[shared_.version], evaluator_,
                                account, shared_.as_of, shared_.needs_firings ? &fired : nullptr);
        share_.left_out += journeys.left_out;
        for (const credit::Journey& journey : journeys.to_deals) {
            ++(journey.conversion ? share_.won : share_.lost);
            if (auto added = add(journey); !added)
                return added;
        }
        if (!journeys.to_nothing)
            return {};
        ++share_.accounts_without_close;
        return add(*journeys.to_nothing);
    }

private:
    Result<void> add(const credit::Journey& journey) {
        channels_.clear();
        for (const credit::Party& party : journey.parties)
            channels_.push_back(share_.counts.channel(party.name));
        return share_.counts.add(channels_, journey.conversion ? 1 : 0, journey.conversion ? 0 : 1);
    }

    const Shared& shared_;
    Share& share_;
    interpret::Evaluator evaluator_;
    trigger::AccountTriggers triggers_;
    std::vector<learn::ChannelIndex> channels_;
};

class Accounts {
public:
    Accounts(const Shared& shared, const JourneyOptions& options)
        : shared_(shared), options_(options),
          accounts_(shared.dataset.size(shared.plan.schema.root)),
          shares_(std::clamp<std::size_t>(options.threads, 1, accounts_ / kAccountsAtOnce + 1)) {}

    Result<CountedJourneys> count() {
        {
            std::vector<std::jthread> helpers;
            for (std::size_t i = 1; i < shares_.size(); ++i)
                helpers.emplace_back([this, i] { work(shares_[i]); });
            work(shares_.front());
        }
        CountedJourneys all;
        learn::JourneyCounts counts;
        for (const Share& share : shares_) {
            if (share.error)
                return tl::unexpected(*share.error);
            if (auto added = counts.add(share.counts); !added)
                return tl::unexpected(added.error());
            all.won += share.won;
            all.lost += share.lost;
            all.accounts_without_close += share.accounts_without_close;
            all.left_out += share.left_out;
        }
        all.graph = counts.graph();
        all.version = shared_.version;
        all.accounts = accounts_;
        return all;
    }

private:
    void work(Share& share) {
        AccountJourneyCounter counter(shared_, share);
        for (std::size_t first = next_.fetch_add(kAccountsAtOnce); first < accounts_;
             first = next_.fetch_add(kAccountsAtOnce)) {
            const std::size_t end = std::min(first + kAccountsAtOnce, accounts_);
            for (std::size_t account = first; account < end; ++account)
                if (auto counted = counter.count(static_cast<AccountIndex>(account)); !counted) {
                    share.error = counted.error();
                    return;
                }
            report(end - first);
        }
    }

    void report(std::size_t accounts) {
        if (!options_.progress)
            return;
        const std::lock_guard lock(reporting_);
        done_ += accounts;
        options_.progress(done_, accounts_);
    }

    const Shared& shared_;
    const JourneyOptions& options_;
    std::size_t accounts_;
    std::vector<Share> shares_; // per thread
    std::atomic<std::size_t> next_ = 0;
    std::mutex reporting_;
    std::size_t done_ = 0;
};

// Versions stand in the order of their ranges.
std::uint32_t version_at(const plan::Plan& plan, const plan::Rule& rule, std::int64_t instant) {
    for (const std::uint32_t version : rule.versions)
        if (plan.credits[version].effective.contains(instant))
            return version;
    return rule.versions.back();
}

} // namespace

Result<CountedJourneys> count_journeys(const plan::Plan& plan, const data::Dataset& dataset,
                                       std::uint32_t rule, const JourneyOptions& options) {
    const auto as_of = as_of_for(plan, dataset, options.as_of);
    if (!as_of)
        return tl::unexpected(as_of.error());
    const auto selection = Selection::of(plan, {plan.rules[rule].name});
    if (!selection)
        return tl::unexpected(selection.error());
    auto expressions = interpret::PreparedPlan::prepare(plan);
    if (!expressions)
        return tl::unexpected(expressions.error());
    auto triggers = trigger::TriggerShapes::prepare(plan);
    if (!triggers)
        return tl::unexpected(triggers.error());
    auto credits = credit::CreditShapes::prepare(plan);
    if (!credits)
        return tl::unexpected(credits.error());
    const Shared shared{.plan = plan,
                        .dataset = dataset,
                        .expressions = std::move(*expressions),
                        .triggers = std::move(*triggers),
                        .credits = std::move(*credits),
                        .version = version_at(plan, plan.rules[rule], as_of->value_or(0)),
                        .needs_firings = selection->needs_firings,
                        .as_of = as_of->value_or(0)};
    auto counted = Accounts(shared, options).count();
    if (counted)
        counted->as_of = *as_of;
    return counted;
}

} // namespace rulebook::engine
