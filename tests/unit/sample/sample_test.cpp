#include <algorithm>
#include <array>
#include <set>

#include <gtest/gtest.h>

#include "runtime/value/digest.hpp"
#include "tools/sample/csv.hpp"
#include "tools/sample/random.hpp"
#include "tools/sample/workplace.hpp"

namespace rulebook::sample {
namespace {

CsvTexts made(std::uint64_t seed, std::uint64_t accounts) {
    CsvTexts texts = csv_heads();
    for (std::uint64_t number = 0; number < accounts; ++number)
        append_company(texts, make_company(seed, number));
    return texts;
}

std::string all(const CsvTexts& texts) {
    std::string joined;
    for (const std::string& text : texts)
        joined += text;
    return joined;
}

TEST(Sample, IsTheSameForTheSameSeedEverywhere) {
    EXPECT_EQ(all(made(1, 50)), all(made(1, 50)));
    EXPECT_NE(all(made(1, 50)), all(made(2, 50)));
    // Changes when the made-up companies change, never with machine, compiler or library.
    EXPECT_EQ(hexadecimal(sha256(all(made(1, 200)))),
              "92ab7d176cd2281c056742f2975077be0e9a924024f54289862136a9bc351196");
}

TEST(Sample, MoreAccountsDoNotChangeTheFirstOnes) {
    const CsvTexts few = made(7, 10);
    const CsvTexts more = made(7, 30);
    for (std::size_t table = 0; table < kTableCount; ++table)
        EXPECT_TRUE(more[table].starts_with(few[table])) << sample_tables()[table].name;
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
        ASSERT_FALSE(company.history.empty());
        EXPECT_EQ(company.history.front().known_from, company.signed_up_at);
        EXPECT_LT(company.history.back().known_from, kTakenAt);
        EXPECT_EQ(company.history.back().plan, company.plan);
        for (std::size_t i = 1; i < company.history.size(); ++i)
            EXPECT_LT(company.history[i - 1].known_from, company.history[i].known_from);
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

TEST(Sample, AccountsAreInTheOrderOfTheirKeys) {
    for (const std::uint64_t number : {9U, 99U, 999'999U, 9'999'998U})
        EXPECT_LT(make_company(1, number).id, make_company(1, number + 1).id);
}

TEST(Sample, HasEveryKindOfWorkplaceAndTheirNearMisses) {
    std::set<Workplace> kinds;
    bool nine_invited = false;
    for (std::uint64_t number = 0; number < 2'000; ++number) {
        Company company = make_company(1, number);
        const Workplace before = workplace_of(company);
        kinds.insert(before);
        company.events.push_back({kTakenAt - 1, std::string(kInvitation), {}});
        nine_invited |=
            before == Workplace::Between && workplace_of(company) == Workplace::Organisation;
    }
    EXPECT_EQ(kinds.size(), 3U);
    EXPECT_TRUE(nine_invited) << "one invitation more, and sales may call";
}

TEST(Conversion, IsAsPlanted) {
    const Segment& growing = kSegments[2];
    const std::int64_t november = 1'763'000'000'000'000; // 2025-11-13
    const std::int64_t december = november + 30 * kDay;
    EXPECT_EQ(chance_to_connect(growing, november), 165'000);
    EXPECT_EQ(chance_to_connect(growing, december), 550'000);
    EXPECT_EQ(chance_to_buy(growing, Step::SignedUp, true), 50'000);
    EXPECT_EQ(chance_to_buy(growing, Step::ConnectedOne, true), 112'500);
    EXPECT_EQ(chance_to_buy(growing, Step::ConnectedBoth, true), 300'000);
    EXPECT_EQ(chance_to_buy(growing, Step::ConnectedBoth, false), 50'000);
    for (const std::int64_t instant : {november - 300 * kDay, november, november + 120 * kDay}) {
        EXPECT_EQ(trend_percent(kRisingRegion, instant) + trend_percent(kFallingRegion, instant),
                  200);
        EXPECT_EQ(trend_percent(0, instant), 100);
    }
    EXPECT_EQ(trend_percent(kRisingRegion, november), 110);
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
