// The header that comes with the native code of a rulebook.
#pragma once

#include <string>
#include <string_view>

#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// In C11 (and C++): how the code is found, what the caller may do with it, the numbers of enums'
// values, and the fields of each record in their order. `symbol`: of the rulebook_code.
std::string c_header(const rulebook::plan::Plan& plan, const std::string& symbol);

// runtime/native/rulebook_code.h
std::string_view code_header_text();

} // namespace rulec::tool
