#include "tools/data/key_watch.hpp"

#include <algorithm>
#include <functional>

namespace rulec::input {

void KeyWatch::add(std::string_view key) {
    if (how_ == How::ByKey) {
        chunk_.push_back(std::hash<std::string_view>{}(key));
        return;
    }
    if (!any_ || key < least_) {
        least_ = key;
    }
    if (!any_ || key > greatest_) {
        greatest_ = key;
    }
    any_ = true;
}

bool KeyWatch::end_chunk() {
    if (how_ == How::ByKey) {
        // Rows of one key in one chunk are settled there.
        std::ranges::sort(chunk_);
        const auto repeated = std::ranges::unique(chunk_);
        before_.insert(before_.end(), chunk_.begin(), repeated.begin());
        chunk_.clear();
        return true;
    }
    if (!any_) {
        return true;
    }
    const bool apart = !greatest_before_.has_value() || *greatest_before_ < least_;
    greatest_before_ = greatest_;
    any_ = false;
    return apart;
}

bool KeyWatch::end() {
    std::ranges::sort(before_);
    return std::ranges::adjacent_find(before_) == before_.end();
}

} // namespace rulec::input
