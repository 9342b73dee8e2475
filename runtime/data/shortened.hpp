// Values in messages are cut to what a reader can take in. Internal to this folder.
#pragma once

#include <string>
#include <string_view>

namespace rulebook::data {

// At most 60 bytes and an ellipsis, always valid UTF-8: other bytes become U+FFFD.
std::string shortened(std::string_view text);

} // namespace rulebook::data
