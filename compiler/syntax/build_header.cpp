// Header, teams, lists, and what every rule may say.
#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {

ast::Allow build_allow(Builder& builder, Grammar::AllowContext& context) {
    return {builder.name(context.name()), builder.text(*context.because()->text()),
            builder.span(context)};
}

namespace {

void add_header_clause(Builder& builder, Grammar::HeaderClauseContext& clause,
                       ast::RulebookHeader& header) {
    if (auto* allow = clause.allow()) {
        header.allows.push_back(build_allow(builder, *allow));
        return;
    }
    const Word& word = *leaf(clause.children[0]);
    switch (word.getType()) {
    case Grammar::VERSION:
        return builder.once(header.version, builder.text(*clause.text()), word);
    case Grammar::TIMEZONE:
        return builder.once(header.timezone, builder.text(*clause.text()), word);
    case Grammar::CURRENCY:
        return builder.once(header.currency, builder.name(clause.name()), word);
    case Grammar::ABOUT:
        return builder.once(header.about, builder.name(clause.name()), word);
    case Grammar::LOCKED:
        return builder.once(header.locked_before, builder.literal(*clause.literal()), word);
    default:
        return builder.once(header.restate, builder.text(*clause.text()), word);
    }
}

} // namespace

ast::RulebookHeader build_header(Builder& builder, Grammar::RulebookHeaderContext& context) {
    ast::RulebookHeader header;
    header.name = builder.name(context.name());
    header.span = builder.span(context);
    for_each_clause(builder, context.headerClause(),
                    [&](auto& clause) { add_header_clause(builder, clause, header); });
    return header;
}

ast::Team build_team(Builder& builder, Grammar::TeamContext& context) {
    ast::Team team;
    team.name = builder.name(context.name());
    team.span = builder.span(context);
    for_each_clause(builder, context.teamClause(), [&](auto& clause) {
        if (auto* title = clause.text())
            return builder.once(team.title, builder.text(*title), *leaf(clause.children[0]));
        for (ast::Text& reviewer : builder.texts(*clause.texts()))
            team.reviewers.push_back(std::move(reviewer));
    });
    return team;
}

ast::List build_list(Builder& builder, Grammar::ListContext& context) {
    return {builder.name(context.name()), builder.text(*context.text()), builder.span(context)};
}

ast::Lookup build_lookup(Builder& builder, Grammar::LookupContext& context) {
    return {builder.name(context.name()), build_parameters(builder, context.parameters()),
            build_type(builder, *context.type()), builder.text(*context.text()),
            builder.span(context)};
}

// --- what every rule may say
// -----------------------------------------------------------------------

ast::EffectiveRange build_effective(Builder& builder, Grammar::EffectiveContext* context) {
    ast::EffectiveRange out;
    if (!sound(context))
        return out;
    out.span = builder.span(*context);
    bool from = leaf_type(*context, 0) == Grammar::FROM;
    ast::ExprId first = builder.literal(*context->literal(0));
    (from ? out.from : out.until) = first;
    if (auto* second = context->literal(1))
        out.until = builder.literal(*second);
    return out;
}

ast::RuleHead build_head(Builder& builder, antlr4::ParserRuleContext& declaration,
                         Grammar::NameContext* name, Grammar::EffectiveContext* effective) {
    ast::RuleHead head;
    head.name = builder.name(name);
    head.effective = build_effective(builder, effective);
    head.span = builder.span(declaration);
    return head;
}

void add_rule_clause(Builder& builder, Grammar::RuleClauseContext& clause,
                     std::vector<ast::Name>& owners, std::optional<ast::Text>& doc,
                     std::vector<ast::Allow>& allows) {
    if (auto* names = clause.names()) {
        for (ast::Name& owner : builder.names(*names))
            owners.push_back(std::move(owner));
    } else if (auto* allow = clause.allow()) {
        allows.push_back(build_allow(builder, *allow));
    } else if (const Word& word = *static_cast<Word*>(clause.start); !builder.stray(word)) {
        builder.once(doc, builder.text(*clause.text()), word);
    }
}

void add_rule_clause(Builder& builder, Grammar::RuleClauseContext& clause, ast::RuleHead& head) {
    add_rule_clause(builder, clause, head.owners, head.doc, head.allows);
}

ast::Condition build_condition(Builder& builder, antlr4::ParserRuleContext& clause,
                               Grammar::ExpressionContext* condition,
                               Grammar::BecauseContext* because) {
    return {builder.expression(condition), builder.because(because, clause), builder.span(clause)};
}

ast::Frequency build_frequency(Builder& builder, Grammar::FrequencyContext& context) {
    return {builder.operand(context.operand(0)), builder.operand(context.operand(1)),
            builder.span(context)};
}

ast::ControlGroup build_control(Builder& builder, Grammar::ControlGroupContext& context) {
    return {builder.operand(context.operand()), builder.span(context)};
}

ast::Party build_party(Builder& builder, Grammar::PartyContext& context) {
    if (auto* text = context.text())
        return {builder.text(*text).value, true, builder.span(context)};
    return {builder.name(context.name()).text, false, builder.span(context)};
}

} // namespace rulec::syntax
