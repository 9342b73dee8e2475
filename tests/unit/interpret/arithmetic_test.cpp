#include <cmath>
#include <limits>

#include "tests/unit/interpret/evaluation_fixture.hpp"

namespace rulebook::testing {
namespace {

constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();

class ArithmeticTest : public EvaluationTest {
protected:
    struct Case {
        Op op;
        plan::Type type;
        std::vector<std::pair<plan::Type, Value>> operands;
        std::variant<Value, plan::Cause> expected;
        NodeId node = kNoNode;
    };

    void SetUp() override { data.account(); }

    // Builds all cases, then compares; an expected unknown must arise at the node itself.
    void check(std::vector<Case> cases) {
        for (Case& row : cases) {
            std::vector<NodeId> operands;
            for (const auto& [type, literal] : row.operands)
                operands.push_back(plan.constant(type, literal));
            row.node = plan.node(row.op, row.type, operands);
        }
        for (const Case& row : cases) {
            const Value expected =
                std::holds_alternative<Value>(row.expected)
                    ? std::get<Value>(row.expected)
                    : Value::unknown(std::get<plan::Cause>(row.expected), row.node);
            EXPECT_EQ(value(row.node), expected) << plan::name(row.op) << " of case at node "
                                                 << row.node << " gives " << shown(value(row.node));
        }
    }
    static Case whole(Op op, std::int64_t a, std::int64_t b,
                      std::variant<Value, plan::Cause> expected) {
        return {op, kInt, {{kInt, integer(a)}, {kInt, integer(b)}}, std::move(expected)};
    }
    static Case real(Op op, double a, double b, std::variant<Value, plan::Cause> expected) {
        return {op, kNumber, {{kNumber, number(a)}, {kNumber, number(b)}}, std::move(expected)};
    }
};

using plan::Cause;

TEST_F(ArithmeticTest, ExactOperationsNeverWrap) {
    check({whole(Op::AddExact, 2, 3, integer(5)),
           whole(Op::AddExact, kGreatest, 1, Cause::Overflow),
           whole(Op::SubtractExact, 2, 3, integer(-1)),
           whole(Op::SubtractExact, kLeast, 1, Cause::Overflow),
           whole(Op::MultiplyExact, -4, 3, integer(-12)),
           whole(Op::MultiplyExact, kGreatest, 2, Cause::Overflow),
           {Op::NegateExact, kInt, {{kInt, integer(5)}}, integer(-5)},
           {Op::NegateExact, kInt, {{kInt, integer(kLeast)}}, Cause::Overflow},
           {Op::AbsExact, kInt, {{kInt, integer(-5)}}, integer(5)},
           {Op::AbsExact, kInt, {{kInt, integer(kLeast)}}, Cause::Overflow}});
}

TEST_F(ArithmeticTest, PercentsAndSharesRoundHalfToEven) {
    check({whole(Op::MultiplyPercent, 125'000, 500'000, integer(62'500)),
           whole(Op::MultiplyMoneyPercent, 5, 500'000, integer(2)),
           whole(Op::MultiplyMoneyPercent, 15, 100'000, integer(2)),
           whole(Op::Share, 1, 8, integer(125'000)), whole(Op::Share, 1, 0, Cause::DivisionByZero),
           whole(Op::RoundExact, 25, 10, integer(20)),
           whole(Op::RoundExact, 25, 0, Cause::DivisionByZero)});
}

TEST_F(ArithmeticTest, DatesTakeWholeDays) {
    const auto days = [](Op op, std::int64_t date, std::int64_t duration,
                         std::variant<Value, Cause> expected) {
        return Case{op, kDate, {{kDate, integer(date)}, {kDuration, integer(duration)}}, expected};
    };
    check({days(Op::AddDays, day("2026-02-27"), 2 * kDay, integer(day("2026-03-01"))),
           days(Op::SubtractDays, day("2026-03-01"), kDay, integer(day("2026-02-28"))),
           days(Op::AddDays, day("2026-02-27"), kHour, Cause::Inexact),
           days(Op::AddDays, day("9999-12-31"), kDay, Cause::Overflow),
           whole(Op::DaysBetween, 3, 5, integer(2))});
}

TEST_F(ArithmeticTest, NumbersAreNeverInfiniteAndNeverNaN) {
    check({real(Op::AddNumber, 0.1, 0.2, number(0.1 + 0.2)),
           real(Op::AddNumber, 1e308, 1e308, Cause::Overflow),
           real(Op::SubtractNumber, 1.0, 0.5, number(0.5)),
           real(Op::MultiplyNumber, 1e200, 1e200, Cause::Overflow),
           real(Op::DivideNumber, 1.0, 8.0, number(0.125)),
           real(Op::DivideNumber, 1.0, 0.0, Cause::DivisionByZero),
           real(Op::RoundNumber, 2.5, 1.0, number(2.0)),
           real(Op::RoundNumber, 2.5, 0.0, Cause::DivisionByZero),
           real(Op::Power, 2.0, 10.0, number(1024.0)),
           real(Op::Power, -1.0, 0.5, Cause::NotANumber),
           real(Op::Power, 0.0, -1.0, Cause::DivisionByZero),
           real(Op::Power, 10.0, 400.0, Cause::Overflow),
           {Op::NegateNumber, kNumber, {{kNumber, number(1.5)}}, number(-1.5)},
           {Op::AbsNumber, kNumber, {{kNumber, number(-1.5)}}, number(1.5)}});
}

TEST_F(ArithmeticTest, WideningIsExactOrUnknown) {
    check(
        {{Op::IntToNumber, kNumber, {{kInt, integer(3)}}, number(3.0)},
         {Op::IntToNumber, kNumber, {{kInt, integer((std::int64_t{1} << 53) + 1)}}, Cause::Inexact},
         {Op::PercentToNumber, kNumber, {{kPercent, integer(125'000)}}, number(0.125)},
         {Op::PointsToNumber, kNumber, {{kPoints, integer(1250)}}, number(12.5)},
         {Op::DivideExact, kNumber, {{kInt, integer(1)}, {kInt, integer(4)}}, number(0.25)},
         {Op::DivideExact,
          kNumber,
          {{kInt, integer(1)}, {kInt, integer(0)}},
          Cause::DivisionByZero},
         {Op::Floor, kInt, {{kNumber, number(-2.5)}}, integer(-3)},
         {Op::Ceil, kInt, {{kNumber, number(-2.5)}}, integer(-2)},
         {Op::Ceil, kInt, {{kNumber, number(1e19)}}, Cause::Overflow}});
}

TEST_F(ArithmeticTest, MoneyTimesANumberIsOneOperationOnMinorUnits) {
    const auto money = [](Op op, std::int64_t cents, double by,
                          std::variant<Value, Cause> expected) {
        return Case{op, kDollars, {{kDollars, integer(cents)}, {kNumber, number(by)}}, expected};
    };
    check({money(Op::MultiplyMoneyNumber, 5, 0.5, integer(2)),
           money(Op::MultiplyMoneyNumber, std::int64_t{1} << 60, 1.0, Cause::Overflow),
           money(Op::DivideMoneyNumber, 1000, 8.0, integer(125)),
           money(Op::DivideMoneyNumber, 1000, 0.0, Cause::DivisionByZero)});
}

TEST_F(ArithmeticTest, ConversionMindsTheDigitsOfBothCurrencies) {
    const plan::Type yen = plan::Type::money(*Currency::of("JPY"));
    const plan::Type euros = plan::Type::money(*Currency::of("EUR"));
    check({{Op::ConvertMoney,
            euros,
            {{kDollars, integer(1000)}, {kNumber, number(0.9)}},
            integer(900)},
           {Op::ConvertMoney,
            yen,
            {{kDollars, integer(1000)}, {kNumber, number(150.0)}},
            integer(1500)},
           {Op::ConvertMoney,
            kDollars,
            {{yen, integer(1500)}, {kNumber, number(0.01)}},
            integer(1500)}});
}

TEST_F(ArithmeticTest, TheFirstUnknownOperandIsTheCause) {
    const NodeId first = plan.field("account.employees");
    const NodeId second = plan.unknown(kInt);
    const NodeId sum = plan.node(Op::AddExact, kInt, {first, second});
    const NodeId product = plan.node(Op::MultiplyExact, kInt, {plan.whole(0), sum});
    EXPECT_UNKNOWN(value(sum), MissingInput, first);
    EXPECT_UNKNOWN(value(product), MissingInput, first);
}

TEST_F(ArithmeticTest, LookupsFindTheRowOfTheirKey) {
    plan.plan.lookups = {
        {"rate",
         {kDate, kText},
         kNumber,
         {{{integer(1), text("EUR")}, number(1.1)}, {{integer(2), text("EUR")}, {}}}}};
    const auto lookup = [&](std::int64_t date, std::string code) {
        return plan.node(Op::Lookup, kNumber,
                         {plan.constant(kDate, integer(date)), plan.words(std::move(code))});
    };
    const NodeId found = lookup(1, "EUR");
    const NodeId absent = lookup(1, "USD");
    const NodeId empty = lookup(2, "EUR");
    EXPECT_VALUE(value(found), number(1.1));
    EXPECT_UNKNOWN(value(absent), NoRow, absent);
    EXPECT_UNKNOWN(value(empty), MissingInput, empty);
}

} // namespace
} // namespace rulebook::testing
