// What the conditions of a trigger are for its candidates, by compiled code: many at a time.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "runtime/batch/chunk.hpp"
#include "runtime/native/code.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/scan/occurrence.hpp"

namespace rulebook::scan {

// One thread at a time. What it is given outlives it.
class ConditionValues {
public:
    // `code`: as native::TriggerCode has it.
    ConditionValues(const native::Code& code, const interpret::PreparedPlan& expressions,
                    const data::Dataset& dataset);

    // As batch::Chunk has it.
    bool go_over_to(const native::Code& code) { return chunk_.go_over_to(code); }

    void ask(std::span<const Found> candidates);
    // The same of candidates that have an account and an instant each.
    void ask(std::span<const data::RowIndex> accounts, std::span<const std::int64_t> instants);

    // Of a candidate, by its place among those that were asked about last. Nothing where the
    // interpreter has to be asked: no code was compiled for the node, or none for the instant. An
    // unknown is one of any cause.
    std::optional<plan::Value> of(plan::NodeId node, std::size_t candidate) const;

    // Where a node is among those that code was compiled for; and whether it is true of a
    // candidate, for whose instant there is code.
    std::optional<std::size_t> place_of(plan::NodeId node) const;
    bool is_true(std::size_t place, std::size_t candidate) const {
        return truth_[place][candidate] == Truth::True;
    }
    // Of all candidates that were asked about last; nothing where there is no code for the instant
    // of one. Another value stands behind the last.
    const Truth* answers(std::size_t place) const {
        return all_in_time_ ? truth_[place].data() : nullptr;
    }

private:
    std::size_t rows_at_once(std::span<const data::RowIndex> accounts) const;
    void ask_some(std::span<const data::RowIndex> accounts, std::span<const std::int64_t> instants);

    const native::Program& program() const { return chunk_.program(); }

    batch::Chunk chunk_;
    std::vector<data::RowIndex> accounts_;
    std::vector<std::int64_t> instants_;
    std::vector<std::uint8_t> in_time_; // there is code for the candidate's instant
    bool all_in_time_ = false;
    std::vector<std::vector<Truth>> truth_; // as Program::values; by candidate, and one more
};

} // namespace rulebook::scan
