// Quotes in the braces of a text: there they end the text, or mean nothing.
#pragma once

#include <string_view>

namespace rulec::syntax {

// Whether what stands in braces has a quote of whatever kind.
bool holds_quote(std::string_view inside);

// Whether a text, with its own quotes, ends behind a brace that nothing closes: the quote that ends
// it may be meant to stand in the braces.
bool ends_in_braces(std::string_view text);

} // namespace rulec::syntax
