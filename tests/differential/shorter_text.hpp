// Texts of rules with something left out, for whoever tries whether they are still sound.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rulebook::differential {

// What begins at the beginning of a line, up to the next such thing.
std::vector<std::string> declarations(std::string_view text);

// The text without each of its lines that begin with a space, one at a time.
std::vector<std::string> without_a_line(std::string_view text);

// One `( … )` is replaced by one of its operands, by a call's argument, or by a literal.
std::vector<std::string> with_simpler_expressions(std::string_view text);

} // namespace rulebook::differential
