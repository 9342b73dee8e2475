// Rule text as people quote it.
#pragma once

#include <string>
#include <string_view>

namespace rulec {

// The text without comments and with one blank where there was white space; what stands in quotes
// is left as written. Cut with `…` at the first blank behind `longest` bytes.
std::string one_line(std::string_view text, std::size_t longest = std::string_view::npos);

} // namespace rulec
