#include "tools/data/csv_record.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace rulec::input {
namespace {

constexpr char kQuote = '"';

bool ends_line(char character) {
    return character == '\n' || character == '\r';
}

// The first delimiter or line end from `at` on, or the end of the text.
std::size_t field_end(std::string_view text, std::size_t at, char delimiter) {
#ifdef __SSE2__
    const __m128i delimiters = _mm_set1_epi8(delimiter);
    const __m128i line_feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    for (; at + sizeof(__m128i) <= text.size(); at += sizeof(__m128i)) {
        __m128i bytes;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        const __m128i found = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, delimiters),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, line_feeds), _mm_cmpeq_epi8(bytes, returns)));
        if (const int mask = _mm_movemask_epi8(found); mask != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
        }
    }
#endif
    while (at < text.size() && text[at] != delimiter && !ends_line(text[at])) {
        ++at;
    }
    return at;
}

// Where the field that begins at `at` ended, or why it did not.
struct FieldEnd {
    CsvOutcome outcome = CsvOutcome::Record;
    std::size_t at = 0;
};

FieldEnd split_quoted(std::string_view text, std::size_t at, char delimiter, bool at_end,
                      CsvField& field) {
    const std::size_t first = at + 1;
    std::size_t search = first;
    while (true) {
        const std::size_t quote = text.find(kQuote, search);
        if (quote == std::string_view::npos) {
            return {at_end ? CsvOutcome::UnclosedQuote : CsvOutcome::NeedMore, text.size()};
        }
        if (quote + 1 == text.size() && !at_end) {
            return {CsvOutcome::NeedMore, text.size()};
        }
        if (quote + 1 < text.size() && text[quote + 1] == kQuote) {
            field.has_doubled_quotes = true;
            search = quote + 2;
            continue;
        }
        field.raw = text.substr(first, quote - first);
        const std::size_t next = quote + 1;
        const bool sound = next == text.size() || text[next] == delimiter || ends_line(text[next]);
        return {sound ? CsvOutcome::Record : CsvOutcome::TextAfterQuote, next};
    }
}

FieldEnd split_unquoted(std::string_view text, std::size_t at, char delimiter, bool at_end,
                        CsvField& field) {
    const std::size_t end = field_end(text, at, delimiter);
    field.raw = text.substr(at, end - at);
    return {end == text.size() && !at_end ? CsvOutcome::NeedMore : CsvOutcome::Record, end};
}

// A record that ends at `at`, with its line end; a CR LF may lie half beyond the text.
CsvStep past_line_end(std::string_view text, std::size_t at, bool at_end, CsvOutcome outcome) {
    if (at == text.size()) {
        return {.outcome = outcome, .length = at};
    }
    if (text[at] == '\n') {
        return {.outcome = outcome, .length = at + 1};
    }
    if (at + 1 == text.size() && !at_end) {
        return {};
    }
    const bool has_line_feed = at + 1 < text.size() && text[at + 1] == '\n';
    return {.outcome = outcome, .length = at + (has_line_feed ? 2U : 1U)};
}

} // namespace

std::string_view CsvField::text(std::string& scratch) const {
    if (!has_doubled_quotes) {
        return raw;
    }
    scratch.clear();
    for (std::size_t i = 0; i < raw.size(); ++i) {
        scratch.push_back(raw[i]);
        if (raw[i] == kQuote) {
            ++i;
        }
    }
    return scratch;
}

CsvStep split_csv_record(std::string_view text, char delimiter, bool at_end,
                         std::vector<CsvField>& fields) {
    fields.clear();
    if (ends_line(text.front())) {
        return past_line_end(text, 0, at_end, CsvOutcome::Blank);
    }
    std::size_t at = 0;
    while (true) {
        CsvField field;
        const bool quoted = at < text.size() && text[at] == kQuote;
        const FieldEnd end = quoted ? split_quoted(text, at, delimiter, at_end, field)
                                    : split_unquoted(text, at, delimiter, at_end, field);
        if (end.outcome == CsvOutcome::NeedMore) {
            return {};
        }
        if (end.outcome != CsvOutcome::Record) {
            return {.outcome = end.outcome, .looked_at = end.at};
        }
        fields.push_back(field);
        if (end.at == text.size() || text[end.at] != delimiter) {
            return past_line_end(text, end.at, at_end, CsvOutcome::Record);
        }
        at = end.at + 1;
        if (at == text.size() && !at_end) {
            return {};
        }
    }
}

std::size_t csv_line_end_or_quote(std::string_view text) {
    std::size_t at = 0;
#ifdef __SSE2__
    const __m128i quotes = _mm_set1_epi8(kQuote);
    const __m128i line_feeds = _mm_set1_epi8('\n');
    const __m128i returns = _mm_set1_epi8('\r');
    for (; at + sizeof(__m128i) <= text.size(); at += sizeof(__m128i)) {
        __m128i bytes;
        std::memcpy(&bytes, text.data() + at, sizeof bytes);
        const __m128i found = _mm_or_si128(
            _mm_cmpeq_epi8(bytes, quotes),
            _mm_or_si128(_mm_cmpeq_epi8(bytes, line_feeds), _mm_cmpeq_epi8(bytes, returns)));
        if (const int mask = _mm_movemask_epi8(found); mask != 0) {
            return at + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(mask)));
        }
    }
#endif
    while (at < text.size() && text[at] != kQuote && !ends_line(text[at])) {
        ++at;
    }
    return at;
}

CsvStep first_csv_line(std::string_view text, bool at_end) {
    const std::size_t end = std::min(text.find_first_of("\r\n"), text.size());
    return end == text.size() && !at_end ? CsvStep{}
                                         : past_line_end(text, end, at_end, CsvOutcome::Record);
}

char csv_delimiter_of(std::string_view header) {
    static constexpr std::array<char, 4> kDelimiters = {',', ';', '\t', '|'};
    std::array<std::size_t, 4> counts{};
    bool quoted = false;
    for (const char character : header) {
        if (character == kQuote) {
            quoted = !quoted;
        } else if (!quoted && ends_line(character)) {
            break;
        } else if (!quoted) {
            const auto found = std::ranges::find(kDelimiters, character);
            if (found != kDelimiters.end()) {
                ++counts[static_cast<std::size_t>(found - kDelimiters.begin())];
            }
        }
    }
    const auto most = std::ranges::max_element(counts);
    return kDelimiters[static_cast<std::size_t>(most - counts.begin())];
}

} // namespace rulec::input
