// The truth behind made-up data: the chance that a company takes the next step, and that it buys.
// What is planted here, rules and measures should find again. Chances are in so many of a million.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "tools/sample/segment.hpp"

namespace rulebook::sample {

inline constexpr std::int64_t kMillion = 1'000'000;

// How far a company has come when it makes up its mind.
enum class Step : std::uint8_t { SignedUp, ConnectedOne, ConnectedBoth };
inline constexpr std::array<std::string_view, 3> kSteps = {"signed_up", "connected_one",
                                                           "connected_both"};

inline constexpr std::array<std::string_view, 4> kRegions = {"NA", "EMEA", "APAC", "LATAM"};
// As many in the region that rises as in the one that falls, so that together they stand still.
inline constexpr std::array<std::int64_t, 4> kRegionWeights = {42, 24, 24, 10};
inline constexpr std::size_t kRisingRegion = 1;
inline constexpr std::size_t kFallingRegion = 2;
// What the chance to buy is multiplied by in the rising region, in percent: before, in each quarter
// from 2025-04-01 on, and after. The falling region goes the same way backwards.
inline constexpr std::array<std::int64_t, 4> kTrend = {70, 90, 110, 130};
inline constexpr std::int32_t kTrendYear = 2025;
inline constexpr std::int32_t kTrendQuarter = 2; // of the year

// Who signs up in this month has not got through the onboarding: it was broken by a release.
inline constexpr std::int32_t kBreakYear = 2025;
inline constexpr std::int32_t kBreakMonth = 11;
inline constexpr std::int64_t kBreakPercent = 30; // of the usual chance to connect anything

// That the company buys if the region is left aside. A rep gains nothing right after the sign-up, a
// quarter of it after the first connection, and all of it after the second.
constexpr std::int64_t chance_to_buy(const Segment& segment, Step step, bool assisted) {
    constexpr std::int64_t kThousand = 1'000;
    const std::int64_t alone = segment.buys_alone * kThousand;
    const std::int64_t gain = segment.buys_with_rep * kThousand - alone;
    if (!assisted || step == Step::SignedUp)
        return alone;
    return alone + (step == Step::ConnectedOne ? gain / 4 : gain);
}

// That it connects the CRM or the mailbox; `signed_up_at` in microseconds since 1970 UTC.
std::int64_t chance_to_connect(const Segment& segment, std::int64_t signed_up_at);
// And then the other one, too.
inline constexpr std::int64_t kChanceToConnectBoth = 650'000;

// By what the chance to buy is multiplied for a company of the region (an index in kRegions) that
// makes up its mind then, in percent.
std::int64_t trend_percent(std::size_t region, std::int64_t instant);

// 2025-04 is "2025-04", and of the second quarter "2025-Q2".
std::int32_t month_number(std::int64_t instant); // months since year 0
std::int32_t quarter_number(std::int64_t instant);

} // namespace rulebook::sample
