// Journeys that somebody else counted already: a CSV file with a line for each path.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/learn/journey_counts.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

struct CountedPath {
    std::string path; // channels with `>` between them
    std::uint64_t conversions = 0;
    std::uint64_t nulls = 0;
    std::size_t line = 0; // of the file, from 1
};

// The lines of a CSV text with the columns path, conversions and nulls, in any order; `total_…` are
// the same, a column of values is passed over, others are refused. `name` is what messages call it.
// Fails with paths.unreadable, naming the line.
rulebook::Result<std::vector<CountedPath>> read_paths(std::string_view text,
                                                      const std::string& name);

// Fails with paths.unreadable where a path has no channel or an empty one, and as JourneyCounts.
rulebook::Result<rulebook::learn::JourneyGraph> count_paths(const std::vector<CountedPath>& paths,
                                                            const std::string& name);

} // namespace rulec::tool
