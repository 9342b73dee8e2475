#include "runtime/engine/journeys.hpp"

#include <memory>
#include <vector>

#include "runtime/engine/account_firings.hpp"
#include "runtime/engine/over_accounts.hpp"
#include "runtime/engine/prepared.hpp"
#include "runtime/interpret/evaluator.hpp"

namespace rulebook::engine {

namespace {

// What one thread counted.
struct Share {
    learn::JourneyCounts counts;
    std::uint64_t won = 0, lost = 0, accounts_without_close = 0;
    credit::LeftOut left_out;
    std::optional<Error> error;
};

class AccountJourneyCounter {
public:
    AccountJourneyCounter(const Prepared& prepared, std::uint32_t version, Share& share)
        : prepared_(prepared), version_(prepared.plan.credits[version]), share_(share),
          evaluator_(prepared.expressions, prepared.dataset), firings_(prepared, evaluator_) {}

    Result<void> count(AccountIndex account) {
        const credit::AccountJourneys journeys =
            credit::journeys_of(prepared_.credits, version_, evaluator_, account, prepared_.as_of,
                                firings_.of(account));
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

    const Prepared& prepared_;
    const plan::Credit& version_;
    Share& share_;
    interpret::Evaluator evaluator_;
    AccountFirings firings_;
    std::vector<learn::ChannelIndex> channels_;
};

Result<CountedJourneys> together(const std::vector<Share>& shares) {
    CountedJourneys all;
    learn::JourneyCounts counts;
    for (const Share& share : shares) {
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
    return all;
}

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
    const auto prepared = Prepared::of(plan, dataset, {plan.rules[rule].name}, options.as_of);
    if (!prepared)
        return tl::unexpected(prepared.error());
    const std::uint32_t version = version_at(plan, plan.rules[rule], prepared->as_of);
    const std::size_t accounts = dataset.size(plan.schema.root);
    std::vector<Share> shares(threads_for(accounts, options.threads)); // one a thread
    over_accounts(accounts, shares.size(), options.progress, [&](std::size_t thread) -> PieceWork {
        Share& share = shares[thread];
        auto counter = std::make_shared<AccountJourneyCounter>(*prepared, version, share);
        return [&share, counter](const Piece& piece) {
            for (std::size_t i = piece.first; i < piece.last && !share.error; ++i)
                if (auto counted = counter->count(static_cast<AccountIndex>(i)); !counted)
                    share.error = counted.error();
        };
    });
    auto counted = together(shares);
    if (!counted)
        return counted;
    counted->as_of = prepared->stated_as_of;
    counted->version = version;
    counted->accounts = accounts;
    return counted;
}

} // namespace rulebook::engine
