// Plans as bytes and back. A file is: the magic "RULEBOOK", a format version (one byte), the
// SHA-256 of the rest (32 bytes), the rest: the plan in CBOR.
#pragma once

#include <string>
#include <string_view>

#include "runtime/plan/plan.hpp"
#include "runtime/value/result.hpp"

namespace rulebook::plan {

inline constexpr std::string_view kMagic = "RULEBOOK";
inline constexpr unsigned char kFormatVersion = 3;

// Equal plans give equal bytes.
std::string serialize(const Plan& plan);

// Refuses what is not a plan, is damaged, was written by another format version, or would lead
// evaluation astray. `name` is what the bytes are called in messages, usually a path.
Result<Plan> deserialize(std::string_view bytes, std::string_view name);

} // namespace rulebook::plan
