// What each channel is worth to the conversions, by what would be lost without it.
#pragma once

#include <vector>

#include "runtime/learn/journey_counts.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::learn {

struct ChannelWeight {
    double removal_effect = 0; // R: the share of conversions that is lost if the channel ends all
    double omega = 0;          // R of the sum of all R
};

inline constexpr std::size_t kMostChannels = 5'000;

// Of each channel of the graph: R = 1 - P(conversion, if journeys end in nothing where they come to
// the channel) / P(conversion), in the first-order Markov chain that the counts are. Fails with
// learn.no_conversion (nothing to learn from), learn.no_channel (no conversion came over any) and
// learn.too_many_channels.
Result<std::vector<ChannelWeight>> removal_effects(const JourneyGraph& graph);

} // namespace rulebook::learn
