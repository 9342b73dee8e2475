#include "tests/bench/triggers_by_hand.hpp"

namespace rulebook::bench {

namespace {

constexpr std::int64_t kNever = INT64_MIN / 2;

// Written whether it fires or not; kept if it does.
void write(const TriggerFirings& firings, std::size_t place, std::uint32_t account,
           std::uint32_t event, std::int64_t instant, std::int64_t start) {
    firings.account[place] = account;
    firings.event[place] = event;
    firings.instant[place] = instant;
    firings.start[place] = start;
}

} // namespace

std::size_t then_by_hand(const TriggerEvents& events, const TriggerAccounts& accounts,
                         std::uint32_t a, std::uint32_t b, std::int64_t within,
                         const TriggerFirings& firings) {
    std::size_t count = 0;
    for (std::uint32_t account = accounts.first; account < accounts.last; ++account) {
        std::int64_t before = kNever; // the last `a` before the instant at hand
        std::int64_t now = kNever;
        std::int64_t instant = kNever;
        for (std::uint32_t i = accounts.first_event[account]; i < accounts.first_event[account + 1];
             ++i) {
            before = events.at[i] != instant ? now : before;
            instant = events.at[i];
            const bool fires = (events.name[i] == b) & (instant - before <= within);
            write(firings, count, account, i, instant, before);
            count += fires ? 1 : 0;
            now = fires ? kNever : events.name[i] == a ? instant : now;
            before = fires ? kNever : before;
        }
    }
    return count;
}

std::size_t three_times_by_hand(const TriggerEvents& events, const TriggerAccounts& accounts,
                                std::uint32_t a, std::int64_t within,
                                const TriggerFirings& firings) {
    std::size_t count = 0;
    for (std::uint32_t account = accounts.first; account < accounts.last; ++account) {
        std::int64_t last = kNever;
        std::int64_t before = kNever;
        for (std::uint32_t i = accounts.first_event[account]; i < accounts.first_event[account + 1];
             ++i) {
            if (events.name[i] != a)
                continue;
            const bool fires = events.at[i] - before <= within;
            write(firings, count, account, i, events.at[i], before);
            count += fires ? 1 : 0;
            before = fires ? kNever : last;
            last = fires ? kNever : events.at[i];
        }
    }
    return count;
}

} // namespace rulebook::bench
