#include "runtime/trigger/pattern_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

using plan::Pattern;

void PatternMachine::Best::keep(const MatchPointer& match) {
    const Start& start = match->start;
    if (!none() && start.time < start_time())
        return;
    if (!none() && start.time > start_time())
        matches_.clear();
    for (MatchPointer& kept : matches_) {
        if (!start.ordered && kept->start.ordered)
            return; // what precedes it precedes the kept one too
        if (start.ordered && kept->start.ordered && kept->start.collection != start.collection)
            continue;
        if (start.ordered && kept->start.ordered && kept->start.sequence > start.sequence)
            return;
        kept = match;
        return;
    }
    matches_.push_back(match);
}

void PatternMachine::Best::keep(const Best& others) {
    for (const MatchPointer& match : others)
        keep(match);
}

PatternMachine::PatternMachine(const PatternShape& shape)
    : shape_(&shape), states_(shape.nodes().size()) {}

void PatternMachine::consume() {
    std::ranges::fill(states_, State{});
}

std::optional<Completion> PatternMachine::handle(std::int64_t instant,
                                                 std::span<const Event> events) {
    std::optional<Completion> completion;
    for (State& state : states_)
        state.earlier = state.best;
    for (std::size_t i = 0; i < events.size(); ++i) {
        move_to(i == 0 ? nullptr : &events[i - 1], events[i]);
        take(instant, events[i]);
        const Best& whole = states_.back().now;
        if (whole.none())
            continue;
        if (!completion)
            completion = Completion{whole.start_time(), i};
        completion->start = std::max(completion->start, whole.start_time());
        completion->completing = i;
    }
    for (State& state : states_)
        state.earlier = state.before = state.beside = state.now = state.now_ordered = {};
    return completion;
}

// What ended before the event: of the same instant, only what the collection's sequence orders.
void PatternMachine::move_to(const Event* previous, const Event& event) {
    const bool follows = previous != nullptr && previous->collection == event.collection;
    if (follows && previous->sequence == event.sequence)
        return;
    const bool in_order = follows && previous->sequence && event.sequence;
    for (State& state : states_) {
        if (in_order)
            state.before.keep(state.beside);
        else
            state.before = state.earlier;
        state.beside = {};
    }
}

// Children precede their parents, so each node finds its parts done.
void PatternMachine::take(std::int64_t instant, const Event& event) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const PatternShape::Node& node = shape_->nodes()[i];
        State& state = states_[i];
        state.now = state.now_ordered = {};
        if (node.kind == Pattern::Kind::Signal)
            match_single(node, instant, event, state);
        else
            match_joined(node, state);
        for (Best* found : {&state.now, &state.now_ordered})
            if (!found->none() && !shape_->within(node, found->start_time(), instant))
                *found = {};
        state.best.keep(state.now);
    }
    for (State& state : states_)
        state.beside.keep(state.now_ordered);
}

void PatternMachine::match_single(const PatternShape::Node& node, std::int64_t instant,
                                  const Event& event, State& state) const {
    if (!std::ranges::binary_search(event.signals, node.signal))
        return;
    Match match;
    match.start = {instant, event.sequence.has_value(), event.collection,
                   event.sequence.value_or(0)};
    for (const std::uint32_t predecessor : node.preceded_by)
        match.predecessors.push_back({states_[predecessor].before, states_[predecessor].earlier});
    state.now.keep(std::make_shared<const Match>(std::move(match)));
    if (event.sequence)
        state.now_ordered = state.now;
}

void PatternMachine::match_joined(const PatternShape::Node& node, State& state) const {
    const State& left = states_[node.left];
    const State& right = states_[node.right];
    switch (node.kind) {
    case Pattern::Kind::Signal:
        return;
    case Pattern::Kind::Then:
        state.now = chained(right.now);
        state.now_ordered = chained(right.now_ordered);
        return;
    case Pattern::Kind::And: {
        const auto in_order = [](const State& part) {
            Best best = part.before;
            best.keep(part.beside);
            best.keep(part.now_ordered);
            return best;
        };
        state.now = joined(left.now, right.best);
        state.now.keep(joined(left.best, right.now));
        state.now_ordered = joined(left.now_ordered, in_order(right));
        state.now_ordered.keep(joined(in_order(left), right.now_ordered));
        return;
    }
    case Pattern::Kind::Times:
    case Pattern::Kind::DifferentValues:
    case Pattern::Kind::DifferentBuckets:
        return;
    case Pattern::Kind::Or:
        state.now = left.now;
        state.now.keep(right.now);
        state.now_ordered = left.now_ordered;
        state.now_ordered.keep(right.now_ordered);
        return;
    }
}

// P then Q: Q's match with the best P before it. It starts where that P does, and what precedes it
// is what precedes that P.
PatternMachine::Best PatternMachine::chained(const Best& right) {
    Best found;
    for (const MatchPointer& match : right)
        found.keep(match->predecessors.back().by_order);
    return found;
}

PatternMachine::Best PatternMachine::joined(const Best& left, const Best& right) {
    Best found;
    for (const MatchPointer& a : left)
        for (const MatchPointer& b : right)
            found.keep(joined(a, b));
    return found;
}

// Both: starts where the earlier one does.
PatternMachine::MatchPointer PatternMachine::joined(const MatchPointer& left,
                                                    const MatchPointer& right) {
    const Start& a = left->start;
    const Start& b = right->start;
    if (a.time != b.time)
        return a.time < b.time ? left : right;
    if (a.ordered && b.ordered && a.collection == b.collection)
        return a.sequence <= b.sequence ? left : right;
    if (!a.ordered)
        return left;
    if (!b.ordered)
        return right;
    Match both = *left; // of two collections: only time orders them
    both.start.ordered = false;
    for (Predecessor& predecessor : both.predecessors)
        predecessor.by_order = predecessor.by_time;
    return std::make_shared<const Match>(std::move(both));
}

} // namespace rulebook::trigger
