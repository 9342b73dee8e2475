// Words of a command that somebody may copy into a shell.
#pragma once

#include <string>
#include <string_view>

namespace rulec {

// As a POSIX shell reads it as this one word: in quotes where it needs them.
std::string shell_word(std::string_view text);

} // namespace rulec
