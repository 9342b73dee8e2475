#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

void add_limit(Builder& builder, Grammar::PointLimitContext& context, ast::PointLimits& limits) {
    const Word& word = *leaf(context.children[1]);
    bool most = word.getType() == Grammar::MOST;
    builder.once(most ? limits.at_most : limits.at_least,
                 builder.signed_number(context.signedNumber()), word);
}

ast::PointsAlong points_along(Builder& builder, Grammar::PointsAlongContext& context,
                              ast::ExprId from) {
    return {from, builder.signed_number(context.signedNumber()),
            builder.operand(context.operand(0)), builder.operand(context.operand(1)),
            builder.operand(context.operand(2))};
}

ast::PointsForEach points_for_each(Builder& builder, Grammar::PointsForEachContext& context,
                                   ast::ExprId points) {
    ast::PointsForEach out;
    out.points = points;
    out.elements = builder.selection(*context.selection());
    if (auto* fading = context.fading()) {
        bool halving = leaf_type(*fading, 0) == Grammar::HALVING;
        out.fading = halving ? ast::Fading::Halving : ast::Fading::Losing;
        out.losing = builder.signed_number(fading->signedNumber());
        out.every = builder.operand(fading->operand());
    }
    for (auto* limit : context.pointLimit())
        add_limit(builder, *limit, out.limits);
    return out;
}

ast::PointsClause points_clause(Builder& builder, Grammar::PointsClauseContext& context) {
    ast::PointsClause out;
    ast::ExprId points = builder.signed_number(context.signedNumber());
    if (auto* when = context.pointsWhen())
        out.node = ast::PointsWhen{points, builder.expression(when->expression())};
    else if (auto* along = context.pointsAlong())
        out.node = points_along(builder, *along, points);
    else
        out.node = points_for_each(builder, *context.pointsForEach(), points);
    out.because = builder.because(context.because(), context);
    out.span = builder.span(context);
    return out;
}

ast::PointsGroup points_group(Builder& builder, Grammar::FitClauseContext& context) {
    ast::PointsGroup group;
    group.name = builder.name(context.name());
    group.span = builder.span(context);
    for (auto* limit : context.pointLimit())
        add_limit(builder, *limit, group.limits);
    for_each_clause(builder, context.pointsClause(),
                    [&](auto& clause) { group.clauses.push_back(points_clause(builder, clause)); });
    return group;
}

void add_tiers(Builder& builder, Grammar::FitClauseContext& context, ast::Fit& fit) {
    const Word& word = *leaf(context.children[0]);
    if (fit.tier_span.somewhere())
        return builder.repeated(word);
    fit.tier_span = builder.span(context);
    for (auto* tier : context.tierBound())
        fit.tiers.push_back({builder.name(tier->name()),
                             builder.signed_number(tier->signedNumber()), builder.span(*tier)});
}

void add_fit_clause(Builder& builder, Grammar::FitClauseContext& clause, ast::Fit& fit) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, fit.head);
    switch (leaf_type(clause, 0)) {
    case Grammar::OUT:
        fit.clauses.emplace_back(
            ast::OutWhen{build_condition(builder, clause, clause.expression(), clause.because()),
                         builder.span(clause)});
        return;
    case Grammar::GROUP:
        fit.clauses.emplace_back(points_group(builder, clause));
        return;
    case Grammar::SCORE:
        return builder.once(fit.score,
                            ast::ScoreClause{builder.signed_number(clause.signedNumber(0)),
                                             builder.signed_number(clause.signedNumber(1)),
                                             builder.span(clause)},
                            *leaf(clause.children[0]));
    case Grammar::TIER:
        return add_tiers(builder, clause, fit);
    default:
        fit.clauses.emplace_back(points_clause(builder, *clause.pointsClause(0)));
    }
}

} // namespace

ast::Fit build_fit(Builder& builder, Grammar::FitContext& context) {
    ast::Fit fit;
    fit.head = build_head(builder, context, context.name(), context.effective());
    for_each_clause(builder, context.fitClause(),
                    [&](auto& clause) { add_fit_clause(builder, clause, fit); });
    return fit;
}

} // namespace rulec::syntax
