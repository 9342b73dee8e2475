#include "compiler/syntax/parse.hpp"

#include "compiler/syntax/build_declarations.hpp"
#include "compiler/syntax/declaration_reader.hpp"
#include "compiler/syntax/nesting.hpp"
#include "compiler/syntax/text_check.hpp"

namespace rulec {
namespace {

// With more, what follows is most likely no rulebook at all.
constexpr std::size_t kMistakesThatStopReading = 2 * kMaximumDiagnosticsPerFile;

std::uint32_t size_of(std::string_view text) {
    return static_cast<std::uint32_t>(text.size());
}

// The words of a file that is fit to be parsed; without any word but the end where it is not.
std::vector<syntax::Word> read_words(ast::File& out, std::string_view text,
                                     Diagnostics& diagnostics) {
    std::vector<syntax::Word> none{{syntax::Word::kEnd, size_of(text), size_of(text), 1, 0, true}};
    if (!syntax::check_text(out.file, text, diagnostics)) {
        if (!text.empty())
            out.tokens.push_back({ast::TokenKind::Unreadable, 0, size_of(text)});
        return none;
    }
    auto begin = static_cast<std::uint32_t>(syntax::byte_order_mark(text));
    auto scanned = syntax::scan(out.file, text, begin, size_of(text), diagnostics);
    out.tokens = std::move(scanned.pieces);
    if (begin > 0)
        out.tokens.insert(out.tokens.begin(), {ast::TokenKind::Space, 0, begin});
    if (diagnostics.count(Severity::Error) > kMistakesThatStopReading ||
        scanned.words.size() >= syntax::kMaximumWords)
        return none;
    std::size_t deep = syntax::first_too_deep(scanned.words);
    if (deep < scanned.words.size()) {
        const syntax::Word& word = scanned.words[deep];
        diagnostics.emit<RB0006>({out.file, word.begin(), word.end()}, syntax::kMaximumNesting);
        return none;
    }
    return std::move(scanned.words);
}

void read_declarations(ast::File& out, std::string_view text, Diagnostics& diagnostics) {
    std::vector<syntax::Word> words = read_words(out, text, diagnostics);
    syntax::DeclarationReader reader(out.file, text, words, diagnostics);
    syntax::Builder builder(out, text, diagnostics);
    while (auto* context = reader.next()) {
        if (auto declaration = syntax::build_declaration(builder, *context))
            out.declarations.push_back(std::move(*declaration));
        if (diagnostics.count(Severity::Error) > kMistakesThatStopReading)
            return;
    }
}

// The first ones in the order of the file, and how many there are besides.
void pass_on(const Diagnostics& found, Diagnostics& diagnostics) {
    auto sorted = found.sorted();
    std::size_t shown = std::min(sorted.size(), kMaximumDiagnosticsPerFile);
    for (std::size_t i = 0; i < shown; ++i) {
        const Diagnostic& one = *sorted[i];
        Diagnostic& copy = diagnostics.add(*one.info, one.span, {one.message, one.help_text});
        copy.labels = one.labels;
        copy.edits = one.edits;
    }
    std::size_t more = sorted.size() - shown + found.omitted();
    if (more > 0)
        diagnostics.emit<RB0008>(sorted[shown - 1]->span, more);
}

} // namespace

ast::File parse_file(FileId file, const Sources& sources, Diagnostics& diagnostics) {
    ast::File out;
    out.file = file;
    Diagnostics found;
    read_declarations(out, sources.text(file), found);
    out.complete = out.complete && !found.has_errors();
    pass_on(found, diagnostics);
    return out;
}

namespace {

class AmbiguityListener final : public antlr4::BaseErrorListener {
public:
    AmbiguityListener(FileId file, std::vector<Ambiguity>& found) : file_(file), found_(found) {}

    void reportAmbiguity(antlr4::Parser* parser, const antlr4::dfa::DFA& dfa, size_t start,
                         size_t stop, bool, const antlrcpp::BitSet&,
                         antlr4::atn::ATNConfigSet*) override {
        auto* first = static_cast<const syntax::Word*>(parser->getTokenStream()->get(start));
        auto* last = static_cast<const syntax::Word*>(parser->getTokenStream()->get(stop));
        auto rule = static_cast<size_t>(dfa.atnStartState->ruleIndex);
        found_.push_back({{file_, first->begin(), last->end()}, parser->getRuleNames()[rule]});
    }

private:
    FileId file_;
    std::vector<Ambiguity>& found_;
};

} // namespace

std::vector<Ambiguity> find_ambiguities(FileId file, const Sources& sources) {
    std::vector<Ambiguity> found;
    Diagnostics ignored;
    ast::File scratch;
    scratch.file = file;
    std::vector<syntax::Word> words = read_words(scratch, sources.text(file), ignored);
    syntax::TokenSequence sequence(words);
    grammar::RulebookParser parser(&sequence);
    AmbiguityListener listener(file, found);
    parser.removeErrorListeners();
    parser.addErrorListener(&listener);
    auto* simulator = parser.getInterpreter<antlr4::atn::ParserATNSimulator>();
    // What the fast mode has decided before must not hide anything.
    simulator->clearDFA();
    simulator->setPredictionMode(antlr4::atn::PredictionMode::LL_EXACT_AMBIG_DETECTION);
    parser.setErrorHandler(std::make_shared<antlr4::BailErrorStrategy>());
    try {
        parser.file();
    } catch (const antlr4::ParseCancellationException&) {
        // What stands before the mistake was looked at.
    }
    return found;
}

} // namespace rulec
