// Names of files where patterns may stand.
#pragma once

#include <string>
#include <string_view>

namespace rulec::input {

// The pattern that fits this name only, `a[*]b` for `a*b`: for DuckDB, which takes every name for a
// pattern, and for glob(3) with GLOB_NOESCAPE.
std::string literal_pattern(std::string_view name);

} // namespace rulec::input
