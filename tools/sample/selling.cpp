// What marketing and reps did, and what was bought.
#include <algorithm>

#include "tools/sample/disputes.hpp"
#include "tools/sample/draft.hpp"

namespace rulebook::sample {

namespace {

constexpr std::string_view kOwnChannels[] = {"search", "ads", "newsletter", "webinar", "community"};
constexpr std::int64_t kLateCallAfter = 13 * kDay; // of the step; a rep's first call comes before
constexpr std::string_view kCampaigns[] = {"spring_launch", "partner_week", "templates",
                                           "crm_guide"};

void add_touch(Draft& draft, std::int64_t instant, std::string channel, std::string_view motion,
               std::optional<std::int64_t> minutes = {}) {
    if (instant >= kTakenAt)
        return;
    Touch touch{.at = instant,
                .channel = std::move(channel),
                .motion = std::string(motion),
                .campaign = {},
                .minutes = minutes};
    if (!minutes && draft.random.chance(600))
        touch.campaign = draft.word(kCampaigns);
    draft.company.touches.push_back(std::move(touch));
}

// In so many of a thousand companies.
std::int64_t rep_steps_in(const Segment& segment, Step step) {
    constexpr std::int64_t kAfterOne = 150;
    constexpr std::int64_t kAtSignUp = 60;
    return step == Step::ConnectedBoth  ? segment.rep_steps_in
           : step == Step::ConnectedOne ? kAfterOne
                                        : kAtSignUp;
}

// When it was closed, or would be.
std::int64_t add_deal(Draft& draft, std::string_view outcome, std::int64_t from) {
    Deal deal;
    deal.created_at = draft.later(from, 3, 40);
    const std::int64_t closed_at = draft.later(deal.created_at, 2, 60);
    if (deal.created_at >= kTakenAt)
        return closed_at;
    deal.cents = draft.spread(draft.segment.amount) / 10 * 1'000;
    deal.status = closed_at < kTakenAt ? outcome : "open";
    if (closed_at < kTakenAt)
        deal.closed_at = closed_at;
    draft.company.deals.push_back(std::move(deal));
    return closed_at;
}

} // namespace

// What marketing and the product did: before the sign-up and in the first months.
void add_own_touches(Draft& draft) {
    for (std::int64_t i = draft.random.between(0, 4); i > 0; --i) {
        const std::string channel = draft.word(kOwnChannels);
        const bool webinar = channel == "webinar";
        add_touch(draft, draft.later(draft.company.signed_up_at - 30 * kDay, 0, 150), channel,
                  webinar ? "hybrid" : "self_service");
    }
}

void add_rep(Draft& draft) {
    Company& company = draft.company;
    Random& random = draft.random;
    if (!random.chance(rep_steps_in(draft.segment, company.truth.step)) ||
        company.do_not_contact.value_or(false))
        return;
    company.truth.assisted = true;
    std::int64_t call = draft.later(company.truth.reached_at, 0, 12);
    for (std::int64_t i = random.between(1, 4); i > 0; --i) {
        const bool reached = !random.chance(300);
        add_touch(draft, call, "call", "sales_assisted",
                  reached ? random.between(6, 45) : random.between(0, 5));
        call = draft.later(call, 1, 10);
    }
    if (random.chance(400))
        add_touch(draft, call, "meeting", "sales_assisted", random.between(25, 60));
}

void add_deals(Draft& draft) {
    Truth& truth = draft.company.truth;
    Random& random = draft.random;
    truth.chance_to_buy = chance_to_buy(draft.segment, truth.step, truth.assisted) *
                          trend_percent(truth.region, truth.reached_at) / 100;
    const std::int64_t drawn = random.below(kMillion);
    truth.buys = drawn < truth.chance_to_buy;
    truth.buys_alone_too = drawn < chance_to_buy(draft.segment, truth.step, false) *
                                       trend_percent(truth.region, truth.reached_at) / 100;
    if (!truth.buys) {
        if (random.chance(truth.assisted ? 250 : 60))
            add_deal(draft, "lost", truth.reached_at);
        return;
    }
    const std::int64_t bought_at = add_deal(draft, "won", truth.reached_at);
    if (random.chance(150)) // and later more, or not
        add_deal(draft, random.chance(500) ? "won" : "lost", bought_at);
}

// Reps call late, too, at companies that had not heard of them: when a small order is on its way
// already; briefly, about the one question that stands between a large company and its order; or
// once what was bought alone is to become more. The chance to buy was no other for it.
void add_late_calls(Draft& draft) {
    Company& company = draft.company;
    Random& desk = draft.desk;
    const auto& deals = company.deals;
    if (company.truth.assisted || company.do_not_contact.value_or(false) || deals.empty() ||
        deals.front().status != "won")
        return;
    const Deal& first = deals.front();
    const std::int64_t from = company.truth.reached_at + kLateCallAfter; // as no usual call is
    const auto call_between = [&](std::int64_t begin, std::int64_t end, std::int64_t least,
                                  std::int64_t most) {
        if (end > std::max(begin, from))
            add_touch(draft, Draft::some_time(desk, std::max(begin, from), end - kDay / 24), "call",
                      "sales_assisted", desk.between(least, most));
    };
    if (first.cents < kSmallDealCents && desk.chance(120))
        call_between(first.created_at, *first.closed_at, 6, 20);
    if (first.cents >= kLargeDealCents && desk.chance(600))
        call_between(first.created_at, *first.closed_at, 2, 5);
    if (deals.size() > 1 && desk.chance(600))
        call_between(*first.closed_at, deals[1].created_at, 6, 45);
}

// Large companies are on a rep's list early, others become a rep's with the first call, mostly.
void add_owner(Draft& draft) {
    Company& company = draft.company;
    const auto call = std::ranges::min_element(company.touches, {}, [](const Touch& touch) {
        return touch.motion == "sales_assisted" ? touch.at : kTakenAt;
    });
    std::int64_t since = kTakenAt;
    if (call != company.touches.end() && call->motion == "sales_assisted" && draft.desk.chance(900))
        since = call->at;
    if (draft.desk.chance(draft.segment.named))
        since = std::min(since, Draft::some_time(draft.desk, company.signed_up_at,
                                                 company.signed_up_at + 90 * kDay));
    if (since < kTakenAt)
        company.owned_by_sales_since = since;
}

} // namespace rulebook::sample
