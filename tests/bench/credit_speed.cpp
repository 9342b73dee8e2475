// Deals divided exactly to the cent, one thread: 200,000 of them with ten touches each, of which a
// window of 90 days takes some; by columns, by a loop written by hand over the same columns, and
// deal by deal as an explanation needs it.
//
//   credit_speed [DEALS] [FOLDER]    prints a JSON object a line; writes the data as CSV into
//   FOLDER
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <numeric>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "runtime/credit/columns/column_division.hpp"
#include "runtime/credit/division.hpp"
#include "runtime/value/amount.hpp"
#include "runtime/value/calendar.hpp"
#include "tests/bench/credit.hpp"

namespace {

namespace bench = rulebook::bench;
namespace credit = rulebook::credit;
namespace plan = rulebook::plan;
using namespace credit::columns;

constexpr std::uint32_t kTouches = 10;
constexpr std::int64_t kDay = rulebook::kMicrosecondsPerDay;
constexpr std::int64_t kWindow = 90 * kDay;
constexpr std::int64_t kHalfLife = 7 * kDay;
constexpr std::int64_t kTouchedFor = 100 * kDay; // before the close
constexpr std::int64_t kNow = 1'780'000'000'000'000;
const std::vector<std::string> kParties = {"ads", "call", "email", "event", "web"};

int fail(const std::string& message) {
    fmt::print(stderr, "credit_speed: {}\n", message);
    return 1;
}

// A deal an account.
struct Data {
    std::vector<std::int64_t> at, closed_at, since, amount;
    std::vector<Code> party;
    std::vector<std::uint32_t> first_touch, last_touch, deals;

    explicit Data(std::uint32_t count) {
        std::uint64_t state = 1;
        const auto random = [&](std::int64_t below) {
            state = state * 6364136223846793005U + 1442695040888963407U;
            return static_cast<std::int64_t>((state >> 11U) % static_cast<std::uint64_t>(below));
        };
        for (std::uint32_t deal = 0; deal < count; ++deal) {
            deals.push_back(deal);
            first_touch.push_back(deal * kTouches);
            last_touch.push_back((deal + 1) * kTouches);
            closed_at.push_back(kNow - random(365 * kDay));
            since.push_back(closed_at.back() - kWindow + 1);
            amount.push_back(100 + random(10'000'000));
            for (std::uint32_t i = 0; i < kTouches; ++i) {
                at.push_back(closed_at.back() - random(kTouchedFor));
                party.push_back(static_cast<Code>(random(bench::kCreditParties)));
            }
            std::sort(at.end() - kTouches, at.end());
        }
    }
};

// What the loops by hand write into.
struct HandResults {
    std::vector<std::uint32_t> first_party, party, last_touch, touch;
    std::vector<std::int64_t> share, amount, touch_amount;

    explicit HandResults(std::size_t deals)
        : first_party(deals + 1), party(deals * bench::kCreditParties), last_touch(party.size()),
          touch(deals * kTouches), share(party.size()), amount(party.size()),
          touch_amount(touch.size()) {}

