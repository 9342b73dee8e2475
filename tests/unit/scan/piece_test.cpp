#include "runtime/scan/piece.hpp"

#include <array>

#include <gtest/gtest.h>

namespace rulebook::scan {
namespace {

TEST(Piece, WhatHappensAtTheOriginIsNotEarly) {
    const std::array<std::int64_t, 2> origins{100, kNoOrigin};
    const Piece piece{7, 9, 1'000, origins};
    const auto is_early = [&](AccountIndex account, std::int64_t instant) {
        Found found;
        found.account = account;
        found.instant = instant;
        return piece.is_early(found);
    };
    EXPECT_TRUE(is_early(7, 99));
    EXPECT_FALSE(is_early(7, 100));
    EXPECT_FALSE(is_early(7, 101));
    EXPECT_FALSE(is_early(8, -1'000)) << "of an unknown origin nothing is early";
}

TEST(Piece, WithoutOriginsNothingIsEarly) {
    const Piece piece{0, 1, 1'000};
    Found found;
    found.instant = -1'000;
    EXPECT_FALSE(piece.is_early(found));
}

} // namespace
} // namespace rulebook::scan
