// How often a trigger may fire for one account: `once`, `at most N per D`, `cooldown D`. Shared by
// the versions of the trigger.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>

#include "runtime/plan/rules.hpp"
#include "runtime/trigger/firing.hpp"

namespace rulebook::trigger {

class Rhythm {
public:
    // The greatest count of the versions' `at most`: so many instants are kept, one at least.
    explicit Rhythm(std::int64_t greatest_count) : greatest_count_(greatest_count) {}

    // What stops a candidate of this version, Fired if nothing does. Instants ascend.
    Verdict judge(const plan::Trigger& version, std::int64_t instant) const;

    // Takes note of a firing that counts.
    void count(std::int64_t instant);

    std::optional<std::int64_t> last() const;

private:
    std::int64_t greatest_count_;
    std::deque<std::int64_t> counted_; // the last ones, ascending
};

} // namespace rulebook::trigger
