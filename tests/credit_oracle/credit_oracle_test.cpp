// The runtime's division of random deals against the oracle: every share, every cent, and how it
// came about. 20,000 deals; RULEBOOK_CREDIT_DEALS=3000000 asks for more (CONTRIBUTING.md).
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "runtime/credit/columns/lanes.hpp"
#include "tests/credit_oracle/columns_deal.hpp"
#include "tests/credit_oracle/oracle.hpp"
#include "tests/credit_oracle/random_deal.hpp"
#include "tests/credit_oracle/runtime_deal.hpp"

namespace rulebook::credit_oracle {
namespace {

// What the deals were, so that an easy lot shows.
struct Seen {
    std::uint64_t by_kind[kKinds] = {};
    std::uint64_t touchless = 0, passed_by_all = 0, raised = 0, negative = 0, rounded = 0;
    std::uint64_t beyond_128_bits = 0, most_touches = 0;
};

// Differences as a line each; empty if there are none.
class Comparison {
public:
    explicit Comparison(const Deal& deal)
        : deal_(deal), oracle_(divide(deal)), runtime_(divide_by_runtime(deal)) {}

    std::string differences() {
        const bool by_model = runtime_.basis == credit::Division::Basis::Model;
        compare("by a model", oracle_.model.has_value(), by_model);
        if (oracle_.model && by_model)
            compare("the model", *oracle_.model, runtime_.model);
        compare("parties", oracle_.parties.size(), runtime_.parties.size());
        for (std::size_t i = 0; i < std::min(oracle_.parties.size(), runtime_.parties.size()); ++i)
            compare_party(oracle_.parties[i], runtime_.parties[i]);
        return lines_;
    }

    void count(Seen& seen) const {
        seen.touchless += deal_.touches.empty() ? 1 : 0;
        if (oracle_.model)
            ++seen.by_kind[static_cast<int>(deal_.models[*oracle_.model].kind)];
        else
            seen.passed_by_all += deal_.touches.empty() ? 0 : 1;
        seen.negative += deal_.amount < 0 ? 1 : 0;
        seen.rounded += runtime_.units_by_rounding > 0 ? 1 : 0;
        seen.most_touches = std::max<std::uint64_t>(seen.most_touches, deal_.touches.size());
        bool raised = false;
        bool large = false;
        for (const PartyCredit& each : oracle_.parties) {
            raised = raised || each.raised;
            large = large || mpz_sizeinbase(each.share.get_den_mpz_t(), 2) > 128;
        }
        seen.raised += raised ? 1 : 0;
        seen.beyond_128_bits += large ? 1 : 0;
    }

private:
    template <class Wanted, class Got>
    void compare(std::string_view what, const Wanted& wanted, const Got& got) {
        if (!(wanted == got))
            lines_ += fmt::format("{}: oracle {}, runtime {}\n", what, wanted, got);
    }
    void compare_share(std::string_view what, const mpq_class& wanted,
                       const credit::Division::Share& got) {
        compare(what, wanted.get_str(), got.fraction);
        // To millionths, half to even.
        const mpq_class millionths = wanted * 1'000'000;
        const mpq_class away = abs(millionths - mpq_class(static_cast<long>(got.millionths)));
        const mpq_class half(1, 2);
        if (away > half || (away == half && got.millionths % 2 != 0))
            lines_ += fmt::format("{}: {} shown as {} millionths\n", what, wanted.get_str(),
                                  got.millionths);
    }
    void compare_party(const PartyCredit& wanted, const credit::Division::PartyAmount& got) {
        const credit::Party party = runtime_party(deal_, wanted.party);
        compare("party", party.name, got.party.name);
        compare("kind of party", static_cast<int>(party.kind), static_cast<int>(got.party.kind));
        compare_share("by the model", wanted.by_model, got.by_model);
        compare("raised", wanted.raised, got.raised);
        compare_share("share", wanted.share, got.share);
        compare("exact amount", wanted.exact_amount.get_str(), got.exact_amount);
        compare("amount", wanted.amount.get_str(), std::to_string(got.amount));
        compare("touches", wanted.touches.size(), got.touches.size());
        for (std::size_t i = 0; i < std::min(wanted.touches.size(), got.touches.size()); ++i) {
            compare("touch", wanted.touches[i].touch, got.touches[i].touch);
            compare_share("touch's share", wanted.touches[i].share, got.touches[i].share);
            compare("touch's amount", wanted.touches[i].amount.get_str(),
                    std::to_string(got.touches[i].amount));
        }
    }

