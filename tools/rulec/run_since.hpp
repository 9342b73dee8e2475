// `rulec run --since OUT`: from the flags to what is taken over.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"
#include "tools/incremental/since.hpp"
#include "tools/output/table_file.hpp"
#include "tools/rulec/console.hpp"

namespace rulec::tool {

// Fails with run.since: what the flag cannot go with.
rulebook::Result<void> check_since(output::FileFormat format, std::size_t instants);

// `folder`: what the flag says; empty: nothing is taken over. The plan outlives it.
std::optional<incremental::Since> since_of(const std::string& folder,
                                           const rulebook::plan::Plan& plan,
                                           const std::vector<std::string>& only,
                                           output::FileFormat format);

// After the evaluation: how much was taken over, or why nothing.
void tell_of_since(const incremental::Since& since, const std::string& folder, Console& console);

} // namespace rulec::tool
