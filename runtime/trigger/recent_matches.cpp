#include "runtime/trigger/recent_matches.hpp"

#include <functional>
#include <iterator>

namespace rulebook::trigger {

std::size_t HashOfValue::operator()(const plan::Value& value) const {
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? 1 : 2;
    case 2:
        return std::hash<std::int64_t>{}(value.integer());
    case 3:
        return std::hash<double>{}(value.real());
    case 4:
        return std::hash<std::string_view>{}(value.text());
    default:
        return 0;
    }
}

void RecentMatches::forget(Entries::iterator entry) {
    if (entry->key)
        by_key_.erase(*entry->key);
    entries_.erase(entry);
}

void RecentMatches::add(const std::optional<plan::Value>& key, const Match& match,
                        std::size_t most) {
    if (key)
        if (const auto earlier = by_key_.find(*key); earlier != by_key_.end())
            forget(earlier->second);
    entries_.push_back({key, match});
    if (key)
        by_key_.emplace(*key, std::prev(entries_.end()));
    if (entries_.size() > most)
        forget(entries_.begin());
}

const Match* RecentMatches::from_latest(std::size_t n) const {
    if (entries_.size() < n)
        return nullptr;
    if (n == entries_.size())
        return &entries_.front().match; // the usual question
    return &std::prev(entries_.end(), static_cast<std::ptrdiff_t>(n))->match;
}

void RecentMatches::clear() {
    entries_.clear();
    by_key_.clear();
}

} // namespace rulebook::trigger
