// Who belongs to a control group: the same accounts in every run, everywhere.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/plan/triggers.hpp"

namespace rulebook::trigger {

// The first 8 bytes, big-endian, of SHA-256(salt, byte 0, root key).
std::uint64_t place_in_group(std::string_view salt, std::string_view root_key);

// place < share × 2^64.
bool is_control(const plan::ControlGroup& group, std::string_view root_key);

} // namespace rulebook::trigger
