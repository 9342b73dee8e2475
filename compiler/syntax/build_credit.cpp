// Rates and credit.
#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

// The rows of a table of rates, until all clauses are read.
struct Lines {
    Grammar::TableHeadContext* head = nullptr;
    std::vector<Grammar::TableRowContext*> rows;
};

ast::Rate rate(Builder& builder, Grammar::RatePairContext& pair) {
    return {builder.name(*pair.clauseName()), builder.signed_number(pair.signedNumber()),
            builder.span(pair)};
}

ast::RateSegment rate_segment(Builder& builder, Grammar::RatesClauseContext& clause) {
    ast::RateSegment segment;
    if (auto* key = clause.party())
        segment.key = build_party(builder, *key);
    for (auto* pair : clause.ratePair())
        segment.rates.push_back(rate(builder, *pair));
    segment.span = builder.span(clause);
    return segment;
}

void add_rates_clause(Builder& builder, Grammar::RatesClauseContext& clause, ast::Rates& rates,
                      Lines& lines) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, rates.head);
    if (auto* head = clause.tableHead())
        return void(lines.head = head);
    if (auto* row = clause.tableRow())
        return lines.rows.push_back(row);
    if (auto* file = clause.text())
        return builder.once(rates.from, builder.text(*file), *leaf(clause.children[0]));
    if (clause.COLON() != nullptr)
        return rates.segments.push_back(rate_segment(builder, clause));
    rates.literals.push_back(rate(builder, *clause.ratePair(0)));
}

// --- split models
// ----------------------------------------------------------------------------------

ast::PositionSplit position(Builder& builder, Grammar::SplitModelContext& context) {
    return {builder.signed_number(context.signedNumber(0)),
            builder.signed_number(context.signedNumber(1)),
            builder.signed_number(context.signedNumber(2))};
}

// `first 30%`, `others 10%` come as operands that are these words.
ast::MilestonesSplit milestones(Builder& builder, Grammar::SplitModelContext& context) {
    ast::MilestonesSplit out;
    for (auto* each : context.milestone()) {
        ast::Milestone milestone;
        auto& operand = *each->operand();
        std::string_view word = operand.start == operand.stop
                                    ? builder.text_of(*static_cast<const Word*>(operand.start))
                                    : std::string_view();
        milestone.kind = word == "first"    ? ast::Milestone::Kind::First
                         : word == "others" ? ast::Milestone::Kind::Others
                                            : ast::Milestone::Kind::Instant;
        if (milestone.kind == ast::Milestone::Kind::Instant)
            milestone.instant = builder.operand(&operand);
        milestone.share = builder.signed_number(each->signedNumber());
        milestone.span = builder.span(*each);
        out.milestones.push_back(milestone);
    }
    return out;
}

ast::KeyedWeight keyed(Builder& builder, Grammar::WeightContext& context) {
    return {build_party(builder, *context.party()), builder.signed_number(context.signedNumber()),
            builder.span(context)};
}

ast::WeightsSplit weights(Builder& builder, Grammar::SplitModelContext& context) {
    ast::WeightsSplit out;
    out.by = builder.name(context.name());
    for (auto* each : context.weight()) {
        if (each->party() == nullptr)
            builder.once(out.otherwise, builder.signed_number(each->signedNumber()),
                         *leaf(each->children[0]));
        else
            out.weights.push_back(keyed(builder, *each));
    }
    return out;
}

ast::SplitModel fixed(Builder& builder, Grammar::SplitModelContext& context) {
    ast::FixedSplit out;
    for (auto* each : context.weight()) {
        if (each->party() == nullptr) {
            builder.diagnostics().emit<RB0107>(builder.span(*each), "`otherwise`");
            builder.incomplete();
            return ast::ErroneousSplit{};
        }
        out.shares.push_back(keyed(builder, *each));
    }
    return out;
}

ast::IncrementalSplit incremental(Builder& builder, Grammar::SplitModelContext& context) {
    ast::IncrementalSplit out;
    out.rates = builder.name(context.name());
    out.to = build_party(builder, *context.party(0));
    if (auto* rest = context.party(1))
        out.rest_to = build_party(builder, *rest);
    return out;
}

