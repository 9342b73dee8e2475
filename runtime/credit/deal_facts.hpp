// What a deal says to the models of its rule: conditions, milestones, rates. Internal to this
// folder.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "runtime/credit/considered_touches.hpp"
#include "runtime/credit/record_values.hpp"

namespace rulebook::credit {

// Expressions about a deal, at an instant. Refers to the row.
class DealExpressions {
public:
    DealExpressions(const DealRow& row, std::int64_t instant);
    DealExpressions(const DealExpressions&) = delete;
    DealExpressions& operator=(const DealExpressions&) = delete;

    void take(std::span<const interpret::RowIndex> touches) { context_.touches = touches; }
    // What compiled code gave for the deal at the instant is not asked again; may be null.
    void take(const RecordValues* compiled) { compiled_ = compiled; }
    void credit(const interpret::CreditedLookup& credited) { context_.credited = &credited; }

    plan::Value value(plan::NodeId node) const;
    plan::Value condition(plan::NodeId node) const; // true where there is none

private:
    const DealRow& row_;
    const RecordValues* compiled_ = nullptr;
    std::array<interpret::Record, 2> frames_;
    interpret::RowContext context_;
};

// What facts_of asks; some may be kNoNode.
void append_facts(const plan::Split& split, std::vector<plan::NodeId>& nodes);

// `then`: the deal at its instant, `at`.
DealFacts facts_of(const plan::Split& split, const DealExpressions& then, std::int64_t at);

} // namespace rulebook::credit
