// What a firing is known by, whoever finds it and however often: in batch, in a stream, in re-runs.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "runtime/data/dataset.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/trigger/candidate.hpp"
#include "runtime/value/digest.hpp"

namespace rulebook::trigger {

using FiringIdentity = std::array<std::uint8_t, 16>;

// The first 16 bytes of SHA-256 over "firing/1", the trigger's name, the root's key, the occasion
// in small letters, the instant in microseconds, and the identities of the completing event and of
// its parents below the root. Texts are preceded by their length.
FiringIdentity firing_identity(std::string_view trigger, std::string_view root_key,
                               Occasion occasion, std::int64_t instant,
                               std::span<const Digest> completing);

// Of a candidate found in a data set.
FiringIdentity firing_identity(const plan::Plan& plan, const data::Dataset& dataset,
                               interpret::RowIndex root, const Candidate& candidate);

// 32 digits in lower case.
std::string hexadecimal(const FiringIdentity& identity);

} // namespace rulebook::trigger
