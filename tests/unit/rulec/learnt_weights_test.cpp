#include "tools/rulec/learnt_weights.hpp"

#include <cstdlib>
#include <limits>

#include <gtest/gtest.h>

namespace rulec::tool {
namespace {

TEST(ExactDecimal, HasSeventeenDigitsAndNoExponent) {
    EXPECT_EQ(exact_decimal(0), "0");
    EXPECT_EQ(exact_decimal(1), "1");
    EXPECT_EQ(exact_decimal(0.75), "0.75");
    EXPECT_EQ(exact_decimal(21.0 / 44), "0.47727272727272729");
    EXPECT_EQ(exact_decimal(1.0 / 3 * 1e-9), "0.00000000033333333333333332");
    EXPECT_EQ(exact_decimal(1e-44), "0.00000000000000000000000000000000000000000001");
    EXPECT_EQ(exact_decimal(std::numeric_limits<double>::denorm_min()), "0");
}

TEST(ExactDecimal, GivesTheSameNumberAgain) {
    double value = 1;
    for (int i = 0; i < 70; ++i, value /= 3.7) { // to 1e-40
        const std::string written = exact_decimal(value);
        EXPECT_EQ(std::strtod(written.c_str(), nullptr), value) << written;
        EXPECT_EQ(written.find('e'), std::string::npos);
    }
}

} // namespace
} // namespace rulec::tool
