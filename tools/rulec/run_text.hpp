// What a run says of itself for one instant: printed at its end, and written beside its results.
#pragma once

#include <string>

#include <nlohmann/json_fwd.hpp>

#include "tools/rulec/evaluation.hpp"

namespace rulec::tool {

// The counts of records are the same at all instants of a series, those of accounts aside.
enum class CountsOf : std::uint8_t { AllRecords, Accounts };

std::string run_text(const rulebook::plan::Plan& plan, const Evaluation& evaluation,
                     const EvaluationRequest& request, std::size_t instant, CountsOf counts);

nlohmann::ordered_json run_summary_json(const rulebook::plan::Plan& plan,
                                        const Evaluation& evaluation, std::size_t instant);

} // namespace rulec::tool