    bench::CreditByHand pointers() {
        return {first_party.data(), party.data(), share.data(),       amount.data(),
                last_touch.data(),  touch.data(), touch_amount.data()};
    }
};

struct Row {
    std::string name;
    credit::Model model;
    void (*by_hand)(const bench::CreditColumns&, const bench::CreditByHand&);
};

std::vector<Row> rows() {
    constexpr std::int64_t kPercent = rulebook::kMillionthsPerOne / 100;
    return {{"credit.position",
             {.kind = plan::SplitModel::Position,
              .first = 40 * kPercent,
              .middle = 20 * kPercent,
              .last = 40 * kPercent},
             [](const auto& columns, const auto& results) {
                 bench::position_by_hand(columns, kWindow, results);
             }},
            {"credit.decay",
             {.kind = plan::SplitModel::Decay, .halving_microseconds = kHalfLife},
             [](const auto& columns, const auto& results) {
                 bench::decay_by_hand(columns, kWindow, kHalfLife, results);
             }},
            {"credit.equal",
             {.kind = plan::SplitModel::Equal},
             [](const auto& columns, const auto& results) {
                 bench::equal_by_hand(columns, kWindow, results);
             }}};
}

template <class Work>
double seconds(const Work& work) {
    const auto started = std::chrono::steady_clock::now();
    work();
    asm volatile("" ::: "memory");
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - started;
    return took.count();
}

bool same(const Data& data, const DividedDeals& ours, const HandResults& hand, Want want) {
    for (const std::uint32_t deal : data.deals) {
        const auto range = ours.parties_of[deal];
        if (ours.outcomes[deal] == Outcome::NoTouch) {
            if (hand.first_party[deal] != hand.first_party[deal + 1])
                return false;
            continue;
        }
        const std::uint32_t first = hand.first_party[deal];
        if (ours.outcomes[deal] != Outcome::Divided ||
            range.last - range.first != hand.first_party[deal + 1] - first)
            return false;
        for (std::uint32_t i = 0; i < range.last - range.first; ++i) {
            const std::uint32_t row = range.first + i;
            if (ours.party[row] != hand.party[first + i] ||
                ours.share[row] != hand.share[first + i] ||
                ours.amount[row] != hand.amount[first + i] ||
                (want == Want::Touches && ours.last_touch[row] != hand.last_touch[first + i]))
                return false;
        }
    }
    if (want == Want::Parties)
        return true;
    return std::equal(ours.touch.begin(), ours.touch.end(), hand.touch.begin()) &&
           std::equal(ours.touch_amount.begin(), ours.touch_amount.end(),
                      hand.touch_amount.begin());
}

// Deal by deal, with exact fractions of any size: of some deals.
double seconds_one_by_one(const Data& data, const credit::Model& model, std::uint32_t deals) {
    const credit::OfferedModel offered{&model, {}, plan::Value::of(true)};
    return seconds([&] {
        for (std::uint32_t deal = 0; deal < deals; ++deal) {
            std::vector<credit::Touch> touches;
            for (std::uint32_t i = data.first_touch[deal]; i < data.last_touch[deal]; ++i)
                if (data.at[i] >= data.since[deal] && data.at[i] <= data.closed_at[deal])
                    touches.push_back(
                        {credit::Party::named(plan::Value::of(std::int64_t{data.party[i]}),
                                              kParties[data.party[i]]),
                         data.at[i],
                         i,
                         {}});
            (void)credit::divide(data.amount[deal], touches, {&offered, 1}, {}, {},
                                 credit::Detail::Amounts);
        }
    });
}

int run(const Data& data) {
    PartyCodes parties;
    for (std::size_t i = 0; i < kParties.size(); ++i)
        parties.add(
            credit::Party::named(plan::Value::of(static_cast<std::int64_t>(i)), kParties[i]));
    ColumnRule rule = ColumnRule::of({}, credit::Party::unattributed(), parties);
    rule.order_of_names = parties.order_of_names();
    const TouchColumns touches{.instants = data.at, .parties = data.party};
    const DealColumns deals{.first_touch = data.first_touch,
                            .last_touch = data.last_touch,
                            .since = data.since,
                            .until = data.closed_at,
                            .amounts = data.amount};
    const bench::CreditColumns columns{static_cast<std::int64_t>(data.deals.size()),
                                       data.first_touch.data(),
                                       data.last_touch.data(),
                                       data.closed_at.data(),
                                       data.amount.data(),
                                       data.at.data(),
                                       data.party.data()};
    const std::vector<Row> all = rows();
    for (std::size_t i = 0; i < 2 * all.size(); ++i) {
        const Row& row = all[i % all.size()];
        const Want want = i < all.size() ? Want::Parties : Want::Touches;
        const std::string name = row.name + (want == Want::Parties ? "" : " with touches");
        const ColumnModel model = ColumnModel::of(row.model, parties, nullptr);
        ColumnDivision division(rule);
        DividedDeals divided;
        HandResults hand(data.deals.size());
        const auto ours = [&] {
            divided.start(data.deals.size());
            division.divide(model, touches, deals, data.deals, divided, want);
        };
        bench::CreditByHand by_hand = hand.pointers();
        if (want == Want::Parties)
            by_hand.touch = nullptr;
        double best_ours = 1e9;
        double best_hand = 1e9;
        for (int turn = 0; turn < 9; ++turn) { // by turns: the machine's load moves
            best_ours = std::min(best_ours, seconds(ours));
            best_hand = std::min(best_hand, seconds([&] { row.by_hand(columns, by_hand); }));
        }
        if (!same(data, divided, hand, want))
            return fail(name + ": the results differ");
        const auto some =
            static_cast<std::uint32_t>(std::min<std::size_t>(data.deals.size(), 5'000));
        const double one_by_one = seconds_one_by_one(data, row.model, some);
        const auto millions = [](std::size_t touched, double took) {
            return static_cast<double>(touched) / took / 1e6;
        };
        fmt::print("{{\"name\": \"{}\", \"unit\": \"M touches/s\", \"ours\": {:.1f}, \"hand\": "
                   "{:.1f}, \"ratio\": {:.2f}, \"goal\": 0.5, \"one by one\": {:.2f}}}\n",
                   name, millions(data.at.size(), best_ours), millions(data.at.size(), best_hand),
                   best_hand / best_ours, millions(some * kTouches, one_by_one));
    }
    return 0;
}

} // namespace

int main(int count, char** arguments) {
    const auto deals =
        count > 1 ? static_cast<std::uint32_t>(std::strtoul(arguments[1], nullptr, 10)) : 200'000U;
    return run(Data(deals));
}
