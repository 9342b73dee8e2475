// Whether the corpus shows every diagnostic.
#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diagnostics/code.hpp"

namespace rulebook::corpus {

// `exempt_codes.txt`: one `RB9001 reason` per line; `#` begins a comment.
std::map<std::string, std::string> read_exemptions(std::string_view text);

// For people, empty if all is well: codes that no case states and that are not exempt; exemptions
// without a reason, for a code that a case states, or for none of `codes`.
std::vector<std::string> coverage_faults(std::span<const rulec::CodeInfo> codes,
                                         const std::set<std::string>& stated,
                                         const std::map<std::string, std::string>& exempt);

} // namespace rulebook::corpus
