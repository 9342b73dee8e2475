// Lists and lookups beside the rules: small CSV files. (Data are read by tools/data.) Internal.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "compiler/model/context.hpp"

namespace rulec::model {

struct SeparatedRow {
    std::int64_t line = 1;
    std::vector<std::string> cells;
};

struct SeparatedFault {
    std::int64_t line = 1;
    std::string what;
};

// RFC 4180: commas, `"…"` with doubled quotes; LF or CRLF; an optional byte order mark; empty lines
// are passed over. The first row is the head.
tl::expected<std::vector<SeparatedRow>, SeparatedFault>
read_separated_values(std::string_view text);

// Whether the text may be read at all, as rule text may: UTF-8 without control characters other
// than tab and line breaks, among them those that make text look different from what it says.
std::optional<SeparatedFault> text_fault(std::string_view text);

// The first line in which letters and accents are separate (not Unicode NFC). `text` is UTF-8.
std::optional<std::int64_t> uncomposed_line(std::string_view text);

// The rows of a file beside the rules; nothing after a report.
std::optional<std::vector<SeparatedRow>> read_rows(Context& context, const ast::Text& path);

// A cell as a value of that type, spelt as data spell it; nothing if it is not one.
std::optional<rulebook::plan::Value> value_from_text(const Context& context, std::string_view text,
                                                     rulebook::plan::Type type);

} // namespace rulec::model
