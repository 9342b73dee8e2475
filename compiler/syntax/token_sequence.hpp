// Internal to this folder (names ANTLR types): scanned words as ANTLR's parser reads them.
#pragma once

#include "compiler/syntax/scan.hpp"

namespace rulec::syntax {

// Views the words, which must not move while this lives; their last one is the end of the file.
class TokenSequence final : public antlr4::TokenStream {
public:
    explicit TokenSequence(std::vector<Word>& words) : words_(words) {}

    void consume() override { at_ += at_ + 1 < words_.size() ? 1 : 0; }
    size_t LA(ssize_t offset) override { return LT(offset)->getType(); }
    antlr4::Token* LT(ssize_t offset) override;
    antlr4::Token* get(size_t index) const override { return &words_[index]; }
    ssize_t mark() override { return 0; }
    void release(ssize_t) override {}
    size_t index() override { return at_; }
    void seek(size_t index) override { at_ = std::min(index, words_.size() - 1); }
    size_t size() override { return words_.size(); }
    std::string getSourceName() const override { return {}; }
    antlr4::TokenSource* getTokenSource() const override { return nullptr; }
    std::string getText(const antlr4::misc::Interval&) override { return {}; }
    std::string getText() override { return {}; }
    std::string getText(antlr4::RuleContext*) override { return {}; }
    std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

    size_t position() const { return at_; }
    const Word& word(size_t index) const { return words_[std::min(index, words_.size() - 1)]; }

private:
    std::vector<Word>& words_;
    size_t at_ = 0;
};

} // namespace rulec::syntax
