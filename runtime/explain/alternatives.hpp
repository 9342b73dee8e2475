// Which values of the account's fields could make an expression come out otherwise: those that the
// rules behind it compare the fields with, and the ones just beside them.
#pragma once

#include <cstddef>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/plan.hpp"

namespace rulebook::explain {

struct Alternative {
    plan::Value value;    // unknown: missing
    bool example = false; // any other value of the kind would do as well
};

// A field of the root that the expression reads, and values other than its own: the nearest first,
// then those without a distance, `missing` last. All of them are values that the data could have.
struct Changeable {
    plan::FieldIndex field = 0;
    plan::Value now;
    std::vector<Alternative> alternatives;
    bool all = true; // false: there were more than kMostAlternatives
};

inline constexpr std::size_t kMostAlternatives = 48;

// Through fits, decisions, tables and what is asked of collections; ascending by field. Left out:
// keys, and fields that are not known yet at the row's instant.
std::vector<Changeable> changeable_fields(interpret::Evaluator& evaluator, plan::NodeId node,
                                          const interpret::RowContext& row);

} // namespace rulebook::explain
