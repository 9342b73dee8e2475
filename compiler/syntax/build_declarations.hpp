// Internal to this folder (names ANTLR types): one function per kind of declaration. Each takes its
// context as recovery left it and leaves out what holds a mistake.
#pragma once

#include "compiler/syntax/builder.hpp"

namespace rulec::syntax {

// Nothing where not even the beginning of the declaration could be read.
std::optional<ast::Declaration> build_declaration(Builder& builder,
                                                  Grammar::DeclarationContext& context);

ast::RulebookHeader build_header(Builder& builder, Grammar::RulebookHeaderContext& context);
ast::Team build_team(Builder& builder, Grammar::TeamContext& context);
ast::List build_list(Builder& builder, Grammar::ListContext& context);
ast::Lookup build_lookup(Builder& builder, Grammar::LookupContext& context);
ast::Enum build_enum(Builder& builder, Grammar::EnumerationContext& context);
ast::Entity build_entity(Builder& builder, Grammar::EntityContext& context);
ast::Define build_define(Builder& builder, Grammar::DefineContext& context);
ast::Signal build_signal(Builder& builder, Grammar::SignalContext& context);
ast::Fit build_fit(Builder& builder, Grammar::FitContext& context);
ast::Decide build_decide(Builder& builder, Grammar::DecideContext& context);
ast::Decide build_motion(Builder& builder, Grammar::MotionContext& context);
ast::Table build_table(Builder& builder, Grammar::TableContext& context);
ast::Calendar build_calendar(Builder& builder, Grammar::CalendarContext& context);
ast::Policy build_policy(Builder& builder, Grammar::PolicyContext& context);
ast::Trigger build_trigger(Builder& builder, Grammar::TriggerContext& context);
ast::Rates build_rates(Builder& builder, Grammar::RatesContext& context);
ast::Credit build_credit(Builder& builder, Grammar::CreditContext& context);
ast::Measure build_measure(Builder& builder, Grammar::MeasureContext& context);
ast::Roi build_roi(Builder& builder, Grammar::RoiContext& context);
ast::Test build_test(Builder& builder, Grammar::TestContext& context);

// --- shared by them
// --------------------------------------------------------------------------------

ast::TypeReference build_type(Builder& builder, Grammar::TypeContext& context);
std::vector<ast::Parameter> build_parameters(Builder& builder, Grammar::ParametersContext* context);
ast::EffectiveRange build_effective(Builder& builder, Grammar::EffectiveContext* context);
ast::RuleHead build_head(Builder& builder, antlr4::ParserRuleContext& declaration,
                         Grammar::NameContext* name, Grammar::EffectiveContext* effective);
// Owners, reason to exist, allowed findings.
void add_rule_clause(Builder& builder, Grammar::RuleClauseContext& clause,
                     std::vector<ast::Name>& owners, std::optional<ast::Text>& doc,
                     std::vector<ast::Allow>& allows);
void add_rule_clause(Builder& builder, Grammar::RuleClauseContext& clause, ast::RuleHead& head);
ast::Allow build_allow(Builder& builder, Grammar::AllowContext& context);
ast::Condition build_condition(Builder& builder, antlr4::ParserRuleContext& clause,
                               Grammar::ExpressionContext* condition,
                               Grammar::BecauseContext* because);
ast::Frequency build_frequency(Builder& builder, Grammar::FrequencyContext& context);
ast::ControlGroup build_control(Builder& builder, Grammar::ControlGroupContext& context);
ast::Party build_party(Builder& builder, Grammar::PartyContext& context);
// Nothing where its head holds a mistake, or is missing.
std::optional<ast::TableBody> build_table_body(Builder& builder, Grammar::TableHeadContext* head,
                                               const std::vector<Grammar::TableRowContext*>& rows);

// Each clause that was read without a mistake.
template <class Context, class Visit>
void for_each_clause(Builder& builder, const std::vector<Context*>& clauses, Visit&& visit) {
    for (Context* clause : clauses)
        sound(clause) ? visit(*clause) : builder.incomplete();
}

} // namespace rulec::syntax
