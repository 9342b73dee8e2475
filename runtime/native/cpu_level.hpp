// The processors that code is made for ahead of time, by the levels that their makers agreed on.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace rulebook::native {

enum class CpuLevel : std::uint8_t {
#define RB_CPU_LEVEL(Name, id, spelling) Name = (id),
#include "runtime/native/cpu_levels.def"
};

std::span<const CpuLevel> cpu_levels(); // ascending

std::string_view spelling(CpuLevel level);
std::optional<CpuLevel> cpu_level_named(std::string_view name);
std::optional<CpuLevel> cpu_level_from_id(std::uint32_t id);

// Whether this machine can run code of the level; the highest that it can (the lowest of all, if it
// can run none).
bool runs_here(CpuLevel level);
CpuLevel cpu_level_of_this_machine();

} // namespace rulebook::native
