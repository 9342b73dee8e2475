#include "runtime/scan/condition_values.hpp"

#include <algorithm>

namespace rulebook::scan {

ConditionValues::ConditionValues(const native::Code& code,
                                 const interpret::PreparedPlan& expressions,
                                 const data::Dataset& dataset)
    : chunk_(code, expressions, dataset), truth_(code.program.values.size()) {}

void ConditionValues::ask(std::span<const Found> candidates) {
    accounts_.clear();
    instants_.clear();
    for (const Found& found : candidates) {
        accounts_.push_back(found.account);
        instants_.push_back(found.instant);
    }
    ask(accounts_, instants_);
}

void ConditionValues::ask(std::span<const data::RowIndex> accounts,
                          std::span<const std::int64_t> instants) {
    in_time_.resize(instants.size());
    all_in_time_ = true;
    for (std::size_t i = 0; i < instants.size(); ++i) {
        in_time_[i] = program().instants.contains(instants[i]) ? 1 : 0;
        all_in_time_ = all_in_time_ && in_time_[i] != 0;
    }
    for (auto& truth : truth_)
        truth.clear();
    for (std::size_t first = 0; first < accounts.size();) {
        const std::size_t count = rows_at_once(accounts.subspan(first));
        ask_some(accounts.subspan(first, count), instants.subspan(first, count));
        first += count;
    }
    for (auto& truth : truth_)
        truth.push_back(Truth::Unknown);
}

// At least one; no more than what they bring along has room for.
std::size_t ConditionValues::rows_at_once(std::span<const data::RowIndex> accounts) const {
    constexpr std::size_t kMostElements = 1U << 18U;
    std::size_t elements = 0;
    std::size_t of_account = 0;
    std::size_t count = 0;
    while (count < std::min(batch::Chunk::kManyRows, accounts.size())) {
        if (count == 0 || accounts[count] != accounts[count - 1])
            of_account = chunk_.elements_brought(accounts[count]);
        elements += of_account;
        if (count > 0 && elements > kMostElements)
            break;
        ++count;
    }
    return count;
}

void ConditionValues::ask_some(std::span<const data::RowIndex> accounts,
                               std::span<const std::int64_t> instants) {
    chunk_.evaluate(accounts, instants);
    for (std::size_t i = 0; i < truth_.size(); ++i) {
        const native::ArrayIndex array = program().values[i].array;
        const auto* const values = chunk_.values<std::uint8_t>(array);
        const std::uint8_t* const known = chunk_.known_values(array);
        const std::size_t first = truth_[i].size();
        truth_[i].resize(first + accounts.size());
        for (std::size_t row = 0; row < accounts.size(); ++row)
            truth_[i][first + row] = known[row] == 0    ? Truth::Unknown
                                     : values[row] != 0 ? Truth::True
                                                        : Truth::False;
    }
}

std::optional<std::size_t> ConditionValues::place_of(plan::NodeId node) const {
    const auto& values = program().values;
    const auto found = std::ranges::find(values, node, &native::NodeArray::node);
    return found == values.end() ? std::nullopt
                                 : std::optional(static_cast<std::size_t>(found - values.begin()));
}

std::optional<plan::Value> ConditionValues::of(plan::NodeId node, std::size_t candidate) const {
    const auto place = place_of(node);
    if (!place || in_time_[candidate] == 0)
        return std::nullopt;
    const Truth truth = truth_[*place][candidate];
    return truth == Truth::Unknown ? plan::Value() : plan::Value::of(truth == Truth::True);
}

} // namespace rulebook::scan
