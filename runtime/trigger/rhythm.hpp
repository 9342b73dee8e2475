// How often something may fire for one account: `once`, `at most N per D`, `cooldown D` of a
// trigger, shared by its versions; the limits of a policy, shared by its triggers.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "runtime/plan/triggers.hpp"

namespace rulebook::trigger {

// The instants of the last firings that count, ascending.
class Rhythm {
public:
    // The greatest count of the limits that are asked about: so many instants are kept, one at
    // least.
    explicit Rhythm(std::int64_t greatest_count) : greatest_count_(greatest_count) {}

    // Whether `limit.count` firings lie in (instant - per, instant].
    bool reached(const plan::AtMost& limit, std::int64_t instant) const;
    // Whether the last one is less than `cooldown` ago.
    bool cools_down(std::int64_t cooldown, std::int64_t instant) const;
    std::optional<std::int64_t> last() const;

    // Takes note of a firing that counts. Instants ascend.
    void count(std::int64_t instant);
    void clear() { counted_.clear(); }

private:
    std::int64_t greatest_count_;
    std::deque<std::int64_t> counted_;
};

} // namespace rulebook::trigger
