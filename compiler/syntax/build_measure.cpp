// Measures and returns.
#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

ast::MeasuredRate build_rate(Builder& builder, Grammar::MeasureClauseContext& clause) {
    ast::MeasuredRate rate;
    rate.span = builder.span(clause);
    rate.records.value = builder.operand(clause.operand(0));
    rate.records.where = builder.expression(clause.expression());
    rate.records.by = builder.name(clause.name());
    rate.records.span = rate.span;
    rate.within = builder.duration(*clause.span());
    return rate;
}

ast::Watch build_watch(Builder& builder, Grammar::MeasureClauseContext& clause) {
    ast::Watch watch;
    watch.direction =
        clause.DROP() != nullptr ? ast::WatchDirection::Drop : ast::WatchDirection::Rise;
    watch.change = builder.operand(clause.operand(0));
    watch.over = builder.operand(clause.operand(1));
    watch.confidence = builder.operand(clause.operand(2));
    watch.span = builder.span(clause);
    return watch;
}

void add_measure_clause(Builder& builder, Grammar::MeasureClauseContext& clause,
                        ast::Measure& measure) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, measure.head);
    const Word& word = *leaf(clause.children[0]);
    switch (word.getType()) {
    case Grammar::OF:
        return builder.once(measure.of, builder.operand(clause.operand(0)), word);
    case Grammar::RATE:
        return builder.once(measure.rate, build_rate(builder, clause), word);
    case Grammar::PER:
        for (auto* segment : clause.operand())
            measure.per.push_back(builder.operand(segment));
        return;
    case Grammar::COMPARE:
        return builder.once(measure.compare_control, builder.span(clause), word);
    default:
        return void(measure.watches.push_back(build_watch(builder, clause)));
    }
}

void add_roi_clause(Builder& builder, Grammar::RoiClauseContext& clause, ast::Roi& roi) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, roi.head);
    const Word& word = *leaf(clause.children[0]);
    ast::ExprId value = builder.operand(clause.operand());
    auto volume = [&] {
        return ast::DealVolume{value, builder.unit(*clause.unit()), builder.span(clause)};
    };
    switch (word.getType()) {
    case Grammar::RATES:
        return builder.once(roi.rates, builder.name(clause.name()), word);
    case Grammar::DEALS:
        return builder.once(roi.deals, volume(), word);
    case Grammar::ACV:
        return builder.once(roi.acv, value, word);
    case Grammar::REP:
        return builder.once(roi.rep_closes, volume(), word);
    case Grammar::OTE:
        return builder.once(roi.ote, value, word);
    case Grammar::TARGET:
        return builder.once(roi.target, value, word);
    default:
        roi.staff_span = builder.span(clause);
        return builder.once(roi.staff,
                            clause.ADDITIONAL() != nullptr ? ast::Staffing::ForAdditional
                                                           : ast::Staffing::ForAllAssisted,
                            word);
    }
}

} // namespace

ast::Measure build_measure(Builder& builder, Grammar::MeasureContext& context) {
    ast::Measure measure;
    measure.head = build_head(builder, context, context.name(), context.effective());
    for_each_clause(builder, context.measureClause(),
                    [&](auto& clause) { add_measure_clause(builder, clause, measure); });
    return measure;
}

ast::Roi build_roi(Builder& builder, Grammar::RoiContext& context) {
    ast::Roi roi;
    roi.head = build_head(builder, context, context.name(), context.effective());
    for_each_clause(builder, context.roiClause(),
                    [&](auto& clause) { add_roi_clause(builder, clause, roi); });
    return roi;
}

} // namespace rulec::syntax
