#include "runtime/value/nearest_name.hpp"

#include <gtest/gtest.h>

namespace rulebook {
namespace {

TEST(NearestName, FindsTheNearest) {
    std::vector<std::string_view> fields{"employees", "annual_revenue", "region", "seats"};
    EXPECT_EQ(nearest_name("employes", fields), "employees");
    EXPECT_EQ(nearest_name("Region", fields), "region");
    EXPECT_EQ(nearest_name("annualRevenue", fields), "annual_revenue");
    EXPECT_EQ(nearest_name("annual-revenu", fields), "annual_revenue");
    EXPECT_EQ(nearest_name("saets", fields), "seats") << "two letters swapped are one edit";
    EXPECT_EQ(nearest_name("country", fields), std::nullopt);
    EXPECT_EQ(nearest_name("x", std::vector<std::string_view>{"y"}), std::nullopt);
    EXPECT_EQ(nearest_name("", fields), std::nullopt);
}

TEST(NearestName, DistanceIsBounded) {
    EXPECT_EQ(edit_distance("kitten", "sitting", 5), 3U);
    EXPECT_EQ(edit_distance("kitten", "sitting", 2), 3U);
    EXPECT_EQ(edit_distance("", "abc", 5), 3U);
    EXPECT_EQ(edit_distance("abc", "abc", 0), 0U);
    EXPECT_EQ(edit_distance("ab", "ba", 2), 1U);
    EXPECT_EQ(edit_distance(std::string(100'000, 'a'), "b", 3), 4U);
}

} // namespace
} // namespace rulebook
