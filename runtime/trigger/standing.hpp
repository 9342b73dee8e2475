// Where a machine stands between two instants, for whoever explains it.
#pragma once

#include <cstdint>
#include <optional>

namespace rulebook::trigger {

// An open wait, a silence, a clock, the truth of a `becomes`.
struct Standing {
    std::int64_t since = 0;            // the opening of the wait or silence, the last edge
    std::optional<std::int64_t> due{}; // of the candidate, if nothing more happens
    bool truth = false;                // of a `becomes`, when it was looked at last

    friend bool operator==(const Standing&, const Standing&) = default;
};

// What became of a version's standing at an instant; nothing: it waits for no deadline.
struct StandingChange {
    std::int64_t instant = 0;
    std::uint32_t version = 0; // index in Plan::triggers
    std::optional<Standing> standing{};
};

} // namespace rulebook::trigger
