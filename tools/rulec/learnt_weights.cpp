#include "tools/rulec/learnt_weights.hpp"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "runtime/plan/credit.hpp"

namespace rulec::tool {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kSignificantDigits = 17;

Json learnt_json(const LearntWeights& learnt) {
    Json json{{"model", "markov"}, {"order", 1}};
    if (learnt.by) {
        json["rulebook"] = learnt.by->rulebook;
        json["rulebook_version"] = learnt.by->version;
        json["rule"] = learnt.by->rule;
        json["rule_hash"] = learnt.by->rule_hash;
        json["as_of"] = learnt.by->as_of.empty() ? Json() : Json(learnt.by->as_of);
        json["lookback"] = learnt.by->lookback.empty() ? Json() : Json(learnt.by->lookback);
    }
    json[learnt.records ? "data_fingerprint" : "paths_fingerprint"] = learnt.data_fingerprint;
    const auto& graph = learnt.graph;
    json["journeys"] = graph.journeys;
    json["conversions"] = graph.conversions;
    json["nulls"] = graph.journeys - graph.conversions;
    json["without_touches"] = graph.without_channel;
    json["merged_touches"] = graph.merged;
    if (!learnt.records)
        return json;
    const CountedRecords& records = *learnt.records;
    json["accounts"] = records.accounts;
    json["won_deals"] = records.won;
    json["lost_deals"] = records.lost;
    json["accounts_without_closed_deal"] = records.accounts_without_close;
    json["left_out"] = {{"deals_of_unknown_outcome", records.left_out.deals_of_unknown_outcome},
                        {"conversions_without_time", records.left_out.conversions_without_time},
                        {"touches_of_unknown_party", records.left_out.touches_of_unknown_party},
                        {"touches_unknown_among", records.left_out.touches_unknown_among}};
    return json;
}

Json weights_array(const LearntWeights& learnt) {
    Json array = Json::array();
    for (std::size_t i = 0; i < learnt.weights.size(); ++i) {
        const auto& channel = learnt.graph.channels[i];
        array.push_back({{"party", channel.name},
                         {"omega", exact_decimal(learnt.weights[i].omega)},
                         {"removal_effect", exact_decimal(learnt.weights[i].removal_effect)},
                         {"journeys", channel.journeys},
                         {"conversions", channel.conversions}});
    }
    return array;
}

std::string listed(const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> without_conversion(const LearntWeights& learnt) {
    std::vector<std::string> names;
    for (const auto& channel : learnt.graph.channels)
        if (channel.conversions == 0)
            names.push_back(channel.name);
    return names;
}

std::string left_out_text(const rulebook::credit::LeftOut& left_out) {
    std::string text;
    const auto tell = [&](std::uint64_t count, std::string_view what) {
        if (count > 0)
            text += fmt::format("left out: {} {}\n", count, what);
    };
    tell(left_out.deals_of_unknown_outcome,
         "closed deals of which it is unknown whether the rule is for them");
    tell(left_out.conversions_without_time,
         "deals that the rule is for and whose instant is unknown");
    tell(left_out.touches_of_unknown_party, "touches whose party is unknown");
    tell(left_out.touches_unknown_among,
         "touches of which it is unknown whether the rule takes them");
    return text;
}

// Code points, so that columns of names stay straight.
std::size_t width_of(std::string_view name) {
    return static_cast<std::size_t>(std::ranges::count_if(
        name, [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U; }));
}

std::string table_text(const LearntWeights& learnt) {
    std::size_t width = std::string_view("party").size();
    for (const auto& channel : learnt.graph.channels)
        width = std::max(width, width_of(channel.name));
    const auto padded = [&](const std::string& name) {
        return name + std::string(width - width_of(name), ' ');
    };
    std::string text = fmt::format("{}  {:>10}  {:>11}  {:>14}  {:>8}\n", padded("party"),
                                   "journeys", "conversions", "removal effect", "weight");
    for (std::size_t i = 0; i < learnt.weights.size(); ++i) {
        const auto& channel = learnt.graph.channels[i];
        text += fmt::format("{}  {:>10}  {:>11}  {:>14.4f}  {:>7.2f}%\n", padded(channel.name),
                            channel.journeys, channel.conversions, learnt.weights[i].removal_effect,
                            learnt.weights[i].omega * 100);
    }
    return text;
}

} // namespace

std::string exact_decimal(double value) {
    if (!(value > 0))
        return "0";
    const std::string scientific = fmt::format("{:.{}e}", value, kSignificantDigits - 1);
    const int exponent = std::stoi(scientific.substr(scientific.find('e') + 1));
    const int decimals =
        std::clamp(kSignificantDigits - 1 - exponent, 0, int{rulebook::plan::kMostWeightDecimals});
    std::string digits = fmt::format("{:.{}f}", value, decimals);
    if (digits.find('.') == std::string::npos)
        return digits;
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.ends_with('.'))
        digits.pop_back();
    return digits;
}

std::string weights_file(const LearntWeights& learnt) {
    Json json{{"format", "rulebook-credit-weights/1"}};
    if (learnt.by)
        json["version"] = learnt.by->version;
    json["learnt"] = learnt_json(learnt);
    json["weights"] = weights_array(learnt);
    return json.dump(2) + "\n";
}

std::string weights_text(const LearntWeights& learnt) {
    std::string text;
    if (learnt.by)
        text +=
            fmt::format("{} {}, {}{}{}\n", learnt.by->rulebook, learnt.by->version, learnt.by->rule,
                        learnt.by->as_of.empty() ? "" : " as of " + learnt.by->as_of,
                        learnt.by->lookback.empty() ? "" : ", lookback " + learnt.by->lookback);
    const auto& graph = learnt.graph;
    text += fmt::format("journeys: {} = {} conversions + {} nulls", graph.journeys,
                        graph.conversions, graph.journeys - graph.conversions);
    if (learnt.records)
        text += fmt::format(" ({} won deals, {} lost deals, {} of {} accounts without closed deal)",
                            learnt.records->won, learnt.records->lost,
                            learnt.records->accounts_without_close, learnt.records->accounts);
    text += '\n';
    if (graph.without_channel > 0)
        text += fmt::format("without touches: {} of them\n", graph.without_channel);
    if (graph.merged > 0)
        text +=
            fmt::format("merged: {} touches of the party of the touch before them\n", graph.merged);
    if (learnt.records)
        text += left_out_text(learnt.records->left_out);
    text += '\n' + table_text(learnt);
    if (const auto names = without_conversion(learnt); !names.empty())
        text += fmt::format("in no conversion: {}\n", listed(names));
    if (!learnt.unseen.empty())
        text += fmt::format("in no journey, so without weight: {}\n", listed(learnt.unseen));
    return text;
}

std::string weights_json(const LearntWeights& learnt, const std::string& file) {
    Json json{{"file", file}, {"learnt", learnt_json(learnt)}, {"weights", weights_array(learnt)}};
    json["in_no_conversion"] = without_conversion(learnt);
    json["in_no_journey"] = learnt.unseen;
    return json.dump(2) + "\n";
}

} // namespace rulec::tool
