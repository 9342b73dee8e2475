#include "runtime/trigger/pattern_machine.hpp"

#include <algorithm>

namespace rulebook::trigger {

using plan::Pattern;

PatternMachine::PatternMachine(const PatternShape& shape)
    : shape_(&shape), states_(shape.nodes().size()), counted_(shape.nodes().size()) {}

void PatternMachine::consume() {
    for (State& state : states_)
        state.best.clear(); // the rest is of one instant
    for (Counted& counted : counted_) {
        counted.recent.clear();
        counted.ordered.clear();
        counted.unordered.clear();
    }
}

std::size_t PatternMachine::remembered() const {
    std::size_t matches = 0;
    for (const State& state : states_)
        matches += state.best.size();
    for (const Counted& counted : counted_)
        matches += counted.recent.size() + counted.ordered.size();
    return matches;
}

void PatternMachine::expire(std::int64_t instant, Surroundings& surroundings) {
    const Extents& extents = shape_->extents();
    const auto too_late = [&](const std::vector<plan::Extent>& within, std::int64_t start) {
        return std::ranges::any_of(within, [&](const plan::Extent& extent) {
            return extents.is_the_same_ever_after(extent) &&
                   !extents.within(extent, start, instant, surroundings);
        });
    };
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const PatternShape::Node& node = shape_->nodes()[i];
        Best& best = states_[i].best;
        if (!best.none() && too_late(node.expires, best.start_time()))
            best = {};
        const auto& within = node.within.empty() ? node.expires : node.within;
        for (RecentMatches* recent : {&counted_[i].recent, &counted_[i].ordered})
            recent->forget_while(
                [&](const Match& match) { return too_late(within, match.start.time); });
    }
}

std::optional<Completion> PatternMachine::handle(std::int64_t instant,
                                                 std::span<const Event> events,
                                                 Surroundings& surroundings) {
    std::optional<Completion> completion;
    for (State& state : states_)
        state.earlier = state.best;
    for (std::size_t i = 0; i < events.size(); ++i) {
        move_to(i == 0 ? nullptr : &events[i - 1], events[i]);
        take({instant, events[i], surroundings});
        const Best& whole = states_.back().now;
        if (whole.none())
            continue;
        if (!completion)
            completion = Completion{whole.start_time(), i};
        completion->start = std::max(completion->start, whole.start_time());
        completion->completing = i;
    }
    end_instant();
    return completion;
}

void PatternMachine::end_instant() {
    for (State& state : states_)
        for (Best* best :
             {&state.earlier, &state.before, &state.beside, &state.now, &state.now_ordered})
            best->clear();
    for (std::size_t i = 0; i < counted_.size(); ++i) {
        for (const auto& [key, match] : counted_[i].unordered)
            counted_[i].ordered.add(key, match, shape_->nodes()[i].count);
        counted_[i].unordered.clear();
    }
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
        state.beside.clear();
    }
}

// Children precede their parents, so each node finds its parts done.
void PatternMachine::take(const At& at) {
    for (std::size_t i = 0; i < states_.size(); ++i) {
        const PatternShape::Node& node = shape_->nodes()[i];
        State& state = states_[i];
        state.now.clear();
        state.now_ordered.clear();
        if (node.is_count())
            match_count(i, at);
        else if (node.kind == Pattern::Kind::Signal)
            match_single(node, at, state);
        else
            match_joined(node, state);
        for (Best* found : {&state.now, &state.now_ordered})
            if (!found->none() &&
                !shape_->within(node.within, found->start_time(), at.instant, at.surroundings))
                found->clear();
        state.best.keep(state.now);
    }
    for (State& state : states_)
        state.beside.keep(state.now_ordered);
}

