// Finds the boxes that may meet a given one without looking at all of them. Internal to this
// folder.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "compiler/check/box.hpp"

namespace rulec::check {

// Sorted along the one axis that tells the boxes apart best. Refers to boxes that outlive it.
class BoxIndex {
public:
    explicit BoxIndex(std::span<const Box* const> boxes);

    // Those that meet `box` along that axis, in the order in which the boxes were given; nothing
    // where they are more than `most`.
    std::optional<std::vector<const Box*>> candidates(const Box& box, std::size_t most) const;

private:
    struct Entry {
        Interval side;
        std::size_t place = 0; // among the boxes as given
    };
    bool collect(std::size_t first, std::size_t last, const Interval& side, std::size_t most,
                 std::vector<std::size_t>& places) const;

    std::span<const Box* const> boxes_;
    std::size_t axis_ = 0;
    std::vector<Entry> entries_;        // by low
    std::vector<std::int64_t> highest_; // of a balanced tree over entries_, by its middle
};

} // namespace rulec::check
