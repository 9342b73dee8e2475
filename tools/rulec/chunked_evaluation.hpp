// The rules over data that are in the order of accounts, some accounts at a time. Internal to
// evaluation.
#pragma once

#include <cstddef>
#include <memory>

#include "tools/rulec/evaluation.hpp"

namespace rulec::tool {

// As the caller says; where they say nothing: 0, all at once, unless the files are so large that
// all of them would take more than half of the memory that is left.
std::size_t accounts_at_a_time(const EvaluationRequest& request);

// Null where the data cannot be read so, which is told on the console.
tl::expected<std::unique_ptr<Evaluation>, ExitCode>
evaluate_in_chunks(const rulebook::plan::Plan& plan, const EvaluationRequest& request,
                   std::size_t accounts, Console& console);

} // namespace rulec::tool
