// Many deals of several accounts over the same columns give what credit::divide gives each:
// windows, touches of one instant, several numbers at a time or one. 3,000 rounds;
// RULEBOOK_CREDIT_ROUNDS asks for more.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "runtime/credit/columns/column_division.hpp"
#include "runtime/credit/columns/lanes.hpp"
#include "runtime/credit/division.hpp"
#include "tests/generator/randomness.hpp"

namespace rulebook::credit {
namespace {

using namespace columns;
using generator::Randomness;
using plan::SplitModel;

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::size_t kPartiesInAll = 12;

// Accounts, their touches and deals.
struct Field {
    std::vector<std::int64_t> instants, sequences;
    std::vector<std::uint8_t> sequence_known;
    std::vector<Code> parties, keys;
    std::vector<RowIndex> first, last;
    std::vector<std::int64_t> since, until, amounts;
    std::vector<std::uint32_t> asked;
    PartyCodes codes;

    explicit Field(Randomness& random) {
        for (std::size_t i = 0; i < kPartiesInAll; ++i) // names descend
            codes.add(Party::named(plan::Value::of(static_cast<std::int64_t>(i)),
                                   std::string(1, static_cast<char>('z' - i))));
        const std::size_t accounts = 1 + random.below(6);
        const std::size_t different = 1 + random.below(kPartiesInAll);
        for (std::size_t account = 0; account < accounts; ++account)
            add_account(random, different);
    }

private:
    void add_account(Randomness& random, std::size_t different) {
        const auto begin = static_cast<RowIndex>(instants.size());
        const std::size_t touches = random.one_in(8) ? 0 : random.below(random.one_in(4) ? 60 : 20);
        std::int64_t instant = random.between(0, 100) * kDay;
        for (std::size_t i = 0; i < touches; ++i) {
            const bool same = random.one_in(20);
            instant += same ? 0 : random.between(1, random.one_in(3) ? 5 : 10 * kDay);
            instants.push_back(instant);
            sequences.push_back(same && random.one_in(2) ? sequences.empty() ? 0 : sequences.back()
                                                         : random.between(0, 5));
            sequence_known.push_back(random.one_in(4) ? 0 : 1);
            parties.push_back(static_cast<Code>(random.below(different)));
            keys.push_back(static_cast<Code>(random.below(3)));
        }
        for (std::size_t deal = 0; deal < random.below(8); ++deal) {
            first.push_back(begin);
            last.push_back(static_cast<RowIndex>(instants.size()));
            until.push_back(random.one_in(2) || touches == 0
                                ? instant - random.between(-5, 20) * kDay
                                : instants[begin + random.below(touches)]);
            since.push_back(random.one_in(8) ? std::numeric_limits<std::int64_t>::min()
                                             : until.back() - random.between(0, 120) * kDay + 1);
            amounts.push_back(random_amount(random));
            asked.push_back(static_cast<std::uint32_t>(asked.size()));
        }
    }

