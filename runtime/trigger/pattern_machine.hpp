// Finds the matches of one pattern in the events of one account, event by event.
//
// Matches, completion and consumption are those of section 7 of the language reference. The state
// does not grow with the number of events: of every part of the pattern it keeps the match with the
// latest start. That has the shortest span, so it satisfies `within` if any match does.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "runtime/plan/rules.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/trigger/event.hpp"

namespace rulebook::trigger {

// A pattern made ready: joins of two parts each. Immutable; safe to share between threads.
class PatternShape {
public:
    // `patterns` as in plan::Trigger: children before parents, the last one is the whole. `zone`
    // outlives the shape.
    PatternShape(std::span<const plan::Pattern> patterns, const time::Zone& zone);

    struct Node {
        plan::Pattern::Kind kind = plan::Pattern::Kind::Signal;
        std::uint32_t signal = 0;
        std::uint32_t left = 0; // joins: nodes that precede this one
        std::uint32_t right = 0;
        std::vector<plan::Extent> within{};
        // The `then`s whose right side this node belongs to, outermost first: their left sides.
        std::vector<std::uint32_t> preceded_by{};
    };

    const std::vector<Node>& nodes() const { return nodes_; } // the last one is the whole
    bool within(const Node& node, std::int64_t start, std::int64_t end) const;

private:
    void note_predecessors();

    std::vector<Node> nodes_;
    const time::Zone* zone_;
};

// A candidate's instant is the one that was handled.
struct Completion {
    std::int64_t start = 0;     // of the match with the latest start
    std::size_t completing = 0; // index of the last event that ends a match
};

// One thread at a time. The shape outlives it.
class PatternMachine {
public:
    explicit PatternMachine(const PatternShape& shape);

    // Handles an instant whole: all its events, in the order of their records (by collection, then
    // sequence, then content). Instants ascend from call to call.
    std::optional<Completion> handle(std::int64_t instant, std::span<const Event> events);

    // Forgets every event up to now: a firing consumes them.
    void consume();

private:
    // Where a match starts. Without order, nothing of the same time comes before or after it.
    struct Start {
        std::int64_t time = 0;
        bool ordered = false;
        plan::EntityIndex collection = 0;
        std::int64_t sequence = 0;
    };
    struct Match;
    using MatchPointer = std::shared_ptr<const Match>; // never null

    // The matches with the latest start: one, unless several collections have events of one time
    // and a sequence. None of those comes before another, so each is kept.
    class Best {
    public:
        void keep(const MatchPointer& match);
        void keep(const Best& others);

        bool none() const { return matches_.empty(); }
        std::int64_t start_time() const { return matches_.front()->start.time; }
        auto begin() const { return matches_.begin(); }
        auto end() const { return matches_.end(); }

    private:
        std::vector<MatchPointer> matches_; // of one time
    };

    // The best matches of the left side of a `then` that ended before a match starts.
    struct Predecessor {
        Best by_order;
        Best by_time; // of those that ended before the instant at which the match starts
    };
    struct Match {
        Start start;
        std::vector<Predecessor> predecessors; // as Node::preceded_by
    };
    // Best matches of a node.
    struct State {
        Best earlier;     // ended before this instant
        Best best;        // ended by now
        Best before;      // ended before the event at hand, by time or sequence
        Best beside;      // ended where the event at hand stands, all of it in that order
        Best now;         // end with the event at hand
        Best now_ordered; // the same, and all of it ordered with respect to the event
    };

    void move_to(const Event* previous, const Event& event);
    void take(std::int64_t instant, const Event& event);
    void match_single(const PatternShape::Node& node, std::int64_t instant, const Event& event,
                      State& state) const;
    void match_joined(const PatternShape::Node& node, State& state) const;
    static Best chained(const Best& right);
    static Best joined(const Best& left, const Best& right);
    static MatchPointer joined(const MatchPointer& left, const MatchPointer& right);

    const PatternShape* shape_;
    std::vector<State> states_; // as many as nodes
};

} // namespace rulebook::trigger
