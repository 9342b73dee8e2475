#include "compiler/check/box.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace rulec::check {

bool Box::contains(const Box& other) const {
    for (std::size_t axis = 0; axis < sides.size(); ++axis)
        if (!sides[axis].contains(other.sides[axis]))
            return false;
    return true;
}

bool Box::meets(const Box& other) const {
    for (std::size_t axis = 0; axis < sides.size(); ++axis)
        if (!sides[axis].meets(other.sides[axis]))
            return false;
    return true;
}

std::optional<Box> intersection(const Box& left, const Box& right) {
    if (!left.meets(right))
        return std::nullopt;
    Box both = left;
    for (std::size_t axis = 0; axis < both.sides.size(); ++axis) {
        both.sides[axis].low = std::max(left.sides[axis].low, right.sides[axis].low);
        both.sides[axis].high = std::min(left.sides[axis].high, right.sides[axis].high);
    }
    return both;
}

namespace {

// The box is cut into [low, at - 1] and [at, high] along the axis.
struct Cut {
    std::size_t axis = 0;
    std::int64_t at = 0;
};

double weight(std::size_t count) {
    const auto n = static_cast<double>(count) + 1;
    return n * std::log2(n);
}

// The boundary that leaves the least work: L·log L + R·log R over the boxes on both sides.
Cut best_cut(const Box& box, const std::vector<const Box*>& others) {
    Cut best;
    double least = std::numeric_limits<double>::infinity();
    for (std::size_t axis = 0; axis < box.sides.size(); ++axis) {
        const Interval& side = box.sides[axis];
        std::vector<std::int64_t> lows;
        std::vector<std::int64_t> highs;
        std::vector<std::int64_t> boundaries;
        for (const Box* other : others) {
            const Interval& cutter = other->sides[axis];
            lows.push_back(cutter.low);
            highs.push_back(cutter.high);
            if (cutter.low > side.low && cutter.low <= side.high)
                boundaries.push_back(cutter.low);
            if (cutter.high < side.high && cutter.high >= side.low)
                boundaries.push_back(cutter.high + 1);
        }
        if (boundaries.empty())
            continue;
        std::ranges::sort(lows);
        std::ranges::sort(highs);
        std::ranges::sort(boundaries);
        boundaries.erase(std::ranges::unique(boundaries).begin(), boundaries.end());
        for (const std::int64_t at : boundaries) {
            const auto left =
                static_cast<std::size_t>(std::ranges::lower_bound(lows, at) - lows.begin());
            const auto right =
                static_cast<std::size_t>(highs.end() - std::ranges::lower_bound(highs, at));
            const double work = weight(left) + weight(right);
            if (work < least) {
                least = work;
                best = {axis, at};
            }
        }
    }
    return best;
}

struct Region {
    Box box;
    std::vector<const Box*> others;
};

} // namespace

Coverage cover(const Box& box, std::vector<const Box*> others, std::size_t& budget) {
    std::set<std::uint32_t> rows;
    std::vector<Region> open{{box, std::move(others)}};
    while (!open.empty()) {
        Region region = std::move(open.back());
        open.pop_back();
        const std::size_t cost = 1 + region.others.size() * box.sides.size();
        if (budget < cost) {
            budget = 0;
            return {Coverage::Verdict::Undecided, {}, {}};
        }
        budget -= cost;
        std::erase_if(region.others, [&](const Box* other) { return !other->meets(region.box); });
        if (region.others.empty())
            return {Coverage::Verdict::Gap, {}, region.box};
        const auto whole = std::ranges::find_if(
            region.others, [&](const Box* other) { return other->contains(region.box); });
        if (whole != region.others.end()) {
            rows.insert((*whole)->row);
            continue;
        }
        const Cut cut = best_cut(region.box, region.others);
        Region upper = region;
        upper.box.sides[cut.axis].low = cut.at;
        region.box.sides[cut.axis].high = cut.at - 1;
        open.push_back(std::move(upper));
        open.push_back(std::move(region));
    }
    return {Coverage::Verdict::Covered, {rows.begin(), rows.end()}, {}};
}

} // namespace rulec::check
