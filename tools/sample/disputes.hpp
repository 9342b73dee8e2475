// What teams quarrel about at a made-up company, as seen from its records: deals that more than one
// of them can call their own. README.md says what each kind is.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "tools/sample/company.hpp"

namespace rulebook::sample {

enum class Dispute : std::uint8_t {
    CampaignAtSalesAccount,
    LateRep,
    BriefHelp,
    UpgradedWithARep,
};
inline constexpr std::array<std::string_view, 4> kDisputes = {
    "campaign_at_sales_account", "late_rep", "brief_help", "upgraded_with_a_rep"};

// What deals below are small, and from what on they are large, in cents.
inline constexpr std::int64_t kSmallDealCents = 300'000;
inline constexpr std::int64_t kLargeDealCents = 2'000'000;

// Whether it is a won deal of the company, and such a one.
bool is_disputed(const Company& company, const Deal& deal, Dispute dispute);

} // namespace rulebook::sample
