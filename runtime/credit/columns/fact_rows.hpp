// What deals say to a model, row by row. Internal to this folder.
#pragma once

#include <vector>

#include "runtime/credit/columns/columns.hpp"
#include "runtime/credit/model.hpp"

namespace rulebook::credit::columns {

class FactRows {
public:
    // Of so many milestones at most.
    explicit FactRows(std::size_t milestones)
        : milestones_(milestones), milestone_known_(milestones) {}

    void clear() {
        unassisted_.clear();
        assisted_.clear();
        for (auto& each : milestones_)
            each.clear();
        for (auto& each : milestone_known_)
            each.clear();
    }
    // A deal that says nothing, yet.
    void add() {
        unassisted_.push_back(0);
        assisted_.push_back(0);
        for (auto& each : milestones_)
            each.push_back(0);
        for (auto& each : milestone_known_)
            each.push_back(0);
    }
    // Of the deal that was added last.
    void note(const DealFacts& facts) {
        unassisted_.back() = facts.unassisted.value_or(0);
        assisted_.back() = facts.assisted.value_or(0);
        for (std::size_t i = 0; i < facts.milestones.size(); ++i) {
            milestones_[i].back() = facts.milestones[i].value_or(0);
            milestone_known_[i].back() = facts.milestones[i] ? 1 : 0;
        }
    }

    // Valid until the next change.
    FactColumns columns() {
        milestone_columns_.assign(milestones_.begin(), milestones_.end());
        known_columns_.assign(milestone_known_.begin(), milestone_known_.end());
        return {.unassisted = unassisted_,
                .assisted = assisted_,
                .milestones = milestone_columns_,
                .milestone_known = known_columns_};
    }

private:
    std::vector<std::int64_t> unassisted_, assisted_;
    std::vector<std::vector<std::int64_t>> milestones_;
    std::vector<std::vector<std::uint8_t>> milestone_known_;
    std::vector<std::span<const std::int64_t>> milestone_columns_;
    std::vector<std::span<const std::uint8_t>> known_columns_;
};

} // namespace rulebook::credit::columns
