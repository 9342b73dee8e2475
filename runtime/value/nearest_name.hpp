// The name that was probably meant.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace rulebook {

// The number of letters to insert, delete, replace or swap with their neighbour, or `limit + 1`
// where it takes more than `limit`. Bytes; case counts not.
std::size_t edit_distance(std::string_view left, std::string_view right, std::size_t limit);

// The nearest candidate within a third of the name's length (at least one edit); of equally near
// ones the first. Also finds the same words in another order or spelling (`createdAt`).
std::optional<std::string> nearest_name(std::string_view name,
                                        std::span<const std::string_view> candidates);
std::optional<std::string> nearest_name(std::string_view name,
                                        std::span<const std::string> candidates);

} // namespace rulebook
