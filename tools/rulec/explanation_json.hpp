// Explanations for programs.
#pragma once

#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "runtime/explain/explanation.hpp"
#include "runtime/explain/why_not.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// `account`: the key of the record that they are about.
nlohmann::ordered_json
explanations_json(const std::string& account,
                  const std::vector<rulebook::explain::Explanation>& explanations);

nlohmann::ordered_json why_not_json(const rulebook::plan::Plan& plan, const std::string& account,
                                    const rulebook::explain::WhyNot& found);

} // namespace rulec::tool
