// The text functions of the language (section 4). Texts are UTF-8; a byte that is not well-formed
// stands for itself and is no part of a word. `ignoring case` means equal after simple case folding
// of the pinned Unicode version. Pure; cost is linear in the text unless said.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rulebook {

// In code points.
std::int64_t length(std::string_view text);
// Without white space (the Unicode property) at both ends. A view into the argument.
std::string_view trim(std::string_view text);
// By the simple lower-case mapping.
std::string lower(std::string_view text);
// The form that is compared where case is ignored.
std::string fold(std::string_view text);

bool contains_ignoring_case(std::string_view text, std::string_view part);
bool starts_with_ignoring_case(std::string_view text, std::string_view start);
bool ends_with_ignoring_case(std::string_view text, std::string_view end);

// Whether the word (it may be several) occurs so that neither end cuts a run of word characters:
// "vp" in "VP, Sales" but not in "mvp". An empty word is in no text.
bool has_word_ignoring_case(std::string_view text, std::string_view word);

// `like "Head of *"`: each * stands for any characters, none too; the rest for itself, ignoring
// case. Made once per pattern; matching folds the text, then is linear in it per piece.
class LikePattern {
public:
    explicit LikePattern(std::string_view pattern);

    bool matches(std::string_view text) const;
    // The same for a text that is folded already.
    bool matches_folded(std::string_view folded) const;

private:
    std::vector<std::string> pieces_; // folded; what stands between the stars, at least one
};

// What follows the last @ of a mail address, trimmed, in lower case. Nothing where there is no @,
// or nothing before or after it.
std::optional<std::string> domain(std::string_view email);

} // namespace rulebook
