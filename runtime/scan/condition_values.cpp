#include "runtime/scan/condition_values.hpp"

#include <algorithm>

namespace rulebook::scan {

namespace {

constexpr std::uint8_t kFalse = 0;
constexpr std::uint8_t kTrue = 1;
constexpr std::uint8_t kUnknown = 2;

} // namespace

ConditionValues::ConditionValues(const native::Code& code,
                                 const interpret::PreparedPlan& expressions,
                                 const data::Dataset& dataset)
    : chunk_(code, expressions, dataset), truth_(code.program.values.size()) {}

void ConditionValues::ask(std::span<const Found> candidates) {
    in_time_.clear();
    for (const Found& found : candidates)
        in_time_.push_back(program().instants.contains(found.instant) ? 1 : 0);
    for (auto& truth : truth_)
        truth.clear();
    for (std::size_t first = 0; first < candidates.size();) {
        const std::size_t count = rows_at_once(candidates.subspan(first));
        ask_some(candidates.subspan(first, count));
        first += count;
    }
}

// At least one; no more than what they bring along has room for.
std::size_t ConditionValues::rows_at_once(std::span<const Found> candidates) const {
    constexpr std::size_t kMostElements = 1U << 18U;
    std::size_t elements = 0;
    std::size_t count = 0;
    while (count < std::min(batch::Chunk::kManyRows, candidates.size())) {
        elements += chunk_.elements_brought(candidates[count].account);
        if (count > 0 && elements > kMostElements)
            break;
        ++count;
    }
    return count;
}

void ConditionValues::ask_some(std::span<const Found> candidates) {
    accounts_.clear();
    instants_.clear();
    for (const Found& found : candidates) {
        accounts_.push_back(found.account);
        instants_.push_back(found.instant);
    }
    chunk_.evaluate(accounts_, instants_);
    for (std::size_t i = 0; i < truth_.size(); ++i) {
        const native::ArrayIndex array = program().values[i].array;
        const auto* const values = chunk_.values<std::uint8_t>(array);
        for (std::size_t row = 0; row < candidates.size(); ++row)
            truth_[i].push_back(chunk_.known(array, row) ? (values[row] != 0 ? kTrue : kFalse)
                                                         : kUnknown);
    }
}

std::optional<plan::Value> ConditionValues::of(plan::NodeId node, std::size_t candidate) const {
    const auto& values = program().values;
    const auto found = std::ranges::find(values, node, &native::NodeArray::node);
    if (found == values.end() || in_time_[candidate] == 0)
        return std::nullopt;
    const std::uint8_t truth = truth_[static_cast<std::size_t>(found - values.begin())][candidate];
    return truth == kUnknown ? plan::Value() : plan::Value::of(truth == kTrue);
}

} // namespace rulebook::scan
