// Journeys as tests write them.
#pragma once

#include <string>
#include <vector>

#include "runtime/learn/journey_counts.hpp"

namespace rulebook::learn {

struct Path {
    std::string channels; // one letter each
    std::uint64_t conversions = 0;
    std::uint64_t nulls = 0;
};

inline Result<void> add(JourneyCounts& counts, const Path& path) {
    std::vector<ChannelIndex> channels;
    for (const char letter : path.channels)
        channels.push_back(counts.channel(std::string(1, letter)));
    return counts.add(channels, path.conversions, path.nulls);
}

inline JourneyGraph graph_of(const std::vector<Path>& paths) {
    JourneyCounts counts;
    for (const Path& path : paths)
        if (!add(counts, path))
            return {};
    return counts.graph();
}

} // namespace rulebook::learn
