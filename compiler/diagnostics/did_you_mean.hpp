// Help with the name that was probably meant; see runtime/value/nearest_name.hpp.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.hpp"

namespace rulec {

// The one candidate that is a single edit away, where there is no second one: certain enough to be
// put in unasked. Names of one or two letters are never certain.
std::optional<std::string> surely_meant(std::string_view name,
                                        std::span<const std::string> candidates);

// Adds the help "did you mean …", and a fix at `place` where that is certain; false, and nothing
// added, where no candidate is near.
bool suggest(Diagnostic& diagnostic, Span place, std::string_view name,
             std::span<const std::string> candidates);

} // namespace rulec
