// Journeys over channels, counted: from which channel they went to which, and how they ended. All
// that first-order weights are learnt from.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "runtime/value/result.hpp"

namespace rulebook::learn {

// Numbers of channels in the order in which they were first named.
using ChannelIndex = std::uint32_t;

struct Transition {
    ChannelIndex from = 0;
    ChannelIndex to = 0;
    std::uint64_t count = 0;

    friend bool operator==(const Transition&, const Transition&) = default;
};

struct Channel {
    std::string name;
    std::uint64_t journeys = 0;    // that it is part of
    std::uint64_t conversions = 0; // of these
    std::uint64_t visits = 0;      // how often a journey came to it from elsewhere
    std::uint64_t converting = 0;  // journeys that converted from it

    friend bool operator==(const Channel&, const Channel&) = default;
};

// The same for the same journeys, in whatever order they were added.
struct JourneyGraph {
    std::vector<Channel> channels;       // by name
    std::vector<Transition> transitions; // by `from`, then `to`; never from a channel to itself
    std::uint64_t journeys = 0;
    std::uint64_t conversions = 0;     // of the journeys
    std::uint64_t without_channel = 0; // of the journeys: those that go straight to their end
    std::uint64_t merged = 0;          // touches of the channel of the touch before them

    friend bool operator==(const JourneyGraph&, const JourneyGraph&) = default;
};

// One thread at a time per object.
class JourneyCounts {
public:
    // The channel's number; a new one where it was not named before.
    ChannelIndex channel(std::string_view name);

    // `conversions` journeys over the channels that ended in a conversion, and `nulls` that did
    // not. Equal channels that follow each other are one. Fails with learn.too_many, having counted
    // nothing, where counts would not be exact as binary64 any more.
    Result<void> add(std::span<const ChannelIndex> channels, std::uint64_t conversions,
                     std::uint64_t nulls);
    Result<void> add(const JourneyCounts& more);

    JourneyGraph graph() const;

private:
    Result<void> count_steps(std::uint64_t journeys, std::uint64_t steps_of_each);

    std::vector<Channel> channels_;
    std::map<std::string, ChannelIndex, std::less<>> by_name_;
    std::unordered_map<std::uint64_t, std::uint64_t> transitions_; // from and to: how often
    std::vector<std::uint64_t> last_counted_; // per channel: the last path that it was counted for
    std::uint64_t paths_ = 0;
    std::uint64_t journeys_ = 0;
    std::uint64_t conversions_ = 0;
    std::uint64_t without_channel_ = 0;
    std::uint64_t merged_ = 0;
    std::uint64_t steps_ = 0;
};

} // namespace rulebook::learn
