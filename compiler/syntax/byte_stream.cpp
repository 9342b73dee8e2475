#include "compiler/syntax/byte_stream.hpp"

#include "compiler/syntax/utf8.hpp"

namespace rulec::syntax {
namespace {

// The grammar tells none of the other characters beyond ASCII apart. ANTLR remembers where ASCII
// characters lead and works it out anew for each of the others, so these look like one that is
// ASCII and means nothing, either.
constexpr std::u32string_view kMeant = U"€£¥“”„«»";
constexpr size_t kMeansNothing = 0x7f;

size_t for_lexer(std::uint32_t code_point) {
    const bool itself =
        code_point < 0x80 || kMeant.find(static_cast<char32_t>(code_point)) != kMeant.npos;
    return itself ? code_point : kMeansNothing;
}

} // namespace

void ByteStream::consume() {
    at_ += decode(text_, at_).length;
}

size_t ByteStream::LA(ssize_t offset) {
    if (offset == 1) { // what a lexer asks for, nearly always
        if (at_ >= text_.size())
            return EOF;
        auto byte = static_cast<unsigned char>(text_[at_]);
        return byte < 0x80 ? byte : for_lexer(decode(text_, at_).code_point);
    }
    if (offset <= 0)
        return 0;
    size_t at = at_;
    for (ssize_t skipped = 1; skipped < offset && at < text_.size(); ++skipped)
        at += decode(text_, at).length;
    return at < text_.size() ? for_lexer(decode(text_, at).code_point) : EOF;
}

std::string ByteStream::getText(const antlr4::misc::Interval& interval) {
    auto begin = static_cast<size_t>(interval.a);
    auto end = static_cast<size_t>(interval.b) + 1;
    return std::string(text_.substr(begin, end - begin));
}

} // namespace rulec::syntax