    const Deal& deal_;
    Answer oracle_;
    credit::Division runtime_;
    std::string lines_;
};

std::uint64_t wanted_deals() {
    constexpr std::uint64_t kQuick = 20'000;
    const char* wanted = std::getenv("RULEBOOK_CREDIT_DEALS");
    return wanted == nullptr ? kQuick : std::stoull(wanted);
}

TEST(CreditOracle, AgreesOnEveryShareAndEveryCent) {
    Seen seen;
    const std::uint64_t deals = wanted_deals();
    for (std::uint64_t seed = 0; seed < deals; ++seed) {
        generator::Randomness random(seed);
        const Deal deal = random_deal(random);
        Comparison comparison(deal);
        const std::string differences = comparison.differences();
        ASSERT_EQ(differences, "") << "deal " << seed << " of " << deal.amount << " with "
                                   << deal.touches.size() << " touches";
        comparison.count(seen);
    }
    for (int kind = 0; kind < kKinds; ++kind)
        EXPECT_GT(seen.by_kind[kind], deals / 100) << "kind " << kind;
    EXPECT_GT(seen.touchless, deals / 100);
    EXPECT_GT(seen.passed_by_all, deals / 100);
    EXPECT_GT(seen.raised, deals / 20);
    EXPECT_GT(seen.negative, deals / 20);
    EXPECT_GT(seen.rounded, deals / 4);
    EXPECT_GT(seen.beyond_128_bits, deals / 100);
    EXPECT_GT(seen.most_touches, 400U);
    std::printf("%llu deals, up to %llu touches; %llu with a share beyond 128 bits, %llu raised to "
                "a floor\n",
                static_cast<unsigned long long>(deals),
                static_cast<unsigned long long>(seen.most_touches),
                static_cast<unsigned long long>(seen.beyond_128_bits),
                static_cast<unsigned long long>(seen.raised));
}

// What the division over columns says and the oracle does not; empty if there is nothing. Deals
// that are left to the runtime's other way say nothing.
std::string differences(const Deal& deal, const Answer& oracle, const ColumnAnswer& columns,
                        credit::columns::Want want) {
    using credit::columns::Outcome;
    std::string lines;
    const auto compare = [&](std::string_view what, const auto& wanted, const auto& got) {
        if (!(wanted == got))
            lines += fmt::format("{}: oracle {}, columns {}\n", what, wanted, got);
    };
    if (columns.outcome == Outcome::NoTouch)
        compare("touches", deal.touches.size(), 0U);
    else
        compare("the model", oracle.model.value_or(99), columns.model.value_or(99));
    if (columns.outcome != Outcome::Divided && columns.outcome != Outcome::NoTouch)
        return lines;
    compare("parties", oracle.parties.size(), columns.parties.size());
    for (std::size_t i = 0; i < std::min(oracle.parties.size(), columns.parties.size()); ++i) {
        const PartyCredit& wanted = oracle.parties[i];
        const ColumnParty& got = columns.parties[i];
        const credit::Party party = runtime_party(deal, wanted.party);
        compare("party", party.name, got.party.name);
        compare("kind of party", static_cast<int>(party.kind), static_cast<int>(got.party.kind));
        compare("amount", wanted.amount.get_str(), std::to_string(got.amount));
        const mpq_class millionths = wanted.share * 1'000'000;
        const mpq_class away = abs(millionths - mpq_class(static_cast<long>(got.share)));
        const mpq_class half(1, 2);
        if (away > half || (away == half && got.share % 2 != 0))
            lines += fmt::format("{} is shown as {}\n", wanted.share.get_str(), got.share);
        if (want == credit::columns::Want::Parties)
            continue;
        compare("touches of the party", wanted.touches.size(), got.touches.size());
        for (std::size_t t = 0; t < std::min(wanted.touches.size(), got.touches.size()); ++t) {
            compare("touch", wanted.touches[t].touch, got.touches[t]);
            compare("touch's amount", wanted.touches[t].amount.get_str(),
                    std::to_string(got.touch_amounts[t]));
        }
    }
    return lines;
}

TEST(CreditOracle, AgreesWithColumns) {
    using credit::columns::Outcome;
    using credit::columns::Want;
    std::uint64_t divided[kKinds] = {};
    std::uint64_t by_lanes = 0;
    std::uint64_t too_large = 0;
    std::uint64_t untouched = 0;
    std::uint64_t no_touch = 0;
    std::uint64_t raised = 0;
    const std::uint64_t deals = wanted_deals();
    for (std::uint64_t seed = 0; seed < deals; ++seed) {
        generator::Randomness random(seed);
        const Deal deal = random_deal(random);
        const ColumnAnswer columns = divide_by_columns(deal, seed % 2 == 0, Want::Touches);
        if (columns.outcome == Outcome::TooLarge || columns.outcome == Outcome::Untouched) {
            ++(columns.outcome == Outcome::TooLarge ? too_large : untouched);
            continue;
        }
        const Answer oracle = divide(deal);
        const ColumnAnswer parties = divide_by_columns(deal, false, Want::Parties);
        by_lanes += parties.by_lanes ? 1 : 0;
        ASSERT_EQ(differences(deal, oracle, columns, Want::Touches) +
                      differences(deal, oracle, parties, Want::Parties),
                  "")
            << "deal " << seed << " of " << deal.amount << " with " << deal.touches.size()
            << " touches";
        if (columns.outcome == Outcome::Divided)
            ++divided[static_cast<int>(deal.models[*columns.model].kind)];
        no_touch += columns.outcome == Outcome::NoTouch ? 1 : 0;
        for (const PartyCredit& party : oracle.parties)
            raised += party.raised ? 1 : 0;
    }
    for (int kind = 0; kind < kKinds; ++kind)
        EXPECT_GT(divided[kind], deals / 100) << "kind " << kind;
    EXPECT_GT(no_touch, deals / 100);
    EXPECT_GT(raised, deals / 50);
    EXPECT_GT(too_large, deals / 10) << "huge amounts, weights of 17 digits";
    if (credit::columns::has_lanes()) {
        EXPECT_GT(by_lanes, deals / 50);
    }
    std::printf("%llu too large for columns, %llu where every model passed before; %llu in lanes\n",
                static_cast<unsigned long long>(too_large),
                static_cast<unsigned long long>(untouched),
                static_cast<unsigned long long>(by_lanes));
}

} // namespace
} // namespace rulebook::credit_oracle