// The event by itself, with what precedes it. Nothing where a `then` around the node has nothing on
// its left side yet: then no match of this event will ever count.
std::optional<Match> PatternMachine::single(const PatternShape::Node& node, const At& at) const {
    Match match{.start = {.time = at.instant,
                          .sequence = at.event.sequence.value_or(0),
                          .collection = at.event.collection,
                          .ordered = at.event.sequence.has_value()}};
    if (node.preceded_by.empty())
        return match;
    for (const std::uint32_t left : node.preceded_by)
        if (states_[left].before.none())
            return std::nullopt;
    auto preceding = boost::intrusive_ptr(new Preceding);
    preceding->levels.reserve(node.preceded_by.size());
    for (const std::uint32_t left : node.preceded_by)
        preceding->levels.push_back({states_[left].before, states_[left].earlier});
    match.preceding = std::move(preceding);
    return match;
}

void PatternMachine::match_single(const PatternShape::Node& node, const At& at,
                                  State& state) const {
    if (!at.event.is_any_of(node.signals))
        return;
    const auto match = single(node, at);
    if (!match)
        return;
    state.now.keep(*match);
    if (at.event.sequence)
        state.now_ordered.keep(*match);
}

// The event and the n - 1 most recent ones before it start where the earliest of them does.
void PatternMachine::match_count(std::size_t index, const At& at) {
    const PatternShape::Node& node = shape_->nodes()[index];
    if (!at.event.is_any_of(node.signals))
        return;
    std::optional<plan::Value> key;
    if (node.kind == Pattern::Kind::DifferentValues) {
        key = at.surroundings.field(at.event, node.field, at.instant);
        if (!key->known())
            return;
    }
    if (node.kind == Pattern::Kind::DifferentBuckets)
        key = plan::Value::of(bucket_of(shape_->extents().zone(), node.unit, at.instant));
    const auto match = single(node, at);
    if (!match)
        return;
    Counted& counted = counted_[index];
    counted.recent.add(key, *match, node.count);
    if (const Match* first = counted.recent.from_latest(node.count))
        states_[index].now.keep(*first);
    if (!at.event.sequence) {
        counted.unordered.push_back({key, *match});
        return;
    }
    counted.ordered.add(key, *match, node.count);
    if (const Match* first = counted.ordered.from_latest(node.count))
        states_[index].now_ordered.keep(*first);
}

void PatternMachine::match_joined(const PatternShape::Node& node, State& state) const {
    const State& left = states_[node.left];
    const State& right = states_[node.right];
    if (node.kind == Pattern::Kind::Then) {
        state.now = chained(right.now);
        state.now_ordered = chained(right.now_ordered);
        return;
    }
    if (node.kind == Pattern::Kind::Or) {
        state.now = left.now;
        state.now.keep(right.now);
        state.now_ordered = left.now_ordered;
        state.now_ordered.keep(right.now_ordered);
        return;
    }
    if (left.now.none() && right.now.none())
        return;
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
}

// P then Q: Q's match with the best P before it. It starts where that P does, and what precedes it
// is what precedes that P.
Best PatternMachine::chained(const Best& right) {
    Best found;
    right.for_each(
        [&](const Match& match) { found.keep(match.preceding->levels.back().by_order); });
    return found;
}

Best PatternMachine::joined(const Best& left, const Best& right) {
    Best found;
    left.for_each(
        [&](const Match& a) { right.for_each([&](const Match& b) { found.keep(joined(a, b)); }); });
    return found;
}

// Both: starts where the earlier one does.
Match PatternMachine::joined(const Match& left, const Match& right) {
    const Start& a = left.start;
    const Start& b = right.start;
    if (a.time != b.time)
        return a.time < b.time ? left : right;
    if (a.ordered && b.ordered && a.collection == b.collection)
        return a.sequence <= b.sequence ? left : right;
    if (!a.ordered)
        return left;
    if (!b.ordered)
        return right;
    Match both = left; // of two collections: only time orders them
    both.start.ordered = false;
    if (left.preceding) {
        auto preceding = boost::intrusive_ptr(new Preceding);
        for (const Predecessor& level : left.preceding->levels)
            preceding->levels.push_back({level.by_time, level.by_time});
        both.preceding = std::move(preceding);
    }
    return both;
}

} // namespace rulebook::trigger
