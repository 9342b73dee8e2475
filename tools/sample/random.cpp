#include "tools/sample/random.hpp"

#include <algorithm>
#include <bit>

namespace rulebook::sample {

std::int64_t Random::below(std::int64_t limit) {
    // Draws of the last, incomplete run of `limit` numbers are thrown away: no value is favoured.
    const auto size = static_cast<std::uint64_t>(std::max<std::int64_t>(limit, 1));
    const std::uint64_t excess = (0 - size) % size;
    std::uint64_t drawn = next();
    while (drawn < excess)
        drawn = next();
    return static_cast<std::int64_t>(drawn % size);
}

std::int64_t Random::spread(std::int64_t least, std::int64_t most) {
    // A uniform power of two of the range, then uniform within it.
    const auto doublings =
        static_cast<std::int64_t>(std::bit_width(static_cast<std::uint64_t>(most / least))) - 1;
    const std::int64_t low = least << below(doublings + 1);
    return between(low, std::min(most, 2 * low));
}

std::size_t Random::weighted(std::span<const std::int64_t> weights) {
    std::int64_t total = 0;
    for (const std::int64_t weight : weights)
        total += weight;
    std::int64_t drawn = below(total);
    std::size_t index = 0;
    while (drawn >= weights[index])
        drawn -= weights[index++];
    return index;
}

} // namespace rulebook::sample
