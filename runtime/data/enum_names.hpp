// The names of an enum's values, to be found by what stands in the data. Internal to this folder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rulebook::data {

// Immutable. The names outlive it; they are distinct.
class EnumNames {
public:
    EnumNames() = default;
    explicit EnumNames(std::span<const std::string> names);

    // The place of the name among them.
    std::optional<std::int64_t> find(std::string_view name) const;

private:
    std::span<const std::string> names_;
    std::vector<std::uint32_t> slots_; // open addressing: places, from 1; 0: free
};

} // namespace rulebook::data
