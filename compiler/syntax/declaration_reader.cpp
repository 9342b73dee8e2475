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
        if (!at_declaration()) {
            mistakes_.unknown_declaration(parser_, words_);
            words_.seek(next_declaration(words_, index, index + 1, text_));
            continue;
        }
        try {
            prepare(index, Mode::Fast);
            return parser_.declaration();
        } catch (const antlr4::ParseCancellationException&) {
            prepare(index, Mode::Thorough);
            return parser_.declaration();
        }
    }
    return nullptr;
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
