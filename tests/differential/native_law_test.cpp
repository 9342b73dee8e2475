// Native code gives what the reference interpreter gives: over random rulebooks and records, the
// value of every expression over an account to the last bit, whether it is known, and what fits and
// decisions make of them. As it is compiled for speed and without the optimiser, of some rulebooks
// through a file of native code, too; of rows side by side and in any order, of many at a time and
// of one.
//
// RULEBOOK_CASES: how many rulebooks; RULEBOOK_SEED: before the first one's; RULEBOOK_REPORT=short:
// what differs is not made smaller.
#include <cstdlib>
#include <iostream>
#include <string>

#include <gtest/gtest.h>

#include "tests/differential/law.hpp"

namespace rulebook::differential {
namespace {

std::size_t given(const char* name, std::size_t otherwise) {
    const char* wanted = std::getenv(name);
    return wanted == nullptr ? otherwise : static_cast<std::size_t>(std::atoll(wanted));
}

TEST(Generator, MakesSoundRulebooks) {
    for (std::uint64_t seed = 1'000'001; seed <= 1'000'150; ++seed) {
        generator::Randomness random(seed);
        const Case example = random_case(random); // says what is not sound
        EXPECT_FALSE(example.records.empty());
    }
}

TEST(Native, GivesWhatTheInterpreterGives) {
    const std::size_t rulebooks = given("RULEBOOK_CASES", 100);
    const std::size_t before = given("RULEBOOK_SEED", 0);
    const bool is_short = std::getenv("RULEBOOK_REPORT") != nullptr;
    Outcomes outcomes;
    Amounts amounts;
    for (std::size_t seed = before + 1; seed <= before + rulebooks; ++seed)
        if (const auto found =
                broken(seed, is_short ? Report::Short : Report::Smallest, outcomes, amounts))
            FAIL() << "seed " << seed << ": " << *found;
    std::cout << outcomes.report() << amounts.rulebooks << " rulebooks, " << amounts.records
              << " records, " << amounts.rows << " rows of account and instant, " << amounts.files
              << " files of native code\n";
    if (rulebooks < 100) // too few to say how often
        return;
    EXPECT_GT(amounts.files, 0U);
    for (const std::string& fault : outcomes.faults())
        ADD_FAILURE() << fault;
}

} // namespace
} // namespace rulebook::differential
