// Finds the matches of one pattern in the events of one account, event by event.
//
// Matches, completion and consumption are those of section 7 of the language reference. The state
// does not grow with the number of events: of every part of the pattern it keeps the match with the
// latest start, and of every count of n its n most recent events. The latest start has the shortest
// span, so it satisfies `within` if any match does.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/trigger/match.hpp"
#include "runtime/trigger/pattern_shape.hpp"
#include "runtime/trigger/recent_matches.hpp"
#include "runtime/trigger/surroundings.hpp"

namespace rulebook::trigger {

// A candidate's instant is the one that was handled.
struct Completion {
    std::int64_t start = 0;     // of the match with the latest start
    std::size_t completing = 0; // index of the last event that ends a match
};

// One thread at a time. The shape outlives it.
class PatternMachine {
public:
    explicit PatternMachine(const PatternShape& shape);

    // Handles an instant whole: all its events, in their order. Instants ascend from call to call.
    // Events that no part of the pattern takes may be left out.
    std::optional<Completion> handle(std::int64_t instant, std::span<const Event> events,
                                     Surroundings& surroundings);

    // Forgets every event up to now: a firing consumes them.
    void consume();

    // Forgets what no event at `instant` or later can complete in time. Changes no result.
    void expire(std::int64_t instant, Surroundings& surroundings);
    // How many matches are kept; none: the machine is as it was at first.
    std::size_t remembered() const;

private:
    // Best matches of a node.
    struct State {
        Best best;        // ended by now
        Best earlier;     // ended before this instant
        Best before;      // ended before the event at hand, by time or sequence
        Best beside;      // ended where the event at hand stands, all of it in that order
        Best now;         // end with the event at hand
        Best now_ordered; // the same, and all of it ordered with respect to the event
    };
    // What a count has seen. An event that nothing orders within its instant takes part in ordered
    // matches from the next instant on.
    struct Counted {
        RecentMatches recent;
        RecentMatches ordered;
        struct Unordered {
            std::optional<plan::Value> key;
            Match match;
        };
        std::vector<Unordered> unordered; // of this instant
    };
    struct At { // the event at hand
        std::int64_t instant;
        const Event& event;
        Surroundings& surroundings;
    };

    void move_to(const Event* previous, const Event& event);
    void take(const At& at);
    std::optional<Match> single(const PatternShape::Node& node, const At& at) const;
    void match_single(const PatternShape::Node& node, const At& at, State& state) const;
    void match_count(std::size_t index, const At& at);
    void match_joined(const PatternShape::Node& node, State& state) const;
    void end_instant();
    static Best chained(const Best& right);
    static Best joined(const Best& left, const Best& right);
    static Match joined(const Match& left, const Match& right);

    const PatternShape* shape_;
    std::vector<State> states_;    // as many as nodes
    std::vector<Counted> counted_; // likewise; used by counts
};

} // namespace rulebook::trigger
