// What differs is made small: tried out with wrong lowerings of the compiler's, which are right
// ones of other rulebooks.
#include <gtest/gtest.h>

#include "tests/differential/corpus_text.hpp"
#include "tests/differential/shorter_text.hpp"
#include "tests/generator/schema_text.hpp"

namespace rulebook::differential {
namespace {

using generator::Randomness;

// Code in which one operation stands for another.
Engine with_wrong_lowering(plan::Op of, plan::Op as) {
    return {"a wrong lowering",
            [of, as](const plan::Plan& plan, const rulec::codegen::Request& request) {
                plan::Plan wrong = plan;
                for (plan::Node& node : wrong.nodes)
                    if (node.op == of)
                        node.op = as;
                return rulec::codegen::compile(wrong, request, rulec::codegen::Optimization::None);
            }};
}

std::optional<Failure> found_by_chance(const Engine& engine) {
    constexpr std::int64_t kInstant = generator::kFirstInstant + 40 * generator::kDay;
    for (std::uint64_t seed = 1; seed < 60; ++seed) {
        Randomness random(seed);
        const Case example = random_case(random);
        if (auto failure = failure_at(engine, example.text, example.records, kInstant))
            return failure;
    }
    return std::nullopt;
}

class WrongLowering : public testing::TestWithParam<std::pair<plan::Op, plan::Op>> {};

TEST_P(WrongLowering, IsShownByAFewLines) {
    const Engine engine = with_wrong_lowering(GetParam().first, GetParam().second);
    const auto failure = found_by_chance(engine);
    ASSERT_TRUE(failure);
    const Failure smallest = shrunk(engine, *failure);
    ASSERT_TRUE(failure_at(engine, smallest.text, smallest.records, smallest.instant));
    std::size_t own = 0; // declarations beside the header, the team and the schema
    const std::string schema(generator::kSchemaText);
    for (const std::string& declaration : declarations(smallest.text))
        own += schema.find(declaration.substr(0, 12)) == std::string::npos ? 1 : 0;
    EXPECT_LE(own, 2) << smallest.text;
    EXPECT_LE(smallest.records.size(), 4);
    EXPECT_LT(smallest.text.size(), 900);

    // As a file of the corpus it is sound, and shows the same.
    const std::string text = corpus_text(smallest);
    EXPECT_TRUE(compiled(text)) << text;
    EXPECT_NE(text.find("expect "), std::string::npos) << text;
    EXPECT_TRUE(failure_at(engine, text, smallest.records, smallest.instant)) << text;
    RecordProperty("case", text);
}

INSTANTIATE_TEST_SUITE_P(Planted, WrongLowering,
                         testing::Values(std::pair(plan::Op::LessEqual, plan::Op::Less),
                                         std::pair(plan::Op::And, plan::Op::Or),
                                         std::pair(plan::Op::SubtractExact, plan::Op::AddExact)));

TEST(ShorterText, LeavesOutOneLine) {
    const auto texts = without_a_line("fit f {\n  points 1\n  points 2\n}\n");
    ASSERT_EQ(texts.size(), 2);
    EXPECT_EQ(texts[0], "fit f {\n  points 2\n}\n");
}

TEST(ShorterText, TakesOperandsOutOfParentheses) {
    const auto texts = with_simpler_expressions("define a = min(seats, (weight + 1))\n");
    const auto has = [&](std::string_view text) {
        return std::ranges::find(texts, text) != texts.end();
    };
    EXPECT_TRUE(has("define a = seats\n"));
    EXPECT_TRUE(has("define a = (weight + 1)\n"));
    EXPECT_TRUE(has("define a = min(seats, weight)\n"));
    EXPECT_TRUE(has("define a = 1\n"));
}

TEST(ShorterText, TellsDeclarationsApart) {
    const auto all = declarations("fit f {\n  points 1\n}\n\ndefine a = 1\n");
    ASSERT_EQ(all.size(), 2);
    EXPECT_EQ(all[1], "define a = 1\n");
}

} // namespace
} // namespace rulebook::differential
