// data.toml.
#include <cstdint>
#include <string_view>

#include "tools/data/data_map.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    (void)rulec::input::parse_data_map({reinterpret_cast<const char*>(bytes), size}, "data.toml");
    return 0;
}
