// The times that data say of an account.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/data/dataset.hpp"

namespace rulec::incremental {

// The least instant, of any field of the account's records and their histories, that is not before
// `instant`. A date is taken for the earliest that it can be, in any zone.
std::optional<std::int64_t> next_time(const rulebook::data::Dataset& dataset,
                                      rulebook::data::RowIndex account, std::int64_t instant);

} // namespace rulec::incremental
