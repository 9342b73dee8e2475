// Results do not depend on when compiled code comes up, nor on how it was compiled: a run that has
// none for its first pieces, then code that is not optimised, then optimised code, or any of these
// from the beginning, gives what the interpreter gives. Over random rulebooks and records, on two
// threads. RULEBOOK_CASES: how many rulebooks.
#include <array>
#include <atomic>
#include <cstdlib>
#include <iostream>

#include <gtest/gtest.h>

#include "compiler/codegen/credit_code.hpp"
#include "compiler/codegen/trigger_code.hpp"
#include "runtime/engine/run.hpp"
#include "runtime/scan/scan_shapes.hpp"
#include "tests/generator/records.hpp"
#include "tests/generator/rulebooks.hpp"
#include "tests/property/compiled_rulebook.hpp"
#include "tools/rulec/code_request.hpp"

namespace rulebook::generator {
namespace {

using rulec::codegen::Optimization;

constexpr std::size_t kAccounts = 1'300; // six pieces

std::size_t rulebooks() {
    const char* wanted = std::getenv("RULEBOOK_CASES");
    return wanted == nullptr ? 12 : static_cast<std::size_t>(std::atoi(wanted));
}

struct Tier {
    native::Code rules;
    native::TriggerCode triggers;
    native::CreditCode credits;
};

Tier tier_of(const plan::Plan& plan, Optimization optimization) {
    const auto request = rulec::tool::code_request(plan, {}, kLastInstant);
    auto rules = rulec::codegen::compile(plan, request, optimization);
    auto triggers = rulec::codegen::compile_triggers(
        plan, {kLastInstant, scan::scanned_triggers(plan, request.rules)}, optimization);
    auto credits =
        rulec::codegen::compile_credits(plan, {kLastInstant, request.rules}, optimization);
    return {std::move(rules.value()), std::move(triggers.value()), std::move(credits.value())};
}

// How often each tier was handed out: none, the first, the second.
using Given = std::array<std::atomic<std::size_t>, 3>;

// Tiers come up after so many questions.
struct Arrival {
    std::size_t first = 0;
    std::size_t second = 0;

    static Arrival any(Randomness& random) {
        const std::size_t first = random.below(5);
        return {first, first + random.below(5)};
    }
    std::size_t tier(std::size_t question) const {
        return question < first ? 0 : (question < second ? 1 : 2);
    }
};

TEST(Code, MayComeUpAtAnyTime) {
    Given given{};
    for (std::size_t seed = 1; seed <= rulebooks() && !HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        const plan::Plan plan = compiled(random_rulebook(random));
        const data::Dataset dataset =
            dataset_of(plan.schema, random_input(random, plan.schema, kAccounts));
        const std::array tiers{tier_of(plan, Optimization::None),
                               tier_of(plan, Optimization::Full)};
        engine::RunOptions options;
        options.as_of = kLastInstant;
        const auto interpreted = engine::run(plan, dataset, options);
        ASSERT_TRUE(interpreted);
        options.threads = 2;
        for (int i = 0; i < 4; ++i) {
            const Arrival rules = Arrival::any(random);
            const Arrival triggers = Arrival::any(random);
            const Arrival credits = Arrival::any(random);
            std::atomic<std::size_t> asked_of_rules = 0;
            std::atomic<std::size_t> asked_of_triggers = 0;
            std::atomic<std::size_t> asked_of_credits = 0;
            options.native = [&]() -> const native::Code* {
                const std::size_t tier = rules.tier(asked_of_rules++);
                ++given[tier];
                return tier == 0 ? nullptr : &tiers[tier - 1].rules;
            };
            options.trigger_code = [&]() -> const native::TriggerCode* {
                const std::size_t tier = triggers.tier(asked_of_triggers++);
                return tier == 0 ? nullptr : &tiers[tier - 1].triggers;
            };
            options.credit_code = [&]() -> const native::CreditCode* {
                const std::size_t tier = credits.tier(asked_of_credits++);
                return tier == 0 ? nullptr : &tiers[tier - 1].credits;
            };
            const auto found = engine::run(plan, dataset, options);
            ASSERT_TRUE(found);
            EXPECT_EQ(found->firings, interpreted->firings);
            EXPECT_TRUE(*found == *interpreted);
        }
    }
    std::cout << "pieces: " << given[0] << " before code, " << given[1] << " by the first, "
              << given[2] << " by the second\n";
    for (const auto& pieces : given)
        EXPECT_GT(pieces, rulebooks());
}

} // namespace
} // namespace rulebook::generator
