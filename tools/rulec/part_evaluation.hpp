// `rulec run --since OUT` where most records are, byte for byte, those of the earlier run.
#pragma once

#include <memory>

#include "tools/rulec/evaluation.hpp"

namespace rulec::tool {

// Reads the records of some accounts only; what comes out is the same. Null where all have to be
// read. Tells as evaluate() does. Requires request.since, and that it was told of the bytes.
std::unique_ptr<Evaluation> evaluate_part(const rulebook::plan::Plan& plan,
                                          const EvaluationRequest& request, Console& console);

} // namespace rulec::tool
