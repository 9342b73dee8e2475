// The conditions of a table's cells as tests of one value: the subject that is compared with
// constants. Internal to this folder.
#pragma once

#include <optional>
#include <vector>

#include "runtime/plan/plan.hpp"

namespace rulebook::native {

// What the condition compares with constants. Where it does something else, it is a truth that the
// condition is about itself. A text is a subject only as it stands in a field of the root record.
plan::NodeId subject_of(const plan::Plan& plan, plan::NodeId condition);

// The known constants that the condition compares its subject with, lists' members included.
std::vector<plan::Value> constants_of(const plan::Plan& plan, plan::NodeId condition);

// Whether the condition is true where its subject has the value. Requires subject ==
// subject_of(condition).
bool is_true_at(const plan::Plan& plan, plan::NodeId condition, plan::NodeId subject,
                const plan::Value& value);

} // namespace rulebook::native