ast::SplitModel split_model(Builder& builder, Grammar::SplitModelContext& context) {
    switch (leaf_type(context, 0)) {
    case Grammar::FIRST:
        return ast::FirstSplit{};
    case Grammar::LAST:
        return ast::LastSplit{};
    case Grammar::EQUAL:
        return ast::EqualSplit{builder.name(context.name())};
    case Grammar::POSITION:
        return position(builder, context);
    case Grammar::MILESTONES:
        return milestones(builder, context);
    case Grammar::DECAY:
        return ast::DecaySplit{builder.operand(context.operand())};
    case Grammar::WEIGHTS:
        return weights(builder, context);
    case Grammar::FIXED:
        return fixed(builder, context);
    case Grammar::INCREMENTAL:
        return incremental(builder, context);
    default:
        return ast::MarkovSplit{builder.text(*context.text())};
    }
}

// --- credit
// ----------------------------------------------------------------------------------------

ast::Split build_split(Builder& builder, Grammar::CreditClauseContext& clause) {
    ast::Split split;
    split.model = split_model(builder, *clause.splitModel());
    split.model_span = builder.span(*clause.splitModel());
    split.when = builder.expression(clause.expression());
    split.otherwise = clause.OTHERWISE() != nullptr;
    split.because = builder.because(clause.because(), clause);
    split.span = builder.span(clause);
    return split;
}

void add_flag(Builder& builder, Grammar::CreditClauseContext& clause, ast::Credit& credit) {
    ast::Condition when = build_condition(builder, clause, clause.expression(), clause.because());
    credit.flags.push_back({builder.name(clause.name()), std::move(when), builder.span(clause)});
}

void add_credit_clause(Builder& builder, Grammar::CreditClauseContext& clause,
                       ast::Credit& credit) {
    if (auto* shared = clause.ruleClause())
        return add_rule_clause(builder, *shared, credit.head);
    const Word& word = *leaf(clause.children[0]);
    Span whole = builder.span(clause);
    switch (word.getType()) {
    case Grammar::FOR:
        return builder.once(credit.deals, builder.selection(*clause.selection()), word);
    case Grammar::AT:
        if (clause.LEAST() == nullptr)
            return builder.once(credit.at, builder.operand(clause.operand()), word);
        credit.floors.push_back({builder.signed_number(clause.signedNumber()),
                                 build_party(builder, *clause.party()), whole});
        return;
    case Grammar::DIVIDE:
        return builder.once(credit.divide, builder.operand(clause.operand()), word);
    case Grammar::AMONG:
        return builder.once(credit.among, builder.selection(*clause.selection()), word);
    case Grammar::PARTIES:
        return builder.once(credit.parties, builder.operand(clause.operand()), word);
    case Grammar::SPLIT:
        return void(credit.splits.push_back(build_split(builder, clause)));
    case Grammar::WITHOUT:
        return builder.once(credit.without,
                            ast::Touchless{builder.name(clause.name()),
                                           build_party(builder, *clause.party()), whole},
                            word);
    default:
        return add_flag(builder, clause, credit);
    }
}

} // namespace

ast::Rates build_rates(Builder& builder, Grammar::RatesContext& context) {
    ast::Rates rates;
    rates.head = build_head(builder, context, context.name(), context.effective());
    rates.by = builder.operand(context.operand());
    Lines lines;
    for_each_clause(builder, context.ratesClause(),
                    [&](auto& clause) { add_rates_clause(builder, clause, rates, lines); });
    if (lines.head != nullptr)
        rates.table = build_table_body(builder, lines.head, lines.rows);
    return rates;
}

ast::Credit build_credit(Builder& builder, Grammar::CreditContext& context) {
    ast::Credit credit;
    credit.head = build_head(builder, context, context.name(), context.effective());
    for_each_clause(builder, context.creditClause(),
                    [&](auto& clause) { add_credit_clause(builder, clause, credit); });
    return credit;
}

} // namespace rulec::syntax
