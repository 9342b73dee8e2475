#include "compiler/syntax/token_sequence.hpp"

namespace rulec::syntax {

antlr4::Token* TokenSequence::LT(ssize_t offset) {
    if (offset > 0)
        return &words_[std::min(at_ + static_cast<size_t>(offset) - 1, words_.size() - 1)];
    // The parser asks for the word before this one when a rule ends, also at the very beginning.
    auto back = static_cast<size_t>(-offset);
    return back == 0 || back > at_ ? nullptr : &words_[at_ - back];
}

} // namespace rulec::syntax
