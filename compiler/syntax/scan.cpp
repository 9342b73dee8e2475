#include "compiler/syntax/scan.hpp"

#include <unordered_map>
#include <utility>

#include "compiler/syntax/byte_stream.hpp"
#include "compiler/syntax/unreadable.hpp"
#include "RulebookLexer.h"
#include "runtime/value/ascii.hpp"

namespace rulec::syntax {
namespace {

using grammar::RulebookLexer;
using rulebook::is_ascii_digit;
using rulebook::is_ascii_letter;

constexpr auto kLastKeyword = RulebookLexer::YEARS;

ast::TokenKind kind_of(size_t type) {
    if (type == RulebookLexer::HEAD_BEGIN)
        return ast::TokenKind::Punctuation;
    if (type <= kLastKeyword)
        return ast::TokenKind::Keyword;
    switch (type) {
    case RulebookLexer::NAME:
    case RulebookLexer::CURRENCY_CODE:
        return ast::TokenKind::Name;
    case RulebookLexer::TEXT:
    case RulebookLexer::BAD_TEXT:
    case RulebookLexer::FOREIGN_TEXT:
        return ast::TokenKind::Text;
    case RulebookLexer::LINE_COMMENT:
        return ast::TokenKind::LineComment;
    case RulebookLexer::BLOCK_COMMENT:
    case RulebookLexer::BAD_COMMENT:
        return ast::TokenKind::BlockComment;
    case RulebookLexer::UNREADABLE:
        return ast::TokenKind::Unreadable;
    default:
        return type < RulebookLexer::ARROW ? ast::TokenKind::Number : ast::TokenKind::Punctuation;
    }
}

// Names and keywords are most of a text. Reading them here, by the same rules, spares ANTLR's lexer
// from learning each keyword letter by letter in every process.
bool begins_word(char c) {
    return is_ascii_letter(c) || c == '_';
}
bool upper(char c) {
    return c >= 'A' && c <= 'Z';
}

// Where the word ends that begins at `begin`; `begin` if none does.
size_t word_end(std::string_view text, size_t begin) {
    if (!begins_word(text[begin]))
        return begin;
    size_t end = begin + 1;
    while (end < text.size() && (begins_word(text[end]) || is_ascii_digit(text[end])))
        ++end;
    return end;
}

// Where the space ends that begins at `begin`.
size_t space_end(std::string_view text, size_t begin) {
    return std::min(text.find_first_not_of(" \t\r\n", begin), text.size());
}

using Keywords = std::unordered_map<std::string, size_t>;

Keywords read_keywords(const antlr4::dfa::Vocabulary& vocabulary) {
    Keywords keywords;
    for (size_t type = RulebookLexer::AND; type <= kLastKeyword; ++type) {
        std::string quoted = vocabulary.getLiteralName(type);
        keywords.emplace(quoted.substr(1, quoted.size() - 2), type);
    }
    return keywords;
}

bool is_unit(size_t type) {
    return type >= RulebookLexer::MICROSECOND && type <= RulebookLexer::YEARS;
}

bool is_qualifier(size_t type) {
    return type == RulebookLexer::CALENDAR || type == RulebookLexer::ISO ||
           type == RulebookLexer::WORKING;
}

// No duration is followed by one of these, but the name of a field is.
bool makes_unit_a_name(size_t type) {
    switch (type) {
    case RulebookLexer::INT:
    case RulebookLexer::DECIMAL:
    case RulebookLexer::PERCENT:
    case RulebookLexer::MONEY:
    case RulebookLexer::DATE:
    case RulebookLexer::TIME:
    case RulebookLexer::TRUE:
    case RulebookLexer::FALSE:
    case RulebookLexer::MISSING:
    case RulebookLexer::LBRACKET:
    case RulebookLexer::COLON:
        return true;
    default:
        return false;
    }
}

// One pass over a text.
class Scanner {
public:
    Scanner(FileId file, std::string_view text, std::uint32_t begin, Diagnostics& diagnostics)
        : file_(file), text_(text), stream_(text), lexer_(&stream_), diagnostics_(diagnostics),
          simulator_(*lexer_.getInterpreter<antlr4::atn::LexerATNSimulator>()), done_(begin) {
        stream_.seek(begin);
        // A guess that holds most texts: fewer moves of large vectors.
        scanned_.words.reserve((text.size() - begin) / 5 + 8);
        scanned_.pieces.reserve((text.size() - begin) / 3 + 8);
    }

    Scanned run() {
        while (stream_.LA(1) != antlr4::IntStream::EOF && !full_)
            next();
        if (full_)
            leave_rest();
        space_until(stream_.index());
        auto end = static_cast<std::uint32_t>(stream_.index());
        scanned_.words.emplace_back(Word::kEnd, end, end, line_, pieces(), true);
        see_row_end(true);
        for (size_t i = 0; i < scanned_.words.size(); ++i)
            scanned_.words[i].place_at(i);
        return std::move(scanned_);
    }

private:
    std::uint32_t pieces() const { return static_cast<std::uint32_t>(scanned_.pieces.size()); }

