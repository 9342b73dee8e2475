#include "tools/sample/company.hpp"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "tools/sample/draft.hpp"

namespace rulebook::sample {

namespace {

constexpr std::int64_t kOldestDays = 730;
constexpr std::int64_t kYoungestDays = 5;
constexpr std::uint64_t kDeskStream = 10'000'000; // numbers are below

std::size_t pick_segment(Random& random) {
    std::array<std::int64_t, kSegments.size()> weights{};
    std::ranges::transform(kSegments, weights.begin(), &Segment::weight);
    return random.weighted(weights);
}

// Of the large, every twentieth or so lacks just one thing to be an organisation.
Cast pick_cast(Random& random, const Segment& segment) {
    if (segment.seats.least == 1 && random.chance(400))
        return Cast::Individual;
    if (segment.organisation == 0)
        return Cast::Chance;
    const std::int64_t weights[] = {1'000 - segment.organisation, segment.organisation * 3 / 4,
                                    segment.organisation / 8, segment.organisation / 8};
    constexpr Cast kCasts[] = {Cast::Chance, Cast::Organisation, Cast::NineInvited,
                               Cast::WithoutManager};
    return kCasts[random.weighted(weights)];
}

void put_in_order(Company& company) {
    std::ranges::sort(company.events, {}, [](const Event& event) {
        return std::tie(event.at, event.name, event.user);
    });
    std::ranges::sort(company.touches, {}, [](const Touch& touch) {
        return std::tie(touch.at, touch.channel, touch.campaign, touch.minutes);
    });
}

} // namespace

Company make_company(std::uint64_t seed, std::uint64_t number) {
    Random random(seed, number);
    const std::size_t segment = pick_segment(random);
    Draft draft{.random = random,
                .desk = Random(seed, number + kDeskStream),
                .segment = kSegments[segment],
                .number = number,
                .company = {}};
    draft.cast = pick_cast(draft.random, draft.segment);
    draft.company.truth.segment = segment;
    draft.company.id = fmt::format("acct_{:07}", number);
    draft.company.signed_up_at = draft.later(kTakenAt, -kOldestDays, -kYoungestDays);
    add_profile(draft);
    add_plan_history(draft);
    add_users(draft);
    add_connections(draft);
    add_usage(draft);
    add_own_touches(draft);
    add_rep(draft);
    add_deals(draft);
    add_late_calls(draft);
    add_owner(draft);
    put_in_order(draft.company);
    return std::move(draft.company);
}

} // namespace rulebook::sample
