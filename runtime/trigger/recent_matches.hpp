// The most recent events that a count has seen, for `A n times`, `A with n different F`,
// `A on n different days`: at most n, of each key the latest. Internal to this folder.
#pragma once

#include <cstddef>
#include <list>
#include <optional>
#include <unordered_map>

#include "runtime/plan/value.hpp"
#include "runtime/trigger/match.hpp"

namespace rulebook::trigger {

struct HashOfValue {
    std::size_t operator()(const plan::Value& value) const;
};

class RecentMatches {
public:
    // Remembers an event as the latest one of its key; without a key it differs from all others.
    // Forgets all but the last `most`.
    void add(const std::optional<plan::Value>& key, const Match& match, std::size_t most);

    // The n-th event counted from the latest, n >= 1; null if there are fewer.
    const Match* from_latest(std::size_t n) const;

    // Forgets the oldest as long as `useless` says so.
    template <class Useless>
    void forget_while(Useless useless) {
        while (!empty() && useless(entries_.front().match))
            forget(entries_.begin());
    }

    bool empty() const { return entries_.empty(); }
    std::size_t size() const { return entries_.size(); }
    void clear();

private:
    struct Entry {
        std::optional<plan::Value> key;
        Match match;
    };
    using Entries = std::list<Entry>; // the latest last

    void forget(Entries::iterator entry);

    Entries entries_;
    std::unordered_map<plan::Value, Entries::iterator, HashOfValue> by_key_;
};

} // namespace rulebook::trigger
