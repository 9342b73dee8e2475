// Internal to this folder (names ANTLR types): parse trees → syntax tree.
//
// Every function takes a context that was read without a mistake; whoever loops over clauses asks
// `sound` first.
#pragma once

#include "compiler/syntax/ast.hpp"
#include "compiler/syntax/scan.hpp"
#include "RulebookParser.h"

namespace rulec::syntax {

using Grammar = grammar::RulebookParser;
using antlr4::tree::ParseTree;
using antlr4::tree::TerminalNode;

inline constexpr std::uint32_t kMaximumDepth = 1000;

// --- parse trees
// -----------------------------------------------------------------------------------

// The word at a leaf; nullptr for a context, or for nullptr.
const Word* leaf(ParseTree* tree);
// The type of the word at a child that is a leaf; 0 otherwise, also beyond the last child.
std::size_t leaf_type(const antlr4::ParserRuleContext& context, std::size_t child);
// The child as a context of that kind, which the grammar must guarantee.
template <class Context>
Context& child(antlr4::ParserRuleContext& context, std::size_t index) {
    return *static_cast<Context*>(static_cast<antlr4::ParserRuleContext*>(context.children[index]));
}
inline bool sound(const antlr4::ParserRuleContext* context) {
    return context != nullptr && context->exception == nullptr;
}

// What the clauses of a file have in common: names, texts, expressions, places.
class Builder {
public:
    Builder(ast::File& file, std::string_view text, Diagnostics& diagnostics)
        : file_(file), text_(text), diagnostics_(diagnostics) {}

    Diagnostics& diagnostics() { return diagnostics_; }
    std::string_view text_of(const Word& word) const;
    Span span(const Word& word) const { return {file_.file, word.begin(), word.end()}; }
    Span span(const antlr4::ParserRuleContext& context) const;
    Span span(TerminalNode* node) const { return span(*leaf(node)); }

    // Absent for nullptr, and for what is no name.
    ast::Name name(Grammar::NameContext* context);
    ast::Name name(Grammar::SignalNameContext& context);
    ast::Name name(Grammar::ClauseNameContext& context);
    std::vector<ast::Name> names(Grammar::NamesContext& context);
    ast::Text text(Grammar::TextContext& context);
    std::vector<ast::Text> texts(Grammar::TextsContext& context);
    // The reason at the end of a clause. A text behind a clause without `because` is reported.
    std::optional<ast::Text> because(Grammar::BecauseContext* context,
                                     const antlr4::ParserRuleContext& clause);

    // expressions; nullptr gives an absent one
    ast::ExprId expression(Grammar::ExpressionContext* context);
    ast::ExprId operand(Grammar::OperandContext* context);
    ast::ExprId literal(Grammar::LiteralContext& context);
    ast::ExprId money(Grammar::MoneyContext& context);
    ast::ExprId number(Grammar::NumberContext& context);
    ast::ExprId whole_number(Grammar::WholeNumberContext& context);
    ast::ExprId signed_number(Grammar::SignedNumberContext* context);
    ast::ExprId bound(Grammar::BoundContext& context);
    ast::ExprId duration(Grammar::SpanContext& context); // the rule `span`
    ast::DurationUnit unit(Grammar::UnitContext& context);
    ast::Selection argument(Grammar::ArgumentContext& context);
    ast::Selection selection(Grammar::SelectionContext& context);
    // The test of a table cell; the column's value stands at `at`.
    ast::ConditionCell condition_cell(Grammar::ConditionCellContext& context, std::uint32_t column,
                                      Span at);
    // Where texts interpolate: a text that is the value, or a branch of it, may hold `{…}`.
    ast::ExprId interpolated(Grammar::ExpressionContext& context);
    ast::ExprId interpolated(Grammar::TextContext& context);
    // What stands in the braces of a text, [begin, end) of the file.
    ast::ExprId embedded(std::uint32_t begin, std::uint32_t end);

    ast::ExprId add(ast::ExpressionNode node, Span span);
    ast::ExprId erroneous(Span span) { return add(ast::Erroneous{}, span); }
    ast::ExprId name_reference(ast::Name name);
    const ast::TextLiteral* text_literal(ast::ExprId id) const {
        return file_.as<ast::TextLiteral>(id);
    }
    ast::PatternId add_pattern(ast::PatternNode node, Span span);

    // For clauses that stand once: keeps the first, reports the others. `word` names the clause.
    template <class Value>
    void once(std::optional<Value>& slot, Value value, const Word& word) {
        slot ? repeated(word) : void(slot = std::move(value));
    }
    void once(ast::ExprId& slot, ast::ExprId value, const Word& word) {
        slot.present() ? repeated(word) : void(slot = value);
    }
    void once(ast::Name& slot, ast::Name value, const Word& word) {
        slot.present() ? repeated(word) : void(slot = std::move(value));
    }
    void once(Span& slot, Span value, const Word& word) {
        slot.somewhere() ? repeated(word) : void(slot = value);
    }
    void repeated(const Word& word);
    // Whether `because` has reported this word already.
    bool stray(const Word& word) const { return stray_text_ == &word; }
    void incomplete() { file_.complete = false; }

private:
    // What a comparison is about, while its right side is read.
    struct Subject {
        ast::ExprId value;
        Span span; // of the whole comparison
        bool negated = false;
        Span operator_span;
    };

    ast::ExprId logical(Grammar::ExpressionContext& context);
    ast::ExprId predicate(Grammar::PredicateContext& context);
    ast::ExprId is(antlr4::ParserRuleContext& parent, Grammar::PresenceContext& context,
                   Subject subject);
    ast::ExprId equality(ast::ExprId right, const Subject& subject);
    ast::ExprId test(Grammar::Test_Context& context, Subject subject);
    ast::ExprId compare(Grammar::Test_Context& context, const Word& op, Subject subject);
    ast::ExprId membership(Grammar::MembershipContext& context, const Subject& subject);
    ast::ExprId in_list(const std::vector<Grammar::OperandContext*>& items, const Subject& subject);
    ast::ExprId in_range(antlr4::ParserRuleContext& context,
                         const std::vector<Grammar::OperandContext*>& bounds,
                         const Subject& subject);
    ast::ExprId cell_test(Grammar::CellTestContext& context, std::uint32_t column, Span start);
    ast::ExprId cell_atom(Grammar::CellAtomContext& context, std::uint32_t column, Span start);

    ast::ExprId extended(Grammar::OperandContext& context, ast::ExprId left);
    ast::ExprId primary(Grammar::PrimaryContext& context);
    ast::ExprId at_least(Grammar::PrimaryContext& context);
    ast::ExprId fired(Grammar::PrimaryContext& context);
    ast::Window window(Grammar::WindowContext& context);
    ast::ExprId duration_literal(const Word& count, ast::DurationKind kind,
                                 Grammar::UnitContext& unit, Span span);
    ast::ExprId text_template(const Word& word);
    ast::ExprId number_word(const Word& word);

    void mean_name(const Word& word);
    ast::Name name_of(const Word& word);
    std::uint32_t depth_of(ast::ExprId id) const { return depths_[id.index]; }

    ast::File& file_;
    std::string_view text_;
    Diagnostics& diagnostics_;
    std::vector<std::uint16_t> depths_; // of each expression
    bool interpolating_ = false;        // the next value may be a text with braces
    const Word* stray_text_ = nullptr;  // the last one reported
    bool too_deep_ = false;             // reported
    bool embedding_ = false;            // inside the braces of a text
};

} // namespace rulec::syntax
