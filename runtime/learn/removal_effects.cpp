#include "runtime/learn/removal_effects.hpp"

#include <string>

#include "runtime/learn/journey_solution.hpp"

namespace rulebook::learn {

namespace {

// Up to so many channels the dense solution takes less than the sparse one, or hardly any time.
constexpr std::size_t kDenseChannels = 256;

// Per channel: whether some way in the graph leads from it to a conversion. Rounding shall not give
// an effect to one from which none does.
std::vector<bool> lead_to_conversion(const JourneyGraph& graph) {
    std::vector<std::vector<ChannelIndex>> before(graph.channels.size());
    for (const Transition& transition : graph.transitions)
        before[transition.to].push_back(transition.from);
    std::vector<bool> leads(graph.channels.size());
    std::vector<ChannelIndex> open;
    for (ChannelIndex i = 0; i < leads.size(); ++i)
        if (graph.channels[i].converting > 0)
            open.push_back(i);
    while (!open.empty()) {
        const ChannelIndex channel = open.back();
        open.pop_back();
        if (leads[channel])
            continue;
        leads[channel] = true;
        open.insert(open.end(), before[channel].begin(), before[channel].end());
    }
    return leads;
}

} // namespace

Result<std::vector<ChannelWeight>> removal_effects(const JourneyGraph& graph) {
    if (graph.conversions == 0)
        return make_error("learn.no_conversion",
                          "no journey converted, so that no weight can be learnt");
    if (graph.channels.size() > kMostChannels)
        return make_error("learn.too_many_channels",
                          "there are " + std::to_string(graph.channels.size()) +
                              " channels; weights are learnt of " + std::to_string(kMostChannels) +
                              " at most",
                          "name fewer parties: a field such as the motion or the kind of campaign");
    const JourneySolution solution =
        graph.channels.size() <= kDenseChannels ? solve_dense(graph) : solve_sparse(graph);
    const std::vector<bool> leads = lead_to_conversion(graph);
    std::vector<ChannelWeight> weights(graph.channels.size());
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
        if (leads[i])
            weights[i].removal_effect =
                solution.conversion[i] /
                (static_cast<double>(graph.conversions) * solution.diagonal[i]);
        sum += weights[i].removal_effect;
    }
    if (!(sum > 0))
        return make_error("learn.no_channel",
                          "no conversion came over any channel, so that no weight can be learnt");
    for (ChannelWeight& weight : weights)
        weight.omega = weight.removal_effect / sum;
    return weights;
}

} // namespace rulebook::learn
