#include "compiler/jit/compile_rules.hpp"

#include <filesystem>
#include <thread>
#include <unistd.h>

#include <gtest/gtest.h>

#include "runtime/plan/serialize.hpp"
#include "runtime/single/scorer.hpp"

namespace rulebook::jit {
namespace {

RulesText rules(int points, const std::string& name = "a.rules") {
    return {name, R"(rulebook acme { version "1"  timezone "UTC"  currency USD  about account }
team sales { name "Sales" }
entity account { id : text key  seats : int?  email : text? }
fit size { owner sales  points )" +
                      std::to_string(points) + R"( when seats >= 10  score 0 to 100 }
)"};
}

std::int64_t score(const std::shared_ptr<const single::Rulebook>& rulebook) {
    single::Scorer scorer(rulebook);
    scorer.record().set_integer(rulebook->field("seats").value(), 12);
    scorer.evaluate(0);
    return scorer.fit(rulebook->rule("size").value())->score;
}

TEST(PlanOf, IsThePlanThatTheFilesMean) {
    const RulesText one[] = {rules(30)};
    const auto plan = plan_of(one);
    ASSERT_TRUE(plan) << plan.error().message;
    EXPECT_EQ(plan->name, "acme");
    const RulesText two[] = {
        {"b.rules", "decide call -> bool { owner sales  choose true when size.score > 10  "
                    "choose false otherwise }\n"},
        rules(30)};
    const auto both = plan_of(two);
    ASSERT_TRUE(both) << both.error().message;
    EXPECT_EQ(both->rules.size(), 2U);
}

TEST(PlanOf, TellsAllErrorsAndTheCodeOfTheFirst) {
    RulesText broken = rules(30);
    broken.text +=
        "decide a -> bool { owner nobody  choose true when seats > 3  choose false otherwise }\n"
        "decide b -> bool { owner sales  choose true when nothing  choose false otherwise }\n";
    const RulesText files[] = {broken};
    const auto plan = plan_of(files);
    ASSERT_FALSE(plan);
    EXPECT_EQ(plan.error().code.substr(0, 2), "RB");
    EXPECT_NE(plan.error().message.find("a.rules:5:26: error[" + plan.error().code + "]"),
              std::string::npos)
        << plan.error().message;
    EXPECT_NE(plan.error().message.find("a.rules:6:"), std::string::npos) << plan.error().message;
    const RulesText no_rules[] = {{"a.rules", "\xff{{{"}};
    EXPECT_FALSE(plan_of(no_rules));
    EXPECT_EQ(plan_of({}).error().code, "rulebook.no_rules");
}

TEST(PlanOf, ReadsTheFilesThatRulesNameWhereItMay) {
    RulesText with_list = rules(30);
    with_list.text += "list free_mail from \"free.csv\"\n"
                      "decide private -> bool { owner sales  choose true when domain(email) in "
                      "free_mail  choose false otherwise }\n";
    const RulesText files[] = {with_list};
    EXPECT_FALSE(plan_of(files));
    const auto plan = plan_of(files, [](std::string_view path) -> Result<std::string> {
        EXPECT_EQ(path, "free.csv");
        return "domain\ngmail.com\n";
    });
    EXPECT_TRUE(plan) << plan.error().message;
}

TEST(Compile, GivesTheResultsOfTheInterpreter) {
    const RulesText files[] = {rules(30)};
    const auto plan = plan_of(files).value();
    const auto interpreted = single::Rulebook::make(plan, std::nullopt).value();
    for (const auto optimization : {Optimization::None, Optimization::Full}) {
        Options options;
        options.optimization = optimization;
        auto library = compile(plan, options);
        EXPECT_EQ(library.codes.empty(), library.no_code.has_value());
        EXPECT_EQ(library.plan, plan);
        EXPECT_EQ(score(single::Rulebook::make(std::move(library)).value()), score(interpreted));
    }
}

TEST(Compile, KeepsWhatItMadeWhereItIsTold) {
    const auto folder = std::filesystem::temp_directory_path() /
                        ("rulebook_jit_test_" + std::to_string(::getpid()));
    const RulesText files[] = {rules(30)};
    const auto plan = plan_of(files).value();
    Options options;
    options.cache = folder;
    if (const auto library = compile(plan, options); library.no_code)
        GTEST_SKIP() << library.no_code->message;
    const auto entries = [&] {
        return std::distance(std::filesystem::directory_iterator(folder),
                             std::filesystem::directory_iterator());
    };
    EXPECT_EQ(entries(), 1);
    EXPECT_FALSE(compile(plan, options).codes.empty());
    EXPECT_EQ(entries(), 1);
    std::filesystem::remove_all(folder);
}

// Whole compilations on several threads at a time, each of rules of its own.
TEST(Compile, SeveralThreadsAtATime) {
    constexpr int kThreads = 4;
    std::vector<std::int64_t> scores(kThreads);
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < kThreads; ++i)
            threads.emplace_back([i, &scores] {
                const RulesText files[] = {rules(10 + i)};
                auto library = compile(plan_of(files).value());
                scores[static_cast<std::size_t>(i)] =
                    score(single::Rulebook::make(std::move(library)).value());
            });
    }
    for (int i = 0; i < kThreads; ++i)
        EXPECT_EQ(scores[static_cast<std::size_t>(i)], (10 + i) * 100);
}

} // namespace
} // namespace rulebook::jit
