// How much memory there is for data.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>

#include "runtime/value/result.hpp"

namespace rulec::input {

// Bytes that this process may still take: what the system says is available, and what the limits of
// its control groups leave. 0: the system does not say.
std::uint64_t available_memory();

} // namespace rulec::input
