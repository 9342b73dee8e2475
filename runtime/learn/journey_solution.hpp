// What the graph of journeys says once it is solved. Internal to this folder.
//
// Let A be the matrix of the counts: on its diagonal how often journeys came to a channel, beside
// it, negative, how often they went from one channel on to the other. It is exact, and as every
// journey ends it has an inverse. With W conversions in all, and c the number of conversions
// straight from each channel:
//
//   P(conversion | at a channel)   = A⁻¹ c
//   P(a journey comes to channel i) = visits(i) / journeys / (A⁻¹(i,i) · visits(i))
//
// so that R(i) = P(comes to i) · P(conversion | at i) / P(conversion) = (A⁻¹ c)(i) / (W ·
// A⁻¹(i,i)): one factorisation gives all removal effects, and no two near numbers are subtracted.
// (Channels are visited in expectation as often as they are counted: the columns of A add up to the
// starts.)
#pragma once

#include <vector>

#include "runtime/learn/journey_counts.hpp"

namespace rulebook::learn {

struct JourneySolution {
    std::vector<double> conversion; // per channel: P(conversion | at the channel)
    std::vector<double> diagonal;   // of A⁻¹
};

// Both give the same but for rounding. Dense: time grows with the third power of the number of
// channels, memory with the second. Sparse: with what the factors fill.
JourneySolution solve_dense(const JourneyGraph& graph);
JourneySolution solve_sparse(const JourneyGraph& graph);

} // namespace rulebook::learn
