#include "compiler/check/box_index.hpp"

#include <algorithm>

namespace rulec::check {

namespace {

std::size_t middle(std::size_t first, std::size_t last) {
    return first + (last - first) / 2;
}

// The greatest end in [first, last), noted at the middle, and so for both halves.
std::int64_t note_highest(const auto& entries, std::size_t first, std::size_t last,
                          std::vector<std::int64_t>& highest) {
    if (first == last)
        return kUnknownPoint;
    const std::size_t at = middle(first, last);
    highest[at] = std::max({entries[at].side.high, note_highest(entries, first, at, highest),
                            note_highest(entries, at + 1, last, highest)});
    return highest[at];
}

} // namespace

BoxIndex::BoxIndex(std::span<const Box* const> boxes) : boxes_(boxes) {
    std::size_t most_lows = 0;
    const std::size_t axes = boxes.empty() ? 0 : boxes[0]->sides.size();
    for (std::size_t axis = 0; axis < axes; ++axis) {
        std::vector<std::int64_t> lows;
        for (const Box* box : boxes)
            lows.push_back(box->sides[axis].low);
        std::ranges::sort(lows);
        lows.erase(std::ranges::unique(lows).begin(), lows.end());
        if (lows.size() > most_lows) {
            most_lows = lows.size();
            axis_ = axis;
        }
    }
    for (std::size_t place = 0; axes > 0 && place < boxes.size(); ++place)
        entries_.push_back({boxes[place]->sides[axis_], place});
    std::ranges::sort(entries_, {}, [](const Entry& entry) { return entry.side.low; });
    highest_.resize(entries_.size());
    note_highest(entries_, 0, entries_.size(), highest_);
}

bool BoxIndex::collect(std::size_t first, std::size_t last, const Interval& side, std::size_t most,
                       std::vector<std::size_t>& places) const {
    if (first == last)
        return true;
    const std::size_t at = middle(first, last);
    if (highest_[at] < side.low)
        return true; // all of them end before it
    if (!collect(first, at, side, most, places))
        return false;
    if (entries_[at].side.low > side.high)
        return true; // this one and those behind it begin after it
    if (entries_[at].side.meets(side)) {
        if (places.size() == most)
            return false;
        places.push_back(entries_[at].place);
    }
    return collect(at + 1, last, side, most, places);
}

std::optional<std::vector<const Box*>> BoxIndex::candidates(const Box& box,
                                                            std::size_t most) const {
    std::vector<const Box*> found;
    if (entries_.empty()) { // without axes every box is everything
        found.assign(boxes_.begin(), boxes_.end());
        return found;
    }
    std::vector<std::size_t> places;
    if (!collect(0, entries_.size(), box.sides[axis_], most, places))
        return std::nullopt;
    std::ranges::sort(places);
    for (const std::size_t place : places)
        found.push_back(boxes_[place]);
    return found;
}

} // namespace rulec::check
