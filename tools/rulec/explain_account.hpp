// Everything that the rules of one account give, ready to be explained.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/data/dataset.hpp"
#include "runtime/explain/explanation.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"
#include "tools/rulec/explained_subject.hpp"

namespace rulec::tool {

// Fails as preparing the plan does (plan.*, credit.*).
rulebook::Result<std::vector<rulebook::explain::Explanation>>
explain_account(const rulebook::plan::Plan& plan, const rulebook::data::Dataset& dataset,
                const Subject& subject, std::int64_t as_of);

} // namespace rulec::tool
