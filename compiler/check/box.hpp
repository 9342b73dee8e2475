// Conditions as boxes: sets of points over axes, one axis for each thing that conditions ask about.
//
// An axis counts its values as 64-bit integers in their order: int, money, percent, points, dates,
// times and durations as they are held, numbers by their ordered bits, enums by position, booleans
// 0 and 1, texts by the constants that are asked for (and one value for all others). Unknown is the
// one value below all others.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace rulec::check {

inline constexpr std::int64_t kUnknownPoint = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kLeastPoint = kUnknownPoint + 1;
inline constexpr std::int64_t kGreatestPoint = std::numeric_limits<std::int64_t>::max();

// Both ends inclusive; never empty.
struct Interval {
    std::int64_t low = kUnknownPoint;
    std::int64_t high = kGreatestPoint;

    bool contains(const Interval& other) const { return low <= other.low && other.high <= high; }
    bool meets(const Interval& other) const { return low <= other.high && other.low <= high; }
    friend bool operator==(const Interval&, const Interval&) = default;
};

inline constexpr std::uint32_t kNoRow = 0xffffffff;

// One interval an axis. `row` says whose box it is.
struct Box {
    std::vector<Interval> sides;
    std::uint32_t row = 0;

    bool contains(const Box& other) const;
    bool meets(const Box& other) const;
};

std::optional<Box> intersection(const Box& left, const Box& right);

// What searching a cover found. Undecided: the budget of nodes ran out.
struct Coverage {
    enum class Verdict : std::uint8_t { Covered, Gap, Undecided } verdict = Verdict::Covered;
    std::vector<std::uint32_t> rows; // Covered: the rows that did it, sorted
    Box gap;                         // Gap: a part of the box that no row meets
};

// Is every point of the box in one of the others? Splits the box at the boundaries of those that
// meet it; `budget` counts the sides that
// the search compares and is used up by it.
Coverage cover(const Box& box, std::vector<const Box*> others, std::size_t& budget);

} // namespace rulec::check
