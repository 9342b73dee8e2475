#include "tools/rulec/check_weights.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "compiler/diagnostics/shell_word.hpp"
#include "runtime/engine/journeys.hpp"
#include "tools/rulec/missing_weights.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Plan;

// Parties that the file weighs in this version of the rule, by name; nothing where it does not read
// the file.
std::optional<std::set<std::string>>
weighed_parties(const Plan& plan, const rulebook::plan::Credit& credit, const std::string& path) {
    const auto split = std::ranges::find_if(credit.splits, [&](const auto& each) {
        return each.model == rulebook::plan::SplitModel::Markov && each.file == path;
    });
    if (split == credit.splits.end())
        return std::nullopt;
    std::set<std::string> names;
    for (const auto& weight : split->weights)
        names.insert(rulebook::credit::party_of(plan, credit, weight.key).name);
    return names;
}

std::string quoted_list(const std::vector<std::string>& names) {
    std::string text;
    for (std::size_t i = 0; i < names.size(); ++i)
        text += fmt::format("{}`{}`",
                            i == 0                  ? ""
                            : i + 1 == names.size() ? " and "
                                                    : ", ",
                            names[i]);
    return text;
}

} // namespace

std::optional<ExitCode> check_weights_against_data(const Compilation& made, const Sources& sources,
                                                   const DataFlags& flags, Diagnostics& diagnostics,
                                                   Console& console) {
    const Plan& plan = *made.plan;
    const auto as_of = as_of_flag(plan, flags);
    if (!as_of)
        return console.unusable(as_of.error().message, as_of.error().help);
    const auto data = load_data(plan, flags, console);
    if (!data)
        return data.error();
    for (const model::LearntWeights& weights : made.model.learnt_weights) {
        const auto rule = std::ranges::find(plan.rules, weights.rule, &rulebook::plan::Rule::name);
        const auto counted = rulebook::engine::count_journeys(
            plan, data->dataset, static_cast<std::uint32_t>(rule - plan.rules.begin()),
            {.as_of = *as_of, .threads = 1, .progress = {}});
        if (!counted)
            return console.unusable(counted.error().message, counted.error().help);
        const auto weighed = weighed_parties(plan, plan.credits[counted->version], weights.path);
        std::vector<std::string> lacking;
        for (const auto& channel : counted->graph.channels)
            if (weighed && !weighed->contains(channel.name))
                lacking.push_back(channel.name);
        if (!lacking.empty())
            diagnostics.emit<RB4018>(weights.span, weights.path, quoted_list(lacking),
                                     shell_word(sources.folder()), data_words(flags), weights.rule,
                                     shell_word(sources.path_in_folder(weights.path)));
    }
    return std::nullopt;
}

} // namespace rulec::tool
