#include "tools/data/columns.hpp"

#include <gtest/gtest.h>

namespace rulec::input {
namespace {

TEST(MatchColumns, ComparesNamesExactly) {
    std::vector<AbsentField> absent;
    const std::vector<std::string> available = {"ID", "id", "User ID"};
    const std::vector<FieldColumn> fields = {{"id", "User ID", true}, {"other", "id", true}};
    const auto places = match_columns(fields, available, "x", absent);
    ASSERT_TRUE(places.has_value());
    EXPECT_EQ((*places)[0], 2U);
    EXPECT_EQ((*places)[1], 1U);
    EXPECT_TRUE(absent.empty());
}

} // namespace
} // namespace rulec::input
