// Whether bytes may be read as rule text at all, before anything looks at their meaning.
#pragma once

#include "compiler/diagnostics/diagnostic.hpp"

namespace rulec::syntax {

inline constexpr std::size_t kMaximumFileSize = 16U << 20;

// Reports a file that is too large, not UTF-8, or holds control characters, among them those that
// make text look different from what it says. True if the scanner may read it; control characters
// alone are reported and do not stop it.
bool check_text(FileId file, std::string_view text, Diagnostics& diagnostics);

// Characters that check_text reports: controls other than tab and line breaks, and those that
// reorder what is shown.
bool refused_character(std::uint32_t code_point);

// Byte order mark at the very beginning: 3 or 0 bytes.
std::size_t byte_order_mark(std::string_view text);

} // namespace rulec::syntax
