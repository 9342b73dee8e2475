#include "compiler/syntax/build_pattern.hpp"

namespace rulec::syntax {
namespace {

ast::PatternId nested(Builder& builder, Grammar::PatternContext& context);

ast::Bucket bucket(Grammar::BucketContext& context) {
    switch (leaf_type(context, 0)) {
    case Grammar::ISO:
        return ast::Bucket::IsoWeek;
    case Grammar::MONTH:
    case Grammar::MONTHS:
        return ast::Bucket::Month;
    default:
        return ast::Bucket::Day;
    }
}

ast::ExprId count(Builder& builder, Grammar::PatternNumberContext& context) {
    if (auto* number = context.number())
        return builder.number(*number);
    return builder.name_reference(builder.name(context.name()));
}

// `3 times`, `with 3 different user`, `on 3 different days`
ast::PatternId counted(Builder& builder, Grammar::PatternCountContext& context,
                       ast::PatternId pattern, Span span) {
    ast::ExprId number = count(builder, *context.patternNumber());
    if (auto* days = context.bucket())
        return builder.add_pattern(ast::DifferentBucketsPattern{pattern, number, bucket(*days)},
                                   span);
    if (auto* field = context.name())
        return builder.add_pattern(
            ast::DifferentValuesPattern{pattern, number, builder.name(field)}, span);
    return builder.add_pattern(ast::RepeatedPattern{pattern, number}, span);
}

ast::PatternId atom(Builder& builder, Grammar::PatternAtomContext& context) {
    ast::PatternId out;
    if (auto* inner = context.pattern()) {
        out = nested(builder, *inner);
    } else {
        ast::Name signal = builder.name(*context.signalName());
        Span at = signal.span;
        out = builder.add_pattern(ast::SignalPattern{std::move(signal)}, at);
    }
    Span begin = builder.span(*static_cast<const Word*>(context.start));
    for (auto* each : context.patternCount())
        out = counted(builder, *each, out, begin.to(builder.span(*each)));
    return out;
}

ast::PatternOperator pattern_operator(std::size_t type) {
    return type == Grammar::THEN  ? ast::PatternOperator::Then
           : type == Grammar::AND ? ast::PatternOperator::And
                                  : ast::PatternOperator::Or;
}

ast::PatternId sequence(Builder& builder, Grammar::PatternSequenceContext& context) {
    std::vector<ast::PatternId> operands;
    std::size_t op = 0;
    bool mixed = false;
    for (ParseTree* part : context.children) {
        const Word* word = leaf(part);
        if (word == nullptr) {
            operands.push_back(atom(builder, *static_cast<Grammar::PatternAtomContext*>(part)));
            continue;
        }
        if (op != 0 && op != word->getType() && !mixed) {
            builder.diagnostics().emit<RB0124>(builder.span(*word));
            mixed = true;
        }
        op = word->getType();
    }
    Span whole = builder.span(context);
    if (mixed) {
        builder.incomplete();
        return builder.add_pattern(ast::ErroneousPattern{}, whole);
    }
    if (operands.size() == 1)
        return operands.front();
    return builder.add_pattern(ast::JoinedPattern{pattern_operator(op), std::move(operands)},
                               whole);
}

ast::PatternId nested(Builder& builder, Grammar::PatternContext& context) {
    ast::PatternId inner = sequence(builder, *context.patternSequence());
    if (context.WITHIN() == nullptr)
        return inner;
    ast::WithinPattern within{inner, {}, {}};
    if (auto* same = context.bucket())
        within.same = bucket(*same);
    else
        within.duration = builder.duration(*context.span());
    return builder.add_pattern(within, builder.span(context));
}

ast::PatternId silence(Builder& builder, Grammar::TriggerPatternContext& context) {
    ast::Name name = builder.name(*context.signalName());
    Span at = name.span;
    ast::PatternId signal = builder.add_pattern(ast::SignalPattern{std::move(name)}, at);
    return builder.add_pattern(ast::SilencePattern{signal, builder.duration(*context.span())},
                               builder.span(context));
}

ast::PatternId clock(Builder& builder, Grammar::TriggerPatternContext& context) {
    ast::ClockPattern out;
    if (auto* offset = context.literal()) {
        bool before = leaf_type(context, 1) == Grammar::BEFORE;
        out.kind = before ? ast::ClockKind::Before : ast::ClockKind::After;
        out.offset = builder.literal(*offset);
    }
    out.field = builder.operand(context.operand());
    return builder.add_pattern(out, builder.span(context));
}

} // namespace

ast::PatternId build_pattern(Builder& builder, Grammar::TriggerPatternContext& context) {
    Span whole = builder.span(context);
    switch (leaf_type(context, 0)) {
    case Grammar::NO:
        return silence(builder, context);
    case Grammar::BECOMES: {
        ast::ExprId condition = builder.expression(context.expression());
        return builder.add_pattern(
            ast::BecomesPattern{condition, builder.operand(context.operand())}, whole);
    }
    default:
        break;
    }
    auto* pattern = context.pattern();
    if (pattern == nullptr)
        return clock(builder, context);
    ast::PatternId inner = nested(builder, *pattern);
    if (context.WITHOUT() == nullptr)
        return inner;
    ast::PatternId absent = atom(builder, *context.patternAtom());
    return builder.add_pattern(
        ast::WithoutPattern{inner, absent, builder.duration(*context.span())}, whole);
}

} // namespace rulec::syntax