    static std::int64_t random_amount(Randomness& random) {
        if (random.one_in(8))
            return random.between(-3, 3);
        if (random.one_in(20))
            return random.one_in(2) ? std::numeric_limits<std::int64_t>::min()
                                    : std::numeric_limits<std::int64_t>::max();
        const std::int64_t amount = random.between(0, random.one_in(6) ? 1LL << 45 : 10'000'000);
        return random.one_in(4) ? -amount : amount;
    }
};

// Within microseconds nearly nothing is lost in years: parties then have shares that binary64
// cannot tell apart.
std::int64_t random_half_life(Randomness& random) {
    switch (random.below(4)) {
    case 0:
        return random.between(1, 1'000);
    case 1:
        return random.between(10, 100) * 365 * kDay;
    default:
        return random.between(1, 900) * kDay / 24;
    }
}

Model random_model(Randomness& random) {
    constexpr std::int64_t kPercent = 10'000;
    switch (random.below(6)) {
    case 0:
        return {.kind = random.one_in(2) ? SplitModel::First : SplitModel::Last};
    case 1:
        return {.kind = SplitModel::Equal};
    case 2:
        return {.kind = SplitModel::Equal, .key = 0};
    case 3: {
        const std::int64_t first = random.between(0, 100) * kPercent;
        const std::int64_t last = random.between(0, 100 - first / kPercent) * kPercent;
        return {.kind = SplitModel::Position,
                .first = first,
                .middle = 100 * kPercent - first - last,
                .last = last};
    }
    default:
        return {.kind = SplitModel::Decay, .halving_microseconds = random_half_life(random)};
    }
}

bool are_ordered(const Field& field, RowIndex earlier, RowIndex later) {
    return field.instants[earlier] != field.instants[later] ||
           (field.sequence_known[earlier] != 0 && field.sequence_known[later] != 0 &&
            field.sequences[earlier] != field.sequences[later]);
}

// What of the touches the deal takes, for credit::divide.
std::vector<Touch> touches_of(const Field& field, std::uint32_t deal, std::vector<RowIndex>& rows) {
    std::vector<Touch> touches;
    for (RowIndex row = field.first[deal]; row < field.last[deal]; ++row) {
        if (field.instants[row] < field.since[deal] || field.instants[row] > field.until[deal])
            continue;
        const std::uint32_t rank =
            rows.empty() ? 0 : touches.back().rank + (are_ordered(field, rows.back(), row) ? 1 : 0);
        touches.push_back({field.codes.party(field.parties[row]),
                           field.instants[row],
                           rank,
                           {plan::Value::of(static_cast<std::int64_t>(field.keys[row]))}});
        rows.push_back(row);
    }
    return touches;
}

class Round {
public:
    explicit Round(Randomness& random)
        : field_(random), model_(random_model(random)),
          want_(random.one_in(4) ? Want::Touches : Want::Parties) {
        if (random.one_in(6))
            floors_.push_back({field_.codes.party(static_cast<Code>(random.below(3))),
                               random.between(0, 1'000'000)});
        rule_ = ColumnRule::of(floors_, Party::unattributed(), field_.codes);
        rule_.order_of_names = field_.codes.order_of_names();
        rule_.keys = 3;
        KeyCodes keys;
        column_model_ = ColumnModel::of(model_, field_.codes, &keys);
    }

    void check(ColumnDivision::Lanes lanes) {
        const std::span<const Code> keys[] = {field_.keys};
        const TouchColumns touches{.instants = field_.instants,
                                   .parties = field_.parties,
                                   .sequences = field_.sequences,
                                   .sequence_known = field_.sequence_known,
                                   .keys = keys};
        const DealColumns deals{.first_touch = field_.first,
                                .last_touch = field_.last,
                                .since = field_.since,
                                .until = field_.until,
                                .amounts = field_.amounts};
        ColumnDivision division(rule_, lanes);
        divided_.start(field_.asked.size());
        division.divide(column_model_, touches, deals, field_.asked, divided_, want_);
        in_lanes += division.by_lanes();
        for (const std::uint32_t deal : field_.asked)
            check_deal(deal);
    }

    std::size_t in_lanes = 0, divided = 0, too_large = 0, no_touch = 0;

private:
    void check_deal(std::uint32_t deal) {
        std::vector<RowIndex> rows;
        const auto touches = touches_of(field_, deal, rows);
        const Outcome outcome = divided_.outcomes[deal];
        if (outcome == Outcome::TooLarge) {
            ++too_large;
            EXPECT_TRUE(field_.amounts[deal] >= 1LL << 36 || field_.amounts[deal] <= -(1LL << 36));
            return;
        }
        EXPECT_EQ(outcome, touches.empty() ? Outcome::NoTouch : Outcome::Divided);
        ++(touches.empty() ? no_touch : divided);
        const OfferedModel offered{&model_, {}, plan::Value::of(true)};
        const Division wanted = credit::divide(field_.amounts[deal], touches, {&offered, 1},
                                               floors_, Party::unattributed(), Detail::Amounts);
        const auto range = divided_.parties_of[deal];
        ASSERT_EQ(range.last - range.first, wanted.parties.size());
        for (std::uint32_t i = 0; i < wanted.parties.size(); ++i)
            check_party(range.first + i, wanted.parties[i], rows);
    }

    void check_party(std::uint32_t row, const Division::PartyAmount& wanted,
                     const std::vector<RowIndex>& rows) {
        EXPECT_TRUE(field_.codes.party(divided_.party[row]).same_as(wanted.party));
        EXPECT_EQ(divided_.amount[row], wanted.amount);
        EXPECT_EQ(divided_.share[row], wanted.share.millionths);
        if (want_ == Want::Parties)
            return;
        const auto touches = divided_.touches_of(row);
        ASSERT_EQ(touches.last - touches.first, wanted.touches.size());
        for (std::uint32_t i = 0; i < wanted.touches.size(); ++i) {
            EXPECT_EQ(divided_.touch[touches.first + i], rows[wanted.touches[i].touch]);
            EXPECT_EQ(divided_.touch_amount[touches.first + i], wanted.touches[i].amount);
        }
    }

    Field field_;
    Model model_;
    Want want_;
    std::vector<PartyPart> floors_;
    ColumnRule rule_;
    ColumnModel column_model_;
    DividedDeals divided_;
};

std::uint64_t wanted_rounds() {
    constexpr std::uint64_t kQuick = 3'000;
    const char* wanted = std::getenv("RULEBOOK_CREDIT_ROUNDS");
    return wanted == nullptr ? kQuick : std::stoull(wanted);
}

TEST(CreditColumnsLaw, ManyDealsGetWhatEachGets) {
    std::size_t in_lanes = 0;
    std::size_t divided = 0;
    std::size_t too_large = 0;
    std::size_t no_touch = 0;
    const std::uint64_t rounds = wanted_rounds();
    for (std::uint64_t seed = 1; seed <= rounds && !::testing::Test::HasFailure(); ++seed) {
        SCOPED_TRACE("seed " + std::to_string(seed));
        Randomness random(seed);
        Round round(random);
        round.check(ColumnDivision::Lanes::Never);
        EXPECT_EQ(round.in_lanes, 0U);
        round.check(ColumnDivision::Lanes::IfThere);
        in_lanes += round.in_lanes;
        divided += round.divided;
        too_large += round.too_large;
        no_touch += round.no_touch;
    }
    std::printf("%zu deals divided, %zu of them in lanes; %zu too large, %zu without touches\n",
                divided, in_lanes, too_large, no_touch);
    EXPECT_GT(divided, 5 * rounds);
    EXPECT_GT(too_large, rounds / 10);
    EXPECT_GT(no_touch, rounds / 3);
    if (has_lanes()) {
        EXPECT_GT(in_lanes, rounds / 2);
    }
}

} // namespace
} // namespace rulebook::credit
