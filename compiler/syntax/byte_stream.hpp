// Internal to this folder (names ANTLR types): rule text as ANTLR's lexer reads it.
#pragma once

#include <string_view>

#include <antlr4-runtime.h>

namespace rulec::syntax {

// Code points of a UTF-8 text that was checked before, those that the grammar does not name as one
// of them; indices are byte offsets, so that tokens
// bear the spans that the rest of the compiler uses. Views the text.
class ByteStream final : public antlr4::CharStream {
public:
    explicit ByteStream(std::string_view text) : text_(text) {}

    void consume() override;
    size_t LA(ssize_t offset) override;
    ssize_t mark() override { return -1; }
    void release(ssize_t) override {}
    size_t index() override { return at_; }
    void seek(size_t index) override { at_ = index; }
    size_t size() override { return text_.size(); }
    std::string getSourceName() const override { return {}; }
    std::string getText(const antlr4::misc::Interval& interval) override;
    std::string toString() const override { return std::string(text_); }

private:
    std::string_view text_;
    size_t at_ = 0;
};

} // namespace rulec::syntax
