#include "compiler/diagnostics/diagnostic.hpp"

#include <gtest/gtest.h>

#include "compiler/diagnostics/did_you_mean.hpp"
#include "compiler/diagnostics/page.hpp"

namespace rulec {
namespace {

using std::string_literals::operator""s;

struct Planted {
    static constexpr CodeInfo kInfo{"RB0000", Severity::Warning, "{} has {} {{}}", "row help {{}}"};
    using Parameters = detail::Parameters<void(std::string_view, std::int64_t)>;
};

TEST(Rows, PlaceholdersAreCounted) {
    static_assert(detail::placeholders("none") == 0);
    static_assert(detail::placeholders("{} and {}") == 2);
    static_assert(detail::placeholders("{{}} {}") == 1);
    static_assert(detail::placeholders("{0}") == -1);
    static_assert(detail::placeholders("a }") == -1);
    static_assert(detail::placeholders("a {") == -1);
}

TEST(Rows, ArgumentsMustFitTheParameters) {
    using Two = detail::Parameters<void(std::string_view, std::int64_t)>;
    static_assert(Two::accept<const char*, int>());
    static_assert(Two::accept<std::string&, std::size_t>());
    static_assert(!Two::accept<int, int>());
    static_assert(!Two::accept<const char*, const char*>());
    static_assert(!Two::accept<const char*, bool>());
    static_assert(!Two::accept<const char*, double>());
    static_assert(!Two::accept<const char*>());
    static_assert(detail::Parameters<void()>::accept<>());
}

TEST(Rows, CodesAreFoundInAnyCase) {
    ASSERT_NE(find_code("RB9001"), nullptr);
    EXPECT_EQ(find_code("rb9001"), find_code("RB9001"));
    EXPECT_EQ(find_code("RB"), nullptr);
    EXPECT_EQ(find_code(""), nullptr);
}

TEST(Rows, CodesAreWellFormedAndSortedWithinTheirRange) {
    std::unordered_set<std::string_view> seen;
    for (const CodeInfo& info : all_codes()) {
        EXPECT_EQ(info.code.size(), 6U) << info.code;
        EXPECT_TRUE(info.code.starts_with("RB")) << info.code;
        EXPECT_TRUE(seen.insert(info.code).second) << info.code << " is there twice";
        EXPECT_FALSE(info.message.ends_with('.')) << info.code;
    }
    EXPECT_FALSE(seen.empty());
}

TEST(Diagnostics, FillMessageAndTakeTheHelpOfTheRow) {
    Diagnostics diagnostics;
    Diagnostic& made = diagnostics.emit<Planted>(Span{0, 1, 2}, "x"s, 7);
    EXPECT_EQ(made.message, "x has 7 {}");
    EXPECT_EQ(made.help_text, "row help {}");
    EXPECT_EQ(made.code(), "RB0000");
    made.help("better").label(Span{0, 4, 5}, "here").fix(Span{0, 1, 2}, "y");
    EXPECT_EQ(made.help_text, "better");
    ASSERT_EQ(made.labels.size(), 1U);
    ASSERT_EQ(made.edits.size(), 1U);
    EXPECT_EQ(made.edits[0].replacement, "y");
}

TEST(Diagnostics, AreSortedByPlaceAndNotRepeated) {
    Diagnostics diagnostics;
    diagnostics.emit<Planted>(Span{1, 0, 2}, "third", 1);
    diagnostics.emit<Planted>(Span{0, 9, 10}, "second", 1);
    diagnostics.emit<Planted>(Span{0, 9, 10}, "second", 1).label(Span{0, 0, 1}, "lost");
    diagnostics.emit<Planted>(Span{0, 3, 10}, "first", 1);
    diagnostics.emit<Planted>(Span{}, "no place", 1);
    std::vector<std::string> messages;
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        messages.push_back(diagnostic->message.substr(0, diagnostic->message.find(" has")));
    EXPECT_EQ(messages, (std::vector{"no place"s, "first"s, "second"s, "third"s}));
    EXPECT_EQ(diagnostics.count(Severity::Warning), 4U);
    EXPECT_FALSE(diagnostics.has_errors());
    EXPECT_TRUE(diagnostics.sorted()[2]->labels.empty());
}

TEST(Diagnostics, BeyondTheLimitAreOnlyCounted) {
    Diagnostics diagnostics;
    for (std::uint32_t at = 0; at < Diagnostics::kMaximumKept + 5; ++at)
        diagnostics.emit<Planted>(Span{0, at, at}, "x", 1);
    EXPECT_EQ(diagnostics.sorted().size(), Diagnostics::kMaximumKept);
    EXPECT_EQ(diagnostics.omitted(), 5U);
    EXPECT_EQ(diagnostics.count(Severity::Warning), Diagnostics::kMaximumKept + 5);
}

TEST(Diagnostics, AllowTakesBackWarningsInsideOnly) {
    Diagnostics diagnostics;
    diagnostics.emit<Planted>(Span{0, 5, 6}, "inside", 1);
    diagnostics.emit<Planted>(Span{0, 50, 60}, "outside", 1);
    diagnostics.emit<RB9002>(Span{0, 5, 6}, "an error stays");
    EXPECT_EQ(diagnostics.silence("RB0000", Span{0, 0, 10}), 1U);
    EXPECT_EQ(diagnostics.silence("RB9002", Span{0, 0, 10}), 0U);
    EXPECT_EQ(diagnostics.count(Severity::Warning), 1U);
    EXPECT_EQ(diagnostics.sorted().size(), 2U);
    EXPECT_EQ(diagnostics.silence("RB0000", Span{}), 1U);
    EXPECT_EQ(diagnostics.count(Severity::Warning), 0U);
}

TEST(DidYouMean, IsCertainOnlyOfOneNameThatIsOneEditAway) {
    const std::vector<std::string> names{"seats", "seat_count", "plan", "plane", "id"};
    EXPECT_EQ(surely_meant("seets", names), "seats");
    EXPECT_EQ(surely_meant("Seats", names), "seats");
    EXPECT_EQ(surely_meant("sets_count", names), std::nullopt) << "two edits";
    EXPECT_EQ(surely_meant("plann", names), std::nullopt) << "two candidates";
    EXPECT_EQ(surely_meant("ib", names), std::nullopt) << "too short";
}

} // namespace
} // namespace rulec
