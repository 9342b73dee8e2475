#include "compiler/syntax/declaration_reader.hpp"

namespace rulec::syntax {

using antlr4::atn::PredictionMode;
using grammar::RulebookParser;

DeclarationReader::DeclarationReader(FileId file, std::string_view text, std::vector<Word>& words,
                                     Diagnostics& diagnostics)
    : text_(text), words_(words), mistakes_(file, text, diagnostics), parser_(&words_),
      recovery_(std::make_shared<Recovery>(words_, mistakes_)),
      bail_(std::make_shared<antlr4::BailErrorStrategy>()) {
    parser_.removeErrorListeners();
}

void DeclarationReader::prepare(std::size_t index, Mode mode) {
    bool fast = mode == Mode::Fast;
    if (fast)
        parser_.setErrorHandler(bail_);
    else
        parser_.setErrorHandler(recovery_);
    parser_.reset();
    parser_.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
        fast ? PredictionMode::SLL : PredictionMode::LL);
    words_.seek(index);
}

bool DeclarationReader::at_declaration() const {
    auto type = words_.word(words_.position()).getType();
    return type >= RulebookParser::CALENDAR && type <= RulebookParser::TRIGGER;
}

RulebookParser::DeclarationContext* DeclarationReader::next() {
    while (words_.LA(1) != antlr4::Token::EOF) {
        std::size_t index = words_.index();
        if (at_declaration())
            return finished(index, read(index));
        mistakes_.unknown_declaration(parser_, words_);
        words_.seek(next_declaration(words_, index, index + 1, text_));
    }
    return nullptr;
}

RulebookParser::DeclarationContext* DeclarationReader::read(std::size_t index) {
    try {
        prepare(index, Mode::Fast);
        return parser_.declaration();
    } catch (const antlr4::ParseCancellationException&) {
        prepare(index, Mode::Thorough);
        return parser_.declaration();
    }
}

// A declaration without braces ends where nothing of it fits any more. If the next word stands on
// the same line and starts no declaration, it is a mistake of this one.
RulebookParser::DeclarationContext*
DeclarationReader::finished(std::size_t index, RulebookParser::DeclarationContext* context) {
    std::size_t at = words_.index();
    const Word& next = words_.word(at);
    bool ended = at_declaration() || next.first_on_line() ||
                 next.getType() == RulebookParser::RBRACE || context->exception != nullptr;
    if (ended)
        return context;
    mistakes_.unfinished(words_, index, at);
    context->exception = std::make_exception_ptr(antlr4::RuntimeException("unfinished"));
    bool swallowed = at - 1 > index && starts_declaration(words_, at - 1, text_, true);
    words_.seek(swallowed ? at - 1 : next_declaration(words_, index, at, text_));
    return context;
}

RulebookParser::ExpressionContext* DeclarationReader::lone_expression() {
    try {
        prepare(0, Mode::Thorough);
        auto* context = parser_.loneExpression();
        return context->exception == nullptr ? context->expression() : nullptr;
    } catch (const antlr4::RecognitionException&) {
        return nullptr; // reported
    }
}

} // namespace rulec::syntax
