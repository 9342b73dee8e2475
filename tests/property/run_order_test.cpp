// Results depend on the records, not on how they come or in which order they are asked for.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/engine/run.hpp"
#include "tests/unit/engine/small_rulebook.hpp"

namespace rulebook::testing {
namespace {

RC_GTEST_PROP(Run, DoesNotDependOnTheOrderOfTheInput, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    const SmallRulebook rulebook;
    auto records = random_records(random, *rc::gen::inRange<data::RowIndex>(1, 20));
    const data::Dataset as_made = dataset_of(rulebook, records);
    std::ranges::shuffle(records, random);
    const data::Dataset shuffled = dataset_of(rulebook, records);
    const auto first = engine::run(rulebook.plan, as_made, {});
    const auto second = engine::run(rulebook.plan, shuffled, {});
    RC_ASSERT(first.has_value() && second.has_value());
    RC_ASSERT(*first == *second);
}

// What an evaluator remembers of one row never shows in another.
RC_GTEST_PROP(Evaluator, AnswersAsAFreshOneWould, (std::uint32_t seed)) {
    std::mt19937 random(seed);
    SmallRulebook rulebook;
    const NodeId score = rulebook.rule_result(Op::FitScore, kPoints, SmallRulebook::kIcp);
    const NodeId earlier = rulebook.node(Op::AsOfAgo, kPoints, {score});
    rulebook.last_node().detail = 7 * kDay;
    const NodeId difference =
        rulebook.node(Op::SubtractNumber, kNumber,
                      {rulebook.node(Op::PointsToNumber, kNumber, {score}),
                       rulebook.node(Op::PointsToNumber, kNumber, {earlier})});
    const data::Dataset dataset = dataset_of(rulebook, random_records(random, 4));
    const auto prepared = interpret::PreparedPlan::prepare(rulebook.plan);
    interpret::Evaluator reused(*prepared, dataset);
    for (int i = 0; i < 10; ++i) {
        const auto account = *rc::gen::inRange<data::RowIndex>(0, 4);
        const std::int64_t instant =
            at("2026-03-01") + *rc::gen::inRange<std::int64_t>(0, 60) * kDay;
        interpret::Evaluator fresh(*prepared, dataset);
        const interpret::Record root{0, account};
        interpret::RowContext row;
        row.instant = instant;
        row.frames = {&root, 1};
        RC_ASSERT(reused.evaluate(difference, row) == fresh.evaluate(difference, row));
        RC_ASSERT(*reused.fit(SmallRulebook::kIcp, account, instant) ==
                  *fresh.fit(SmallRulebook::kIcp, account, instant));
        RC_ASSERT(*reused.decision(SmallRulebook::kRoute, account, instant) ==
                  *fresh.decision(SmallRulebook::kRoute, account, instant));
    }
}

} // namespace
} // namespace rulebook::testing
