#include "tools/data/literal_pattern.hpp"

namespace rulec::input {

std::string literal_pattern(std::string_view name) {
    std::string pattern;
    for (const char character : name) {
        if (character == '*' || character == '?' || character == '[') {
            pattern.append({'[', character, ']'});
        } else {
            pattern.push_back(character);
        }
    }
    return pattern;
}

} // namespace rulec::input
