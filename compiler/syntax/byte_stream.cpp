#include "compiler/syntax/byte_stream.hpp"

#include "compiler/syntax/utf8.hpp"

namespace rulec::syntax {

void ByteStream::consume() {
    at_ += decode(text_, at_).length;
}

size_t ByteStream::LA(ssize_t offset) {
    if (offset == 1) { // what a lexer asks for, nearly always
        if (at_ >= text_.size())
            return EOF;
        auto byte = static_cast<unsigned char>(text_[at_]);
        return byte < 0x80 ? byte : decode(text_, at_).code_point;
    }
    if (offset <= 0)
        return 0;
    size_t at = at_;
    for (ssize_t skipped = 1; skipped < offset && at < text_.size(); ++skipped)
        at += decode(text_, at).length;
    return at < text_.size() ? decode(text_, at).code_point : EOF;
}

std::string ByteStream::getText(const antlr4::misc::Interval& interval) {
    auto begin = static_cast<size_t>(interval.a);
    auto end = static_cast<size_t>(interval.b) + 1;
    return std::string(text_.substr(begin, end - begin));
}

} // namespace rulec::syntax
