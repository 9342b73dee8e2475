// How the values of a plan move with time alone, while no record changes: what a trigger that waits
// for a condition (`becomes C`) can be woken for. The compiler refuses conditions that cannot be
// followed; the interpreter follows the others by the same rules.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::plan {

// What can be said before any record is seen. A value may move less than its kind says.
struct Motion {
    enum class Kind : std::uint8_t {
        Still,      // changes only when a record does
        Steps,      // changes at instants that are known ahead; comparisons of continuous values
                    // are looked at at the start of each day of the zone
        Linear,     // piece by piece exact: so many microseconds (days of a date never) an instant
        Continuous, // moves all the time: only on which side of a bound it is can be asked
        Unfollowed, // no instants can be derived: `fault` says where, `reason` why
    };
    enum class Reason : std::uint8_t {
        None,
        Equality, // is a continuous value equal to something
        Window,   // a bound that moves, but not along with time
        Moving,   // an operation that steps, of something that moves all the time
    };
    Kind kind = Kind::Still;
    std::int64_t least_slope = 0; // Linear: microseconds per microsecond, over all pieces
    std::int64_t greatest_slope = 0;
    NodeId fault = kNoNode;
    Reason reason = Reason::None;

    bool moves_all_the_time() const { return kind == Kind::Linear || kind == Kind::Continuous; }
    // As an instant: stands still or moves along with time, in each piece.
    bool keeps_pace() const {
        return kind != Kind::Continuous && least_slope >= 0 && greatest_slope <= 1;
    }
    friend bool operator==(const Motion&, const Motion&) = default;
};

// Per node. Requires a sound plan.
std::vector<Motion> motions(const Plan& plan);

} // namespace rulebook::plan
