#include "tools/incremental/run_state.hpp"

#include <string>

#include <gtest/gtest.h>

namespace rulec::incremental {
namespace {

RunState some_state() {
    RunState state;
    state.settings = {"hash",           "0.1.0",   "2025b", "csv",
                      {"fit", "split"}, 1'000'000, -5,      {"", "seats"}};
    state.tables = {"accounts", "credits"};
    state.files["accounts.csv"] = {17, "ab"};
    for (std::uint8_t number = 1; number <= 3; ++number) {
        StateAccount account;
        account.identity.fill(number);
        account.digest.fill(static_cast<std::uint8_t>(100 + number));
        if (number == 2)
            account.next_time = -1;
        account.there = number != 3;
        account.bytes = {1, number};
        account.summary = std::string(number, 'x');
        state.accounts.push_back(account);
    }
    return state;
}

TEST(RunState, IsGivenBack) {
    const RunState state = some_state();
    const auto again = unpacked(packed(state));
    ASSERT_TRUE(again) << again.error().message;
    EXPECT_EQ(again->settings.only, state.settings.only);
    EXPECT_EQ(again->settings.as_of, state.settings.as_of);
    EXPECT_EQ(again->settings.taken_at, state.settings.taken_at);
    EXPECT_EQ(again->settings.hindsight, state.settings.hindsight);
    EXPECT_EQ(again->tables, state.tables);
    EXPECT_EQ(again->files, state.files);
    ASSERT_EQ(again->accounts.size(), 3U);
    for (std::size_t i = 0; i < 3; ++i) {
        EXPECT_EQ(again->accounts[i].identity, state.accounts[i].identity);
        EXPECT_EQ(again->accounts[i].digest, state.accounts[i].digest);
        EXPECT_EQ(again->accounts[i].next_time, state.accounts[i].next_time);
        EXPECT_EQ(again->accounts[i].there, state.accounts[i].there);
        EXPECT_EQ(again->accounts[i].bytes, state.accounts[i].bytes);
        EXPECT_EQ(again->accounts[i].summary, state.accounts[i].summary);
    }
    EXPECT_EQ(packed(*again), packed(state));
}

// Wherever a byte is changed, left out or added.
TEST(RunState, DamageIsSeen) {
    const std::string whole = packed(some_state());
    for (std::size_t at = 0; at < whole.size(); ++at) {
        std::string bent = whole;
        bent[at] = static_cast<char>(bent[at] ^ 0x10);
        EXPECT_FALSE(unpacked(bent)) << at;
        EXPECT_FALSE(unpacked(whole.substr(0, at))) << at;
    }
    EXPECT_FALSE(unpacked(whole + "x"));
    EXPECT_EQ(unpacked("").error().code, "state.damaged");
}

} // namespace
} // namespace rulec::incremental
