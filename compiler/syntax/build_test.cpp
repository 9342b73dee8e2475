#include "compiler/syntax/build_declarations.hpp"

namespace rulec::syntax {
namespace {

ast::TestRecord build_record(Builder& builder, Grammar::RecordContext& context);

// `plan.basic`, `basic`
ast::ExprId enum_value(Builder& builder, Grammar::TestValueContext& context) {
    ast::ExprId first = builder.name_reference(builder.name(context.name(0)));
    auto* second = context.name(1);
    return second == nullptr
               ? first
               : builder.add(ast::Member{first, builder.name(second)}, builder.span(context));
}

// A duration with a sign is an offset from the origin; anything else with a sign is a value.
void signed_value(Builder& builder, Grammar::TestValueContext& context, ast::TestValue& out) {
    std::size_t sign = leaf_type(context, 0);
    auto* literal = context.literal();
    out.expression =
        literal != nullptr ? builder.literal(*literal) : builder.money(*context.money());
    bool offset = (sign == Grammar::PLUS || sign == Grammar::MINUS) && literal != nullptr &&
                  literal->unit() != nullptr;
    if (offset) {
        out.kind = ast::TestValue::Kind::Offset;
        out.negative = sign == Grammar::MINUS;
    } else if (sign == Grammar::MINUS) {
        out.expression = builder.add(ast::Negate{out.expression}, builder.span(context));
    }
}

ast::TestValue build_value(Builder& builder, Grammar::TestValueContext& context) {
    ast::TestValue out;
    out.span = builder.span(context);
    if (context.name(0) != nullptr) {
        out.expression = enum_value(builder, context);
    } else if (leaf_type(context, 0) == Grammar::LBRACKET) {
        out.kind = ast::TestValue::Kind::Records;
        for (auto* record : context.record())
            out.records.push_back(build_record(builder, *record));
    } else {
        signed_value(builder, context, out);
    }
    return out;
}

ast::TestRecord build_record(Builder& builder, Grammar::RecordContext& context) {
    ast::TestRecord record;
    record.span = builder.span(context);
    for_each_clause(builder, context.recordField(), [&](auto& field) {
        record.fields.push_back({builder.name(field.name()),
                                 build_value(builder, *field.testValue()), builder.span(field)});
    });
    return record;
}

ast::FiringExpectation firing_expectation(Grammar::ExpectationContext& context, std::size_t kind) {
    using Kind = ast::FiringExpectation;
    switch (kind) {
    case Grammar::FIRES:
        return context.TIMES() != nullptr ? Kind::FiresTimes : Kind::Fires;
    case Grammar::SUPPRESSED:
        return Kind::Suppressed;
    case Grammar::CONTROL:
        return Kind::Control;
    case Grammar::PENDING:
        return Kind::Pending;
    default:
        return context.SUPPRESSED() != nullptr ? Kind::NeverSuppressed : Kind::NeverFires;
    }
}

ast::ExpectFiring build_firing(Builder& builder, Grammar::ExpectationContext& context,
                               std::size_t kind) {
    ast::ExpectFiring out;
    out.trigger = builder.name(context.name());
    out.expectation = firing_expectation(context, kind);
    if (auto* times = context.wholeNumber())
        out.times = builder.whole_number(*times);
    if (auto* values = context.testValues())
        for (auto* value : values->testValue())
            out.instants.push_back(build_value(builder, *value));
    return out;
}

ast::ExpectCredit build_credited(Builder& builder, Grammar::ExpectationContext& context) {
    ast::ExpectCredit out;
    out.credit = builder.name(context.name());
    for (auto* each : context.creditedAmount()) {
        ast::ExprId amount = each->literal() != nullptr ? builder.literal(*each->literal())
                                                        : builder.money(*each->money());
        if (leaf_type(*each, 1) == Grammar::MINUS)
            amount = builder.add(ast::Negate{amount}, builder.span(*each));
        out.amounts.push_back({build_party(builder, *each->party()), amount, builder.span(*each)});
    }
    return out;
}

ast::Expectation build_expectation(Builder& builder, Grammar::ExpectationContext& context,
                                   Span whole) {
    if (auto* condition = context.expression())
        return {ast::ExpectCondition{builder.expression(condition)}, whole};
    std::size_t kind = leaf_type(context, 1);
    if (kind == Grammar::GIVES)
        return {build_credited(builder, context), whole};
    if (context.FLAGS() != nullptr)
        return {ast::ExpectFlags{builder.name(context.name()), builder.names(*context.names()),
                                 context.NEVER() != nullptr},
                whole};
    return {build_firing(builder, context, kind), whole};
}

void add_test_clause(Builder& builder, Grammar::TestClauseContext& clause, ast::Test& test) {
    const Word& word = *static_cast<const Word*>(clause.start);
    Span whole = builder.span(clause);
    if (auto* record = clause.record())
        test.entities.push_back(
            {builder.name(*clause.clauseName()), build_record(builder, *record), whole});
    else if (auto* expectation = clause.expectation())
        test.expectations.push_back(build_expectation(builder, *expectation, whole));
    else if (auto* instant = clause.testValue())
        builder.once(test.as_of, build_value(builder, *instant), word);
    else
        test.controls.push_back({builder.name(clause.name()), whole});
}

} // namespace

ast::Test build_test(Builder& builder, Grammar::TestContext& context) {
    ast::Test test;
    if (sound(context.text()))
        test.name = builder.text(*context.text());
    test.span = builder.span(context);
    for_each_clause(builder, context.testClause(),
                    [&](auto& clause) { add_test_clause(builder, clause, test); });
    return test;
}

} // namespace rulec::syntax
