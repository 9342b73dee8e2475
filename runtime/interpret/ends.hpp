// The least and the greatest of keys that come and go; internal to this folder.
#pragma once

#include <cstddef>
#include <map>
#include <optional>

namespace rulebook::interpret {

// Each step takes the logarithm of the keys that may go again; those that never go are not kept,
// but for the least and the greatest. Equal keys are counted.
template <class Key>
class Ends {
public:
    void add_for_good(const Key& key) {
        if (!least_for_good_ || key < *least_for_good_)
            least_for_good_ = key;
        if (!greatest_for_good_ || *greatest_for_good_ < key)
            greatest_for_good_ = key;
    }
    void add(const Key& key) { ++times_[key]; }
    // One that was added, not for good.
    void remove(const Key& key) {
        const auto found = times_.find(key);
        if (found != times_.end() && --found->second == 0)
            times_.erase(found);
    }
    void clear() { *this = {}; }

    std::optional<Key> least() const {
        if (times_.empty() || (least_for_good_ && *least_for_good_ < times_.begin()->first))
            return least_for_good_;
        return times_.begin()->first;
    }
    std::optional<Key> greatest() const {
        if (times_.empty() || (greatest_for_good_ && times_.rbegin()->first < *greatest_for_good_))
            return greatest_for_good_;
        return times_.rbegin()->first;
    }
    // Different keys that may go again.
    std::size_t kept() const { return times_.size(); }

private:
    std::map<Key, std::size_t> times_;
    std::optional<Key> least_for_good_;
    std::optional<Key> greatest_for_good_;
};

} // namespace rulebook::interpret
