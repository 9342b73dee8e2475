#include "runtime/learn/journey_counts.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace rulebook::learn {

namespace {

// Up to here every count is exact as binary64.
constexpr std::uint64_t kMostSteps = std::uint64_t{1} << 53U;

std::uint64_t key_of(ChannelIndex from, ChannelIndex to) {
    return (std::uint64_t{from} << 32U) | to;
}

} // namespace

ChannelIndex JourneyCounts::channel(std::string_view name) {
    const auto found = by_name_.find(name);
    if (found != by_name_.end())
        return found->second;
    const auto index = static_cast<ChannelIndex>(channels_.size());
    by_name_.emplace(name, index);
    channels_.emplace_back().name = name;
    last_counted_.push_back(0);
    return index;
}

Result<void> JourneyCounts::count_steps(std::uint64_t journeys, std::uint64_t steps_of_each) {
    const std::uint64_t left = kMostSteps - steps_;
    if (journeys > left / steps_of_each)
        return make_error("learn.too_many", "there are more than 2^53 steps in all journeys",
                          "count them in hundreds or thousands: only how they compare matters");
    steps_ += journeys * steps_of_each;
    return {};
}

Result<void> JourneyCounts::add(std::span<const ChannelIndex> channels, std::uint64_t conversions,
                                std::uint64_t nulls) {
    if (conversions > kMostSteps || nulls > kMostSteps)
        return count_steps(kMostSteps + 1, 1);
    const std::uint64_t journeys = conversions + nulls;
    if (auto counted = count_steps(journeys, channels.size() + 1); !counted || journeys == 0)
        return counted;
    journeys_ += journeys;
    conversions_ += conversions;
    without_channel_ += channels.empty() ? journeys : 0;
    ++paths_;
    for (std::size_t i = 0; i < channels.size(); ++i) {
        Channel& channel = channels_[channels[i]];
        if (i > 0 && channels[i] == channels[i - 1]) {
            merged_ += journeys;
            continue;
        }
        channel.visits += journeys;
        if (i > 0)
            transitions_[key_of(channels[i - 1], channels[i])] += journeys;
        if (std::exchange(last_counted_[channels[i]], paths_) == paths_)
            continue;
        channel.journeys += journeys;
        channel.conversions += conversions;
    }
    if (!channels.empty())
        channels_[channels.back()].converting += conversions;
    return {};
}

Result<void> JourneyCounts::add(const JourneyCounts& more) {
    if (auto counted = count_steps(more.steps_, 1); !counted)
        return counted;
    std::vector<ChannelIndex> renumbered;
    for (const Channel& other : more.channels_) {
        renumbered.push_back(channel(other.name));
        Channel& ours = channels_[renumbered.back()];
        ours.journeys += other.journeys;
        ours.conversions += other.conversions;
        ours.visits += other.visits;
        ours.converting += other.converting;
    }
    for (const auto& [key, count] : more.transitions_)
        transitions_[key_of(renumbered[key >> 32U], renumbered[key & 0xffffffffU])] += count;
    journeys_ += more.journeys_;
    conversions_ += more.conversions_;
    without_channel_ += more.without_channel_;
    merged_ += more.merged_;
    return {};
}

JourneyGraph JourneyCounts::graph() const {
    JourneyGraph graph;
    graph.journeys = journeys_;
    graph.conversions = conversions_;
    graph.without_channel = without_channel_;
    graph.merged = merged_;
    std::vector<ChannelIndex> renumbered(channels_.size());
    for (const auto& [name, index] : by_name_) { // in the order of the names
        renumbered[index] = static_cast<ChannelIndex>(graph.channels.size());
        if (channels_[index].journeys > 0)
            graph.channels.push_back(channels_[index]);
    }
    for (const auto& [key, count] : transitions_)
        graph.transitions.push_back({renumbered[key >> 32U], renumbered[key & 0xffffffffU], count});
    std::ranges::sort(graph.transitions, {}, [](const Transition& transition) {
        return std::tuple(transition.from, transition.to);
    });
    return graph;
}

} // namespace rulebook::learn
