#include "tools/sample/disputes.hpp"

#include <algorithm>

namespace rulebook::sample {

namespace {

constexpr std::int64_t kShortCall = 5; // minutes; whoever talked no longer was not reached
constexpr std::int64_t kUpgradeWithin = 30 * kDay;

bool is_by_sales(const Touch& touch) {
    return touch.motion == "sales_assisted";
}

bool is_sales_touch(const Touch& touch) {
    return is_by_sales(touch) &&
           (touch.channel != "call" || touch.minutes.value_or(0) > kShortCall);
}

// Some touch until `instant`, included, of which it holds.
template <class Holds>
bool any_until(const Company& company, std::int64_t instant, Holds holds) {
    return std::ranges::any_of(
        company.touches, [&](const Touch& touch) { return touch.at <= instant && holds(touch); });
}

bool is_campaign_at_sales_account(const Company& company, const Deal& deal) {
    return company.owned_by_sales_since.value_or(kTakenAt) <= *deal.closed_at &&
           any_until(company, *deal.closed_at,
                     [](const Touch& touch) { return !touch.campaign.empty(); });
}

// Sales talked to a small buyer, and not before there was a deal.
bool has_late_rep(const Company& company, const Deal& deal) {
    return deal.cents < kSmallDealCents && any_until(company, *deal.closed_at, is_sales_touch) &&
           !any_until(company, deal.created_at - 1, is_sales_touch);
}

bool has_brief_help(const Company& company, const Deal& deal) {
    return deal.cents >= kLargeDealCents && any_until(company, *deal.closed_at, is_by_sales) &&
           !any_until(company, *deal.closed_at, is_sales_touch);
}

bool is_upgraded_with_a_rep(const Company& company, const Deal& deal) {
    return any_until(company, *deal.closed_at, is_sales_touch) &&
           std::ranges::any_of(company.deals, [&](const Deal& first) {
               return first.status == "won" && *first.closed_at < deal.created_at &&
                      deal.created_at - *first.closed_at <= kUpgradeWithin &&
                      !any_until(company, *first.closed_at, is_sales_touch);
           });
}

} // namespace

bool is_disputed(const Company& company, const Deal& deal, Dispute dispute) {
    if (deal.status != "won")
        return false;
    switch (dispute) {
    case Dispute::CampaignAtSalesAccount:
        return is_campaign_at_sales_account(company, deal);
    case Dispute::LateRep:
        return has_late_rep(company, deal);
    case Dispute::BriefHelp:
        return has_brief_help(company, deal);
    case Dispute::UpgradedWithARep:
        return is_upgraded_with_a_rep(company, deal);
    }
    return false;
}

} // namespace rulebook::sample
