#include "tests/bench/credit.hpp"

#include <algorithm>

#include "runtime/value/halving_weights.hpp"

namespace rulebook::bench {

namespace {

constexpr std::uint32_t kMostTouches = 64; // more are not in the data
constexpr std::uint64_t kMillion = 1'000'000;

// floor(factor × part / whole) and the rest, by an estimate in binary64 that is off by one at most.
template <class Number>
struct Division {
    Number whole;
    double inverse;
    explicit Division(Number of) : whole(of), inverse(1 / static_cast<double>(of)) {}

    std::uint64_t operator()(std::uint64_t factor, Number part, Number& rest) const {
        auto quotient = static_cast<std::uint64_t>(static_cast<std::int64_t>(
            static_cast<double>(factor) * (static_cast<double>(part) * inverse)));
        Number left = factor * part - quotient * whole;
        if ((left >> (8 * sizeof(Number) - 1)) != 0) {
            --quotient;
            left += whole;
        } else if (left >= whole) {
            ++quotient;
            left -= whole;
        }
        rest = left;
        return quotient;
    }
};

template <class Number>
void round_to_cents(std::uint64_t amount, const Number* parts, Division<Number> division,
                    std::uint32_t count, std::uint64_t* cents) {
    Number rests[kMostTouches];
    std::uint64_t left = amount;
    for (std::uint32_t i = 0; i < count; ++i) {
        cents[i] = division(amount, parts[i], rests[i]);
        left -= cents[i];
    }
    for (; left > 0; --left) {
        const auto largest = std::max_element(rests, rests + count) - rests;
        ++cents[largest];
        rests[largest] = 0;
    }
}

// `weigh(n, instants, weights)` gives the sum of the weights.
template <class Number, bool touches_wanted, class Weigh>
void divide_by_hand(const CreditColumns& columns, std::int64_t window, const CreditByHand& results,
                    const Weigh& weigh) {
    std::uint32_t party_rows = 0;
    std::uint32_t touch_rows = 0;
    for (std::int64_t deal = 0; deal < columns.deals; ++deal) {
        results.first_party[deal] = party_rows;
        const std::int64_t closed = columns.closed_at[deal];
        std::uint32_t first = columns.first_touch[deal];
        std::uint32_t last = columns.last_touch[deal];
        while (first < last && columns.at[first] <= closed - window)
            ++first;
        while (first < last && columns.at[last - 1] > closed)
            --last;
        const std::uint32_t count = last - first;
        if (count == 0)
            continue;
        Number weights[kMostTouches];
        const Number whole = weigh(count, columns.at + first, weights);

        Number sums[kCreditParties] = {};
        std::uint32_t counts[kCreditParties] = {};
        std::uint32_t order[kCreditParties];
        std::uint32_t parties = 0;
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t party = columns.party[first + i];
            if (counts[party] == 0)
                order[parties++] = party;
            ++counts[party];
            sums[party] += weights[i];
        }
        Number parts[kCreditParties];
        std::uint64_t amounts[kCreditParties];
        for (std::uint32_t i = 0; i < parties; ++i)
            parts[i] = sums[order[i]];
        const auto amount = static_cast<std::uint64_t>(columns.amount[deal]);
        const Division<Number> division(whole);
        round_to_cents(amount, parts, division, parties, amounts);

        for (std::uint32_t i = 0; i < parties; ++i) {
            Number rest = 0;
            std::uint64_t share = division(kMillion, parts[i], rest);
            const Number other = whole - rest;
            share += rest > other || (rest == other && share % 2 == 1) ? 1 : 0;
            results.party[party_rows + i] = order[i];
            results.share[party_rows + i] = static_cast<std::int64_t>(share);
            results.amount[party_rows + i] = static_cast<std::int64_t>(amounts[i]);
        }
        if constexpr (!touches_wanted) {
            party_rows += parties;
            continue;
        }
        std::uint32_t next[kCreditParties];
        std::uint32_t begin = 0;
        for (std::uint32_t i = 0; i < parties; ++i) {
            next[order[i]] = begin;
            begin += counts[order[i]];
        }
        Number listed[kMostTouches];
        for (std::uint32_t i = 0; i < count; ++i) {
            const std::uint32_t place = next[columns.party[first + i]]++;
            listed[place] = weights[i];
            results.touch[touch_rows + place] = first + i;
        }
        begin = 0;
        for (std::uint32_t i = 0; i < parties; ++i) {
            const std::uint32_t party = order[i];
            const std::uint32_t touches = counts[party];
            std::uint64_t cents[kMostTouches];
            if (touches == 1)
                cents[0] = amounts[i];
            else
                round_to_cents(amounts[i], listed + begin, Division<Number>(sums[party]), touches,
                               cents);
            for (std::uint32_t touch = 0; touch < touches; ++touch)
                results.touch_amount[touch_rows + begin + touch] =
                    static_cast<std::int64_t>(cents[touch]);
            begin += touches;
            results.last_touch[party_rows + i] = touch_rows + begin;
        }
        party_rows += parties;
        touch_rows += count;
    }
    results.first_party[columns.deals] = party_rows;
}

// With the amounts of touches where there is room for them.
template <class Number, class Weigh>
void divide_as_wanted(const CreditColumns& columns, std::int64_t window,
                      const CreditByHand& results, const Weigh& weigh) {
    if (results.touch != nullptr)
        divide_by_hand<Number, true>(columns, window, results, weigh);
    else
        divide_by_hand<Number, false>(columns, window, results, weigh);
}

} // namespace

void position_by_hand(const CreditColumns& columns, std::int64_t window,
                      const CreditByHand& results) {
    divide_as_wanted<std::uint64_t>(
        columns, window, results,
        [](std::uint32_t count, const std::int64_t*, std::uint64_t* weights) -> std::uint64_t {
            if (count <= 2) {
                std::fill_n(weights, count, std::uint64_t{1}); // 40% and 40%: half each
                return count;
            }
            const std::uint64_t middles = count - 2; // 40%, 20%, 40% are 2 : 1 : 2
            std::fill_n(weights, count, std::uint64_t{1});
            weights[0] = weights[count - 1] = 2 * middles;
            return 5 * middles;
        });
}

void equal_by_hand(const CreditColumns& columns, std::int64_t window, const CreditByHand& results) {
    divide_as_wanted<std::uint64_t>(
        columns, window, results,
        [](std::uint32_t count, const std::int64_t*, std::uint64_t* weights) -> std::uint64_t {
            std::fill_n(weights, count, std::uint64_t{1});
            return count;
        });
}

void decay_by_hand(const CreditColumns& columns, std::int64_t window, std::int64_t half_life,
                   const CreditByHand& results) {
    const HalvingWeights halving(static_cast<std::uint64_t>(half_life));
    divide_as_wanted<UnsignedInt128>(
        columns, window, results,
        [&](std::uint32_t count, const std::int64_t* at, UnsignedInt128* weights) {
            UnsignedInt128 whole = 0;
            for (std::uint32_t i = 0; i < count; ++i) {
                weights[i] = halving(static_cast<std::uint64_t>(at[count - 1] - at[i]));
                whole += weights[i];
            }
            return whole;
        });
}

} // namespace rulebook::bench
