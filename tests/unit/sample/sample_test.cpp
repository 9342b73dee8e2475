#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "runtime/value/digest.hpp"
#include "tools/sample/csv.hpp"
#include "tools/sample/random.hpp"

namespace rulebook::sample {
namespace {

CsvTexts made(std::uint64_t seed, std::uint64_t accounts) {
    CsvTexts texts = csv_heads();
    for (std::uint64_t number = 0; number < accounts; ++number)
        append_company(texts, make_company(seed, number));
    return texts;
}

std::string all(const CsvTexts& texts) {
    return texts.accounts + texts.users + texts.events + texts.touches + texts.deals;
}

TEST(Sample, IsTheSameForTheSameSeedEverywhere) {
    EXPECT_EQ(all(made(1, 50)), all(made(1, 50)));
    EXPECT_NE(all(made(1, 50)), all(made(2, 50)));
    // Changes when the made-up companies change, never with machine, compiler or library.
    EXPECT_EQ(hexadecimal(sha256(all(made(1, 200)))),
              "563cd94c18dc3906b81d4ee8a31c330c4d8a16ba5674d507ea89a6e482f01d40");
}

TEST(Sample, MoreAccountsDoNotChangeTheFirstOnes) {
    EXPECT_TRUE(made(7, 30).events.starts_with(made(7, 10).events));
}

TEST(Sample, NothingHappensBeforeItsTimeOrAfterTheDataWasTaken) {
    for (std::uint64_t number = 0; number < 500; ++number) {
        const Company company = make_company(3, number);
        EXPECT_LT(company.signed_up_at, kTakenAt);
        for (const User& user : company.users)
            EXPECT_TRUE(user.joined_at >= company.signed_up_at && user.joined_at < kTakenAt);
        for (const Event& event : company.events)
            EXPECT_TRUE(event.at >= company.signed_up_at && event.at < kTakenAt);
        for (const Touch& touch : company.touches)
            EXPECT_LT(touch.at, kTakenAt);
        EXPECT_TRUE(std::ranges::is_sorted(company.events, {}, &Event::at));
        for (const Deal& deal : company.deals) {
            EXPECT_GT(deal.cents, 0);
            EXPECT_EQ(deal.closed_at.has_value(), deal.status != "open");
            EXPECT_TRUE(!deal.closed_at || *deal.closed_at > deal.created_at);
        }
    }
}

TEST(Sample, HasEveryKindOfCase) {
    std::set<std::string> kinds;
    for (std::uint64_t number = 0; number < 1'000; ++number) {
        const Company company = make_company(1, number);
        kinds.insert(company.plan);
        kinds.insert(company.region);
        for (const Deal& deal : company.deals)
            kinds.insert(deal.status);
        for (const Touch& touch : company.touches)
            kinds.insert(touch.motion);
        std::string integrations;
        for (const Event& event : company.events)
            if (event.name.starts_with("integration."))
                integrations += event.name.substr(event.name.rfind('.'));
        kinds.insert(integrations);
        if (!company.annual_revenue_cents)
            kinds.insert("revenue missing");
        if (company.email.ends_with("gmail.com"))
            kinds.insert("free mail");
        if (company.email.ends_with("rival.example"))
            kinds.insert("competitor");
    }
    for (const char* kind :
         {"free",       "basic",           "team",      "enterprise", "NA",     "EMEA",
          "APAC",       "LATAM",           "open",      "won",        "lost",   "self_service",
          "hybrid",     "sales_assisted",  "",          ".crm",       ".email", ".crm.email",
          ".email.crm", "revenue missing", "free mail", "competitor"})
        EXPECT_TRUE(kinds.contains(kind)) << kind;
}

TEST(Random, IsUniformEnough) {
    Random random(5, 0);
    std::array<int, 6> faces{};
    for (int i = 0; i < 60'000; ++i)
        ++faces[static_cast<std::size_t>(random.below(6))];
    for (const int count : faces)
        EXPECT_NEAR(count, 10'000, 400);
    for (int i = 0; i < 1'000; ++i) {
        const auto spread = random.spread(3, 1'000);
        EXPECT_TRUE(spread >= 3 && spread <= 1'000);
    }
}

} // namespace
} // namespace rulebook::sample
