// One record of a CSV file, found in text. RFC 4180 with what exports really contain: any of four
// delimiters, CR LF, LF or CR at line ends, quotes inside unquoted fields.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rulec::input {

struct CsvField {
    std::string_view raw; // between the quotes, if there were any
    bool has_doubled_quotes = false;

    // The field's text; `scratch` holds it where doubled quotes have to be undone.
    std::string_view text(std::string& scratch) const;
};

enum class CsvOutcome {
    Record,         // `fields` are set
    Blank,          // a line without any character; no record
    NeedMore,       // the record may go on beyond the text
    UnclosedQuote,  // the text ends inside quotes
    TextAfterQuote, // a closing quote that neither a delimiter nor a line end follows
};

// `length` covers the record and its line end; 0 for NeedMore and after a fault: then the reader
// skips one line, so that a stray quote costs a line, not the rest of the file. `looked_at`: how
// far it had to look to find a fault.
struct CsvStep {
    CsvOutcome outcome = CsvOutcome::NeedMore;
    std::size_t length = 0;
    std::size_t looked_at = 0;
};

// Splits the record at the front of `text`, which is not empty, into `fields` (views into `text`).
// `at_end`: nothing follows `text` in the file.
CsvStep split_csv_record(std::string_view text, char delimiter, bool at_end,
                         std::vector<CsvField>& fields);

// Where the first line end or quote stands, or the text's size.
std::size_t csv_line_end_or_quote(std::string_view text);

// The length of the first line of `text` with its line end; NeedMore if it may go on beyond.
CsvStep first_csv_line(std::string_view text, bool at_end);

// The delimiter of a header line: of comma, semicolon, tab and bar the one that stands in it most
// often outside of quotes; comma if there is none.
char csv_delimiter_of(std::string_view header);

} // namespace rulec::input
