#include "runtime/value/digest.hpp"

#include <gtest/gtest.h>

namespace rulebook {
namespace {

// FIPS 180-4's own examples.
TEST(Digest, IsSha256) {
    EXPECT_EQ(hexadecimal(sha256("")),
              "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(hexadecimal(sha256("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(leading_number(sha256("abc")), 0xba7816bf8f01cfeaU);
}

// The split into control groups, worked example F3: salt, byte 0, account key.
TEST(Digest, SplitsControlGroupsAsWorkedOut) {
    using namespace std::string_view_literals;
    const auto u = [](std::string_view key) {
        return leading_number(Sha256().add("connected_stack").add("\0"sv).add(key).finish());
    };
    EXPECT_EQ(u("acct_2"), 0x0c8cf635d40f9fb3U);
    EXPECT_EQ(u("acct_4"), 0x112c8d7ea65cf61eU);
    EXPECT_EQ(u("acct_17"), 0x1f5fc8ec670bf089U);
}

TEST(Digest, PartsAddUp) {
    EXPECT_EQ(Sha256().add("a").add("bc").finish(), sha256("abc"));
    EXPECT_EQ(Sha256().add(std::uint64_t{0x0102}).finish(),
              sha256(std::string_view("\x02\x01\0\0\0\0\0\0", 8)));
    EXPECT_NE(Sha256().add_delimited("a").add_delimited("bc").finish(),
              Sha256().add_delimited("ab").add_delimited("c").finish());
}

TEST(Digest, ACopyGoesOnByItself) {
    Sha256 first;
    first.add("a");
    Sha256 second = first;
    first.add("bc");
    second.add("x");
    EXPECT_EQ(first.finish(), sha256("abc"));
    EXPECT_EQ(second.finish(), sha256("ax"));
}

} // namespace
} // namespace rulebook
