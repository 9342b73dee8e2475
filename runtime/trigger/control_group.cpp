#include "runtime/trigger/control_group.hpp"

#include "runtime/value/digest.hpp"

namespace rulebook::trigger {

std::uint64_t place_in_group(std::string_view salt, std::string_view root_key) {
    Sha256 hash;
    hash.add(salt).add(std::string_view("\0", 1)).add(root_key);
    return leading_number(hash.finish());
}

bool is_control(const plan::ControlGroup& group, std::string_view root_key) {
    __extension__ using Wide = unsigned __int128;
    constexpr std::uint64_t kWhole = 1'000'000; // a percent is a count of millionths
    const auto share = static_cast<std::uint64_t>(group.share);
    return Wide{place_in_group(group.salt, root_key)} * kWhole < (Wide{share} << 64U);
}

} // namespace rulebook::trigger
