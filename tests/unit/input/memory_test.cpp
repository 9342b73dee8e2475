#include "tools/data/memory.hpp"

#include <gtest/gtest.h>

namespace rulec::input {
namespace {

constexpr std::uint64_t kGibibyte = std::uint64_t{1} << 30U;

TEST(Memory, TheSystemSaysHowMuchThereIs) {
    EXPECT_GT(available_memory(), std::uint64_t{1} << 20U);
    EXPECT_GT(used_memory(), std::uint64_t{1} << 20U);
    EXPECT_TRUE(check_memory("accounts", 1).has_value());
}

TEST(Memory, AQuarterMoreIsNeeded) {
    EXPECT_TRUE(memory_suffices(4 * kGibibyte, 2 * kGibibyte));
    EXPECT_FALSE(memory_suffices(4 * kGibibyte, kGibibyte));
    EXPECT_FALSE(memory_suffices(0, 0));
}

} // namespace
} // namespace rulec::input
