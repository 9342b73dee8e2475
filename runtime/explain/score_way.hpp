// Which way the score of a fit would have to go for a comparison to come out otherwise. Internal
// to this folder.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/interpret/evaluator.hpp"

namespace rulebook::explain {

struct ScoreWay {
    bool up = false;
    bool down = false;
    bool out = false;                 // if the fit were out
    std::vector<std::size_t> tiers{}; // that would do, in Fit::tiers
};

// `read` is the node that reads the fit's score or tier; `score`: what the clauses give, whether it
// is out or not. Where the comparison is not with the score or tier itself: either way.
ScoreWay score_way(interpret::Evaluator& evaluator, const interpret::RowContext& row,
                   const plan::Fit& fit, std::int64_t score, plan::NodeId read,
                   const plan::Node& comparison, bool wanted);

// The tier that the score reaches, in Fit::tiers; as many as there are: none.
std::size_t tier_reached(const plan::Fit& fit, std::int64_t score);

} // namespace rulebook::explain
