// What triggers and policies both say: limits, control groups, what stops a firing. Internal to
// this folder.
#pragma once

#include <optional>
#include <string_view>

#include "compiler/model/checker.hpp"

namespace rulec::model {

// `at most N per D`; nothing after a report.
std::optional<rulebook::plan::AtMost> limit_of(Context& context, const ast::File& file,
                                               const ast::Frequency& node);

// `control group 10%` with its salt: what is written, else the name of the trigger or policy.
std::optional<rulebook::plan::ControlGroup>
control_group(Context& context, const ast::File& file, const std::optional<ast::ControlGroup>& node,
              const std::optional<ast::Text>& salt, std::string_view name);

// `unless P because "…"`, `suppress when P because "…"`
rulebook::plan::Stopper stopper(Context& context, Checker& checker, const ast::Condition& node);

} // namespace rulec::model
