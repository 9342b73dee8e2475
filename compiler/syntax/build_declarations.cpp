#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

template <class Context, class Result>
ast::Declaration built(Builder& builder, antlr4::ParserRuleContext& rule,
                       Result (*build)(Builder&, Context&)) {
    return build(builder, static_cast<Context&>(rule));
}

// Those without clauses are built whole or not at all.
std::optional<ast::Declaration> build_line(Builder& builder, antlr4::ParserRuleContext& rule) {
    switch (rule.getRuleIndex()) {
    case Grammar::RuleList:
        return built(builder, rule, build_list);
    case Grammar::RuleLookup:
        return built(builder, rule, build_lookup);
    case Grammar::RuleEnumeration:
        return built(builder, rule, build_enum);
    case Grammar::RuleDefine:
        return built(builder, rule, build_define);
    case Grammar::RuleSignal:
        return built(builder, rule, build_signal);
    default:
        return std::nullopt;
    }
}

std::optional<ast::Declaration> build_block(Builder& builder, antlr4::ParserRuleContext& rule) {
    switch (rule.getRuleIndex()) {
    case Grammar::RuleRulebookHeader:
        return built(builder, rule, build_header);
    case Grammar::RuleTeam:
        return built(builder, rule, build_team);
    case Grammar::RuleEntity:
        return built(builder, rule, build_entity);
    case Grammar::RuleFit:
        return built(builder, rule, build_fit);
    case Grammar::RuleDecide:
        return built(builder, rule, build_decide);
    case Grammar::RuleMotion:
        return built(builder, rule, build_motion);
    case Grammar::RuleTable:
        return built(builder, rule, build_table);
    case Grammar::RuleCalendar:
        return built(builder, rule, build_calendar);
    case Grammar::RulePolicy:
        return built(builder, rule, build_policy);
    case Grammar::RuleTrigger:
        return built(builder, rule, build_trigger);
    case Grammar::RuleRates:
        return built(builder, rule, build_rates);
    case Grammar::RuleCredit:
        return built(builder, rule, build_credit);
    case Grammar::RuleMeasure:
        return built(builder, rule, build_measure);
    case Grammar::RuleRoi:
        return built(builder, rule, build_roi);
    case Grammar::RuleTest:
        return built(builder, rule, build_test);
    default:
        return std::nullopt;
    }
}

// A block can be used if at least its name was read.
bool named(antlr4::ParserRuleContext& rule) {
    if (rule.getRuleIndex() == Grammar::RuleTest)
        return sound(static_cast<Grammar::TestContext&>(rule).text());
    return sound(rule.getRuleContext<Grammar::NameContext>(0));
}

} // namespace

std::optional<ast::Declaration> build_declaration(Builder& builder,
                                                  Grammar::DeclarationContext& context) {
    auto* rule = context.children.empty()
                     ? nullptr
                     : dynamic_cast<antlr4::ParserRuleContext*>(context.children[0]);
    if (!sound(&context) || !sound(rule))
        builder.incomplete();
    if (rule == nullptr)
        return std::nullopt;
    if (sound(rule) && sound(&context))
        if (auto line = build_line(builder, *rule))
            return line;
    return named(*rule) ? build_block(builder, *rule) : std::nullopt;
}

} // namespace rulec::syntax