    void next() {
        lexer_.type = antlr4::Token::INVALID_TYPE;
        lexer_.channel = antlr4::Token::DEFAULT_CHANNEL;
        size_t begin = stream_.index();
        if (size_t end = word_end(text_, begin); end > begin) {
            stream_.seek(end);
            space_until(begin);
            return add(word_type(text_.substr(begin, end - begin)),
                       static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end));
        }
        if (size_t end = space_end(text_, begin); end > begin)
            return stream_.seek(end);
        size_t matched = simulator_.match(&stream_, antlr4::Lexer::DEFAULT_MODE);
        size_t type = lexer_.type == antlr4::Token::INVALID_TYPE ? matched : lexer_.type;
        if (type == antlr4::Lexer::SKIP)
            return;
        space_until(begin);
        if (type == RulebookLexer::LBRACE)
            in_table_ = false;
        if (type == RulebookLexer::BAR && line_ != last_word_line_) // the first word of its line
            type = std::exchange(in_table_, true) ? RulebookLexer::ROW_BEGIN
                                                  : RulebookLexer::HEAD_BEGIN;
        add(type, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(stream_.index()));
    }

    size_t word_type(std::string_view word) const {
        static const Keywords keywords = read_keywords(lexer_.getVocabulary());
        auto keyword = keywords.find(std::string(word));
        if (keyword != keywords.end())
            return keyword->second;
        bool code = word.size() == 3 && upper(word[0]) && upper(word[1]) && upper(word[2]);
        return code ? RulebookLexer::CURRENCY_CODE : RulebookLexer::NAME;
    }

    void add(size_t type, std::uint32_t begin, std::uint32_t end) {
        if (lexer_.channel == antlr4::Token::DEFAULT_CHANNEL) {
            bool first = line_ != last_word_line_;
            last_word_line_ = line_;
            scanned_.words.emplace_back(static_cast<std::uint32_t>(type), begin, end, line_,
                                        pieces(), first);
            see_duration(type);
            see_row_end(first);
        }
        scanned_.pieces.push_back({kind_of(type), begin, end});
        count_lines(end);
        report_unreadable(type, {file_, begin, end}, text_, diagnostics_);
        if (scanned_.words.size() >= kMaximumWords) {
            full_ = true;
            diagnostics_.emit<RB0005>({file_, begin, end}, kMaximumWords);
        }
    }

    // `14 days`, `2 iso weeks`: the number becomes a COUNT_OF_UNITS when its unit comes, and a
    // number again if the unit turns out to be a field's name: `{ seats 14  days 3 }`, `days :
    // int`.
    void see_duration(size_t type) {
        if (is_unit(type)) {
            bool qualified = is_qualifier(type_before(1));
            size_t back = qualified ? 2 : 1;
            size_t number = type_before(back);
            if (number == RulebookLexer::INT || number == RulebookLexer::DECIMAL) {
                count_ = scanned_.words.size() - 1 - back;
                count_type_ = number;
                scanned_.words[count_].become(RulebookLexer::COUNT_OF_UNITS);
                return;
            }
        }
        bool directly_behind = count_type_ != 0 && is_unit(type_before(1));
        if (directly_behind && makes_unit_a_name(type))
            scanned_.words[count_].become(count_type_);
        if (!is_qualifier(type))
            count_type_ = 0;
    }

    // The word that is added now is the first of its line, or the end.
    void see_row_end(bool new_line) {
        if (new_line && type_before(1) == RulebookLexer::BAR)
            scanned_.words[scanned_.words.size() - 2].become(RulebookLexer::ROW_END);
    }

    size_t type_before(size_t back) const {
        size_t words = scanned_.words.size();
        return words > back ? scanned_.words[words - 1 - back].getType() : 0;
    }

    void space_until(size_t end) {
        if (done_ < end)
            scanned_.pieces.push_back(
                {ast::TokenKind::Space, done_, static_cast<std::uint32_t>(end)});
        count_lines(end);
    }

    // A line ends at \n, or at \r without \n.
    void count_lines(size_t end) {
        for (; done_ < end; ++done_) {
            bool lone_return =
                text_[done_] == '\r' && (done_ + 1 >= text_.size() || text_[done_ + 1] != '\n');
            line_ += text_[done_] == '\n' || lone_return ? 1 : 0;
        }
    }

    void leave_rest() {
        auto begin = static_cast<std::uint32_t>(stream_.index());
        auto end = static_cast<std::uint32_t>(text_.size());
        if (begin < end)
            scanned_.pieces.push_back({ast::TokenKind::Unreadable, begin, end});
        done_ = end;
        stream_.seek(end);
    }

    FileId file_;
    std::string_view text_;
    ByteStream stream_;
    RulebookLexer lexer_;
    Diagnostics& diagnostics_;
    antlr4::atn::LexerATNSimulator& simulator_;
    Scanned scanned_;
    std::uint32_t done_; // pieces reach to here
    std::uint32_t line_ = 1;
    std::uint32_t last_word_line_ = 0;
    size_t count_ = 0;      // index of the last COUNT_OF_UNITS, while count_type_ is not 0
    size_t count_type_ = 0; // what it was
    bool in_table_ = false; // a row has begun since the last `{`
    bool full_ = false;
};

} // namespace

Scanned scan(FileId file, std::string_view text, std::uint32_t begin, std::uint32_t end,
             Diagnostics& diagnostics) {
    return Scanner(file, text.substr(0, end), begin, diagnostics).run();
}

} // namespace rulec::syntax
