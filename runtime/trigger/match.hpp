// What a pattern machine keeps of a match: where it starts, and what went before it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <utility>
#include <vector>

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>

#include "runtime/plan/schema.hpp"

namespace rulebook::trigger {

// Where a match starts. Without order, nothing of the same time comes before or after it.
struct Start {
    std::int64_t time = 0;
    std::int64_t sequence = 0;
    plan::EntityIndex collection = 0;
    bool ordered = false;
};

struct Preceding;

struct Match {
    Start start;
    // Null for a part of a pattern that stands on the right side of no `then`.
    boost::intrusive_ptr<const Preceding> preceding{};
};

// The matches with the latest start: one, unless several collections have events of one time and a
// sequence. None of those comes before another, so each is kept.
class Best {
public:
    bool none() const { return !has_first_; }
    void clear() {
        if (none())
            return;
        has_first_ = false;
        first_.preceding.reset();
        others_.clear();
    }
    std::size_t size() const { return none() ? 0 : 1 + others_.size(); }
    std::int64_t start_time() const { return first_.start.time; } // requires !none()
    void keep(const Match& match);
    void keep(const Best& others) {
        others.for_each([this](const Match& match) { keep(match); });
    }
    template <class Visit>
    void for_each(Visit visit) const {
        if (none())
            return;
        visit(first_);
        for (const Match& match : others_)
            visit(match);
    }

private:
    bool replaces_or_yields(Match& kept, const Match& match);

    bool has_first_ = false;
    Match first_;
    std::vector<Match> others_; // of the same time
};

// The best matches of the left side of a `then` that ended before a match starts.
struct Predecessor {
    Best by_order;
    Best by_time; // of those that ended before the instant at which the match starts
};

// Per `then` on whose right side the match stands, the outermost first. Machines belong to one
// thread, so the count of references needs no lock.
struct Preceding : boost::intrusive_ref_counter<Preceding, boost::thread_unsafe_counter> {
    std::vector<Predecessor> levels;
};

inline bool Best::replaces_or_yields(Match& kept, const Match& match) {
    const Start& a = kept.start;
    const Start& b = match.start;
    if (!b.ordered && a.ordered)
        return true; // what precedes the new one precedes the kept one too
    if (b.ordered && a.ordered && a.collection != b.collection)
        return false;
    if (!(b.ordered && a.ordered && a.sequence > b.sequence))
        kept = match;
    return true;
}

inline void Best::keep(const Match& match) {
    if (none() || match.start.time > start_time()) {
        has_first_ = true;
        first_ = match;
        others_.clear();
        return;
    }
    if (match.start.time < start_time() || replaces_or_yields(first_, match))
        return;
    for (Match& kept : others_)
        if (replaces_or_yields(kept, match))
            return;
    others_.push_back(match);
}

} // namespace rulebook::trigger
