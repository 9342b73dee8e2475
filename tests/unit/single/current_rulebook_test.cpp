#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "runtime/single/scorer.hpp"
#include "tests/unit/single/compiled_rules.hpp"

namespace rulebook::testing {
namespace {

std::shared_ptr<const single::Rulebook> rulebook_with_points(int points) {
    std::string text = kSmallRules;
    text.replace(text.find("points 30"), 9, "points " + std::to_string(points));
    return single::Rulebook::make(compiled_rules(text), std::nullopt).value();
}

// Threads that ask all the time, while the rulebook is replaced again and again: each answer is of
// one version or the other.
TEST(CurrentRulebook, IsReplacedWhileItIsAsked) {
    const auto first = rulebook_with_points(30);
    const auto second = rulebook_with_points(40);
    single::CurrentRulebook current(first);
    std::atomic<bool> done = false;
    std::atomic<int> wrong = 0;
    const auto ask = [&] {
        while (!done) {
            single::Scorer scorer(current.get());
            scorer.record().set_integer(*scorer.rulebook().field("employees"), 300);
            scorer.evaluate(kNow);
            const std::int64_t score = scorer.fit(0)->score;
            wrong += score == 30'00 || score == 40'00 ? 0 : 1;
        }
    };
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i < 3; ++i)
            threads.emplace_back(ask);
        for (int i = 0; i < 200; ++i)
            current.replace(i % 2 == 0 ? second : first);
        done = true;
    }
    EXPECT_EQ(wrong, 0);
}

TEST(CurrentRulebook, TheOldOneIsFreedWithItsLastHolder) {
    auto first = rulebook_with_points(30);
    const std::weak_ptr<const single::Rulebook> watched = first;
    single::CurrentRulebook current(std::move(first));
    auto holder = std::make_unique<single::Scorer>(current.get());
    current.replace(rulebook_with_points(40));
    EXPECT_FALSE(watched.expired());
    holder->record().set_integer(*holder->rulebook().field("employees"), 300);
    holder->evaluate(kNow);
    EXPECT_EQ(holder->fit(0)->score, 30'00);
    holder.reset();
    EXPECT_TRUE(watched.expired());
}

} // namespace
} // namespace rulebook::testing
