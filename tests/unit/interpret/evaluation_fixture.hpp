// A small plan, small data and an evaluator over them.
#pragma once

#include <memory>
#include <string_view>

#include <gtest/gtest.h>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/plan/validate.hpp"
#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {

inline const std::int64_t kToday = at("2026-06-30T12:00:00Z");

class EvaluationTest : public ::testing::Test {
protected:
    SmallPlan plan;
    SmallData data{plan};

    // Of the first account unless said otherwise. The plan and the data are finished then.
    Value value(NodeId node, std::int64_t instant = kToday, data::RowIndex account = 0) {
        return evaluator().evaluate(node, row(account, instant));
    }
    interpret::RowContext row(data::RowIndex account = 0, std::int64_t instant = kToday) {
        frame_ = {plan.plan.schema.root, account};
        interpret::RowContext row;
        row.instant = instant;
        row.frames = {&frame_, 1};
        return row;
    }
    interpret::Evaluator& evaluator() {
        if (!evaluator_) {
            EXPECT_EQ(plan::validate(plan.plan), std::nullopt);
            dataset_ = std::make_unique<data::Dataset>(data.build());
            auto prepared = interpret::PreparedPlan::prepare(plan.plan);
            EXPECT_TRUE(prepared.has_value()) << prepared.error().message;
            prepared_ = std::make_unique<interpret::PreparedPlan>(std::move(*prepared));
            evaluator_ = std::make_unique<interpret::Evaluator>(*prepared_, *dataset_);
        }
        return *evaluator_;
    }

    // Once the evaluator was asked for.
    const interpret::PreparedPlan& prepared() const { return *prepared_; }
    const data::Dataset& dataset() const { return *dataset_; }

    const interpret::FitResult& fit(std::uint32_t rule, std::int64_t instant = kToday) {
        return *evaluator().fit(rule, 0, instant);
    }

private:
    interpret::Record frame_;
    std::unique_ptr<data::Dataset> dataset_;
    std::unique_ptr<interpret::PreparedPlan> prepared_;
    std::unique_ptr<interpret::Evaluator> evaluator_;
};

// What a value is, for messages and comparison: `true`, `12`, `1.5`, `"text"`, or the cause.
inline std::string shown(const Value& value) {
    if (!value.known())
        return "unknown: " + std::string(plan::words(value.why().cause));
    switch (value.alternative()) {
    case 1:
        return value.boolean() ? "true" : "false";
    case 2:
        return std::to_string(value.integer());
    case 3:
        return ::testing::PrintToString(value.real());
    default:
        return '"' + value.text() + '"';
    }
}

#define EXPECT_VALUE(actual, expected)                                                             \
    EXPECT_EQ(::rulebook::testing::shown(actual), ::rulebook::testing::shown(expected))
#define EXPECT_UNKNOWN(actual, expected_cause, expected_origin)                                    \
    do {                                                                                           \
        const ::rulebook::plan::Value unknown_value = actual;                                      \
        ASSERT_FALSE(unknown_value.known()) << ::rulebook::testing::shown(unknown_value);          \
        EXPECT_EQ(unknown_value.why().cause, ::rulebook::plan::Cause::expected_cause)              \
            << ::rulebook::testing::shown(unknown_value);                                          \
        EXPECT_EQ(unknown_value.why().origin, (expected_origin));                                  \
    } while (false)

} // namespace rulebook::testing
