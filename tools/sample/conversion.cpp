#include "tools/sample/conversion.hpp"

#include <algorithm>

#include "runtime/value/calendar.hpp"

namespace rulebook::sample {

namespace {

constexpr std::int32_t kMonths = 12;
constexpr std::int32_t kMonthsPerQuarter = 3;
constexpr std::int32_t kQuarters = kMonths / kMonthsPerQuarter;

} // namespace

std::int32_t month_number(std::int64_t instant) {
    const CivilDate date = civil(utc_date_of(Time{instant}));
    return date.year * kMonths + date.month - 1;
}

std::int32_t quarter_number(std::int64_t instant) {
    return month_number(instant) / kMonthsPerQuarter;
}

std::int64_t chance_to_connect(const Segment& segment, std::int64_t signed_up_at) {
    constexpr std::int64_t kThousand = 1'000;
    const std::int64_t usual = segment.connects * kThousand;
    const bool broken = month_number(signed_up_at) == kBreakYear * kMonths + kBreakMonth - 1;
    return broken ? usual * kBreakPercent / 100 : usual;
}

std::int64_t trend_percent(std::size_t region, std::int64_t instant) {
    if (region != kRisingRegion && region != kFallingRegion)
        return 100;
    const std::int32_t since =
        quarter_number(instant) - (kTrendYear * kQuarters + kTrendQuarter - 1);
    const auto last = static_cast<std::int32_t>(kTrend.size()) - 1;
    const auto at = static_cast<std::size_t>(std::clamp(since, 0, last));
    return region == kRisingRegion ? kTrend[at] : kTrend[kTrend.size() - 1 - at];
}

} // namespace rulebook::sample
