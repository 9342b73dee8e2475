// The instants that a run is for: `--as-of T1,T2,…`.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulec::tool {

struct WantedInstant {
    std::optional<std::int64_t> as_of; // microseconds since 1970 UTC; none: `latest`
    // Of a series, the folder of its results: 2026-01-31, 2026-01-31T090000Z, latest.
    std::string folder;
    std::string date; // where it was written as one
};

// One or several, separated by commas, in the order in which they are written. Fails with
// "run.as_of" for what is no instant (see as_of_flag) and for one that stands twice.
rulebook::Result<std::vector<WantedInstant>> wanted_instants(const rulebook::plan::Plan& plan,
                                                             const std::string& written);

} // namespace rulec::tool
