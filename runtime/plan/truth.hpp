#pragma once

#include <cstdint>
#include <string_view>

namespace rulebook::plan {

// What a condition comes to.
enum class Truth : std::uint8_t { False, True, Unknown };

constexpr std::string_view spelling(Truth truth) {
    switch (truth) {
    case Truth::False:
        return "false";
    case Truth::True:
        return "true";
    case Truth::Unknown:
        return "unknown";
    }
    return "?";
}

} // namespace rulebook::plan
