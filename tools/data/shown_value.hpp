// Bytes of the input in a message or the rejects file. Internal to this folder.
#pragma once

#include <string>
#include <string_view>

namespace rulec::input {

// Valid UTF-8 without NUL, not longer than needed.
std::string shown_value(std::string_view bytes);

} // namespace rulec::input
