// Why an expression is not true of an account, and what would make it true: the fewest fields of
// the account with other values, each answer tried out before it is given.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "runtime/explain/explanation.hpp"
#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::explain {

struct FieldChange {
    plan::FieldIndex field = 0; // of the root
    plan::Value from;
    plan::Value to;       // unknown: missing
    bool example = false; // any other value of the kind would do as well
};

struct WhyNot {
    std::string expression;
    std::int64_t instant = 0;
    Truth truth = Truth::False;
    std::string cause; // of an unknown truth
    std::vector<Named> seen{};

    // Sets of fields, all of one size, the fewest that do. Each alone makes the expression true;
    // none but the last field of a set could be left as it is.
    std::vector<std::vector<FieldChange>> changes{};
    std::size_t most_fields = 0; // that were changed at once
    std::size_t tried = 0;       // evaluations
    bool exhausted = true;       // every combination was tried, up to that many fields
    std::size_t fields = 0;      // that the expression reads and that can be changed

    // What does not hold, with what it would need; the deeper ones after the line that reads them.
    std::vector<Line> thresholds{};
    bool reads_collections = false;
    bool reads_firings = false;
};

// Whether the node (a Bool of the root) is true at the instant, and if not, why not. `fired` as the
// evaluation of `T fired` asks for it; it stays as it is whatever is changed. Bounded: at most
// kMostTried evaluations.
WhyNot why_not(interpret::Evaluator& evaluator, plan::NodeId node, interpret::RowIndex root,
               std::int64_t instant, const interpret::FiredLookup* fired);

inline constexpr std::size_t kMostFieldsChanged = 3;
inline constexpr std::size_t kMostTried = 100'000;

// As a dataset would have to have it.
std::vector<interpret::Supposed> supposed(const std::vector<FieldChange>& changes,
                                          std::int64_t instant);

std::string render_text(const plan::Plan& plan, const WhyNot& why_not);

} // namespace rulebook::explain
