// The values of literals, from their spelling. Spans are those of the literals; what is wrong is
// reported there.
#pragma once

#include <optional>

#include "compiler/diagnostics/diagnostic.hpp"
#include "compiler/syntax/expression.hpp"

namespace rulec::syntax {

// "1_000" → "1000"
std::string without_separators(std::string_view digits);

// Erroneous where the number is beyond 64 bits.
ast::ExpressionNode int_literal(Span span, std::string_view word, Diagnostics& diagnostics);
// `$1M`: the marker is everything before the digits. With `marker` the word is digits and scale.
ast::MoneyLiteral money_literal(std::string_view word, std::string_view marker = {});
// Erroneous where the date does not exist.
ast::ExpressionNode date_literal(Span span, std::string_view word, Diagnostics& diagnostics);
ast::ExpressionNode time_literal(Span span, std::string_view word, Diagnostics& diagnostics);
// The content of a text with its quotes, escapes resolved. A text that the scanner reported gives
// what it holds.
std::string text_content(Span span, std::string_view word, Diagnostics& diagnostics);
// What `body`, a part of a text without the quotes, stands for; its first byte is at `begin`.
std::string unescaped(FileId file, std::uint32_t begin, std::string_view body,
                      Diagnostics& diagnostics);
// Minutes since midnight of `9:30`, up to 24:00.
std::optional<std::uint16_t> clock_literal(Span span, std::string_view word,
                                           Diagnostics& diagnostics);

} // namespace rulec::syntax
