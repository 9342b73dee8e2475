// A company in the making. Internal to this folder: each file adds one side of it, in the order
// below, since later sides look at earlier ones.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/sample/company.hpp"
#include "tools/sample/random.hpp"
#include "tools/sample/segment.hpp"

namespace rulebook::sample {

// What its people are made to look like; most companies are left to chance.
enum class Cast : std::uint8_t {
    Chance,
    Individual,
    Organisation,
    NineInvited,    // an organisation but for one invitation
    WithoutManager, // an organisation but for a manager among the invited
};

struct Draft {
    Random random;
    Random desk; // what the sales desk does beside; a sequence of its own
    const Segment& segment;
    std::uint64_t number;
    Cast cast = Cast::Chance;
    std::int64_t seats = 0; // whether or not the data tell
    Company company;

    bool grown() const { return cast != Cast::Chance && cast != Cast::Individual; }
    std::int64_t spread(Range range) { return random.spread(range.least, range.most); }
    std::string word(std::span<const std::string_view> words) {
        return std::string(random.one_of(words));
    }
    // Some seconds of `least` to `most` days later.
    std::int64_t later(std::int64_t instant, std::int64_t least, std::int64_t most) {
        return some_time(random, instant + least * kDay, instant + most * kDay);
    }
    static std::int64_t some_time(Random& random, std::int64_t from, std::int64_t to) {
        constexpr std::int64_t kSecond = 1'000'000;
        return from + random.between(0, (to - from) / kSecond) * kSecond;
    }
};

void add_profile(Draft& draft);
void add_plan_history(Draft& draft);
void add_users(Draft& draft);
void add_connections(Draft& draft);
void add_usage(Draft& draft);
void add_own_touches(Draft& draft);
void add_rep(Draft& draft);
void add_deals(Draft& draft);
void add_late_calls(Draft& draft);
void add_owner(Draft& draft);

} // namespace rulebook::sample
