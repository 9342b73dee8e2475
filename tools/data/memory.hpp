// How much memory there is for data.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/value/result.hpp"

namespace rulec::input {

// Bytes that this process may still take: what the system says is available, and what the limits of
// its control groups leave. 0: the system does not say.
std::uint64_t available_memory();

// Bytes that this process holds. 0: the system does not say.
std::uint64_t used_memory();

// Whether what was read so far, `used` bytes, can still be put into its order and evaluated with
// `available` bytes more: a quarter of it, and room for the program itself.
bool memory_suffices(std::uint64_t used, std::uint64_t available);

// Fails with "data.memory" and the figures where it does not, so that the run ends with a reason
// and not by the system's hand.
rulebook::Result<void> check_memory(std::string_view table, std::uint64_t rows);

} // namespace rulec::input
