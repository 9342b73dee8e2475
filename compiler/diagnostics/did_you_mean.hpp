// The name that was probably meant.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "compiler/diagnostics/diagnostic.hpp"

namespace rulec {

// The number of letters to insert, delete, replace or swap with their neighbour, or `limit + 1`
// where it takes more than `limit`. Bytes; case counts not.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

// The nearest candidate within a third of the name's length (at least one edit); of equally near
// ones the first. Also finds the same words in another order or spelling (`createdAt`).
std::optional<std::string> did_you_mean(std::string_view name,
                                        std::span<const std::string_view> candidates);
std::optional<std::string> did_you_mean(std::string_view name,
                                        std::span<const std::string> candidates);

// The one candidate that is a single edit away, where there is no second one: certain enough to be
// put in unasked. Names of one or two letters are never certain.
std::optional<std::string> surely_meant(std::string_view name,
                                        std::span<const std::string> candidates);

// Adds the help "did you mean …", and a fix at `place` where that is certain; false, and nothing
// added, where no candidate is near.
bool suggest(Diagnostic& diagnostic, Span place, std::string_view name,
             std::span<const std::string> candidates);

} // namespace rulec
