#include "runtime/native/cpu_level.hpp"

#include <algorithm>

namespace rulebook::native {

std::span<const CpuLevel> cpu_levels() {
    static constexpr CpuLevel kLevels[] = {
#define RB_CPU_LEVEL(Name, id, spelling) CpuLevel::Name,
#include "runtime/native/cpu_levels.def"
    };
    return kLevels;
}

std::string_view spelling(CpuLevel level) {
    switch (level) {
#define RB_CPU_LEVEL(Name, id, spelling)                                                           \
    case CpuLevel::Name:                                                                           \
        return spelling;
#include "runtime/native/cpu_levels.def"
    }
    return {};
}

std::optional<CpuLevel> cpu_level_named(std::string_view name) {
    const auto levels = cpu_levels();
    const auto found =
        std::ranges::find(levels, name, [](CpuLevel level) { return spelling(level); });
    return found == levels.end() ? std::nullopt : std::optional(*found);
}

std::optional<CpuLevel> cpu_level_from_id(std::uint32_t id) {
    const auto levels = cpu_levels();
    const auto found = std::ranges::find(
        levels, id, [](CpuLevel level) { return static_cast<std::uint32_t>(level); });
    return found == levels.end() ? std::nullopt : std::optional(*found);
}

bool runs_here(CpuLevel level) {
    switch (level) {
#if defined(__x86_64__)
    case CpuLevel::V2:
        return __builtin_cpu_supports("x86-64-v2") != 0;
    case CpuLevel::V3:
        return __builtin_cpu_supports("x86-64-v3") != 0;
    case CpuLevel::V4:
        return __builtin_cpu_supports("x86-64-v4") != 0;
#else
    case CpuLevel::Generic:
        return true;
#endif
    }
    return false;
}

CpuLevel cpu_level_of_this_machine() {
    CpuLevel highest = cpu_levels().front();
    for (const CpuLevel level : cpu_levels())
        if (runs_here(level))
            highest = level;
    return highest;
}

} // namespace rulebook::native
