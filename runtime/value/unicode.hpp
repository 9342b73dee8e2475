// Facts about code points, of one pinned version of Unicode: the same wherever the runtime is
// built.
#pragma once

#include <string_view>

namespace rulebook {

// "15.0.0"
std::string_view unicode_version();

// Simple case folding (CaseFolding.txt, status C and S): one code point to one.
char32_t fold_case(char32_t code_point);
// The simple lower-case mapping (UnicodeData.txt).
char32_t lower_case(char32_t code_point);
// Whether words are made of it: letters, marks and numbers (general category L, M, N).
bool is_word_character(char32_t code_point);

} // namespace rulebook
