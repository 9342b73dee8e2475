// What a program of a file is for.
#pragma once

#include <cstdint>
#include <optional>

namespace rulebook::native {

enum class ProgramUse : std::uint32_t {
#define RB_PROGRAM_USE(Name, id, description) Name = (id),
#include "runtime/native/program_uses.def"
};

inline std::optional<ProgramUse> program_use_from_id(std::uint32_t id) {
    switch (id) {
#define RB_PROGRAM_USE(Name, number, description) case number:
#include "runtime/native/program_uses.def"
        return static_cast<ProgramUse>(id);
    default:
        return std::nullopt;
    }
}

// The use, and of what: see program_uses.def.
struct ProgramPurpose {
    ProgramUse use = ProgramUse::Rules;
    std::uint32_t subject = 0;

    friend bool operator==(const ProgramPurpose&, const ProgramPurpose&) = default;
};

} // namespace rulebook::native
