#include "compiler/syntax/builder.hpp"

#include <utility>

#include "compiler/syntax/literal.hpp"
#include "compiler/syntax/operands.hpp"

namespace rulec::syntax {

const Word* leaf(ParseTree* tree) {
    auto* node = dynamic_cast<TerminalNode*>(tree);
    return node == nullptr ? nullptr : static_cast<const Word*>(node->getSymbol());
}

std::size_t leaf_type(const antlr4::ParserRuleContext& context, std::size_t child) {
    const Word* word = child < context.children.size() ? leaf(context.children[child]) : nullptr;
    return word == nullptr ? 0 : word->getType();
}

std::string_view Builder::text_of(const Word& word) const {
    return text_.substr(word.begin(), word.end() - word.begin());
}

// A context without any word stands empty at the word that follows it.
Span Builder::span(const antlr4::ParserRuleContext& context) const {
    auto* start = static_cast<const Word*>(context.start);
    auto* stop = static_cast<const Word*>(context.stop);
    bool empty = stop == nullptr || stop->getTokenIndex() < start->getTokenIndex();
    return {file_.file, start->begin(), empty ? start->begin() : stop->end()};
}

void Builder::mean_name(const Word& word) {
    if (!embedding_)
        file_.tokens[word.piece()].kind = ast::TokenKind::Name;
}

ast::Name Builder::name_of(const Word& word) {
    mean_name(word);
    return {std::string(text_of(word)), span(word)};
}

ast::Name Builder::name(Grammar::NameContext* context) {
    return sound(context) ? name_of(*static_cast<const Word*>(context->start)) : ast::Name{};
}

ast::Name Builder::name(Grammar::SignalNameContext& context) {
    return name_of(*static_cast<const Word*>(context.start));
}

ast::Name Builder::name(Grammar::ClauseNameContext& context) {
    return name_of(*static_cast<const Word*>(context.start));
}

std::vector<ast::Name> Builder::names(Grammar::NamesContext& context) {
    std::vector<ast::Name> out;
    for (auto* each : context.name())
        out.push_back(name(each));
    return out;
}

ast::Text Builder::text(Grammar::TextContext& context) {
    const Word& word = *static_cast<const Word*>(context.start);
    return {text_content(span(word), text_of(word), diagnostics_), span(word)};
}

std::vector<ast::Text> Builder::texts(Grammar::TextsContext& context) {
    std::vector<ast::Text> out;
    for (auto* each : context.text())
        out.push_back(text(*each));
    return out;
}

std::optional<ast::Text> Builder::because(Grammar::BecauseContext* context,
                                          const antlr4::ParserRuleContext& clause) {
    if (context != nullptr)
        return text(*context->text());
    // Words lie side by side, and the end of the file is behind the last one.
    const Word& next = static_cast<const Word*>(clause.stop)[1];
    if (next.getType() == Grammar::TEXT && !next.first_on_line()) {
        Span before{file_.file, next.begin(), next.begin()};
        diagnostics_.emit<RB0109>(span(next)).fix(before, "because ");
        stray_text_ = &next;
    }
    return std::nullopt;
}

// Every expression passes here, operands first; so depth is known without walking.
ast::ExprId Builder::add(ast::ExpressionNode node, Span span) {
    std::uint32_t depth = 0;
    ast::for_each_operand(node, [&](ast::ExprId id) { depth = std::max(depth, depth_of(id)); });
    if (++depth > kMaximumDepth) {
        if (!std::exchange(too_deep_, true)) // what is above it is as deep
            diagnostics_.emit<RB0007>(span, kMaximumDepth);
        node = ast::Erroneous{};
        depth = 1;
    }
    ast::ExprId id{static_cast<std::uint32_t>(file_.expressions.size())};
    file_.expressions.push_back({std::move(node), span, false});
    depths_.push_back(static_cast<std::uint16_t>(depth));
    return id;
}

ast::ExprId Builder::name_reference(ast::Name name) {
    Span at = name.span;
    return add(ast::NameReference{std::move(name)}, at);
}

ast::PatternId Builder::add_pattern(ast::PatternNode node, Span span) {
    ast::PatternId id{static_cast<std::uint32_t>(file_.patterns.size())};
    file_.patterns.push_back({std::move(node), span});
    return id;
}

void Builder::repeated(const Word& word) {
    diagnostics_.emit<RB0108>(span(word), text_of(word));
    incomplete();
}

} // namespace rulec::syntax
