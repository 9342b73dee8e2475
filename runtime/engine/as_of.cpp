#include <algorithm>

#include "runtime/engine/run.hpp"

namespace rulebook::engine {

namespace {

bool is_bounded(const plan::Effective& effective) {
    return effective.from || effective.until;
}

// Whether results depend on the instant even where no record bears a time. (Windows, histories and
// `known from` do so only through such records.)
bool reads_time(const plan::Plan& plan) {
    const auto node_reads = [](const plan::Node& node) {
        return node.op == plan::Op::EvaluationInstant || node.op == plan::Op::AsOfAgo ||
               node.op == plan::Op::Change || node.op == plan::Op::ChangeNumber;
    };
    const auto bounded = [](const auto& rule) { return is_bounded(rule.effective); };
    return std::ranges::any_of(plan.nodes, node_reads) || std::ranges::any_of(plan.fits, bounded) ||
           std::ranges::any_of(plan.decisions, bounded) ||
           std::ranges::any_of(plan.tables, bounded) ||
           std::ranges::any_of(plan.triggers, bounded) ||
           std::ranges::any_of(plan.credits, bounded);
}

} // namespace

Result<std::optional<std::int64_t>> as_of_for(const plan::Plan& plan, const data::Dataset& dataset,
                                              std::optional<std::int64_t> wanted) {
    const auto instant = wanted ? wanted : dataset.latest();
    if (!instant && reads_time(plan))
        return make_error("run.as_of", "a rule reads time, and no record of the data bears one",
                          "say for which instant the rules are to be evaluated");
    return instant;
}

} // namespace rulebook::engine
