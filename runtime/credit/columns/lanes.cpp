#include "runtime/credit/columns/lanes.hpp"

#include "runtime/credit/columns/lane_arithmetic.hpp"
#include "runtime/credit/columns/search.hpp"

namespace rulebook::credit::columns {

using plan::SplitModel;

bool suits_lanes(const ColumnRule& rule, const ColumnModel& model) {
    constexpr std::uint64_t kLongest = std::uint64_t{1} << 50;
    return rule.floors.empty() &&
           (model.kind == SplitModel::Position ||
            (model.kind == SplitModel::Decay && model.halving->half_life() < kLongest) ||
            (model.kind == SplitModel::Equal && !model.by_key));
}

#if defined(__x86_64__)

bool has_lanes() {
    return __builtin_cpu_supports("avx512f") != 0 && __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512cd") != 0 && __builtin_cpu_supports("avx512vl") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0;
}

namespace {

constexpr std::uint32_t kLanes = 8;        // parties
constexpr std::uint32_t kMostTouches = 16; // of a deal, two vectors
// The weights of a deal's touches; gives their whole, 0 where they are to be added up.
template <SplitModel kind>
RB_LANES_INLINE double weigh_in_lanes(const ColumnModel& model, const Halving& halving,
                                      __m512i instants_a, __m512i instants_b, std::uint32_t count,
                                      std::int64_t last, double* weights) {
    const auto valid = static_cast<__mmask16>((1U << count) - 1);
    const auto valid_a = static_cast<__mmask8>(valid);
    const auto valid_b = static_cast<__mmask8>(valid >> 8);
    __m512d a = only(valid_a, 1);
    __m512d b = only(valid_b, 1);
    double whole = count;
    if constexpr (kind == SplitModel::Position) {
        if (count > 2 || (count == 2 && model.first + model.last != 0)) {
            const double middles = count == 2 ? 1 : count - 2;
            const auto middle = static_cast<double>(model.middle);
            const auto edge = static_cast<__mmask16>(1U << (count - 1));
            const auto end = _mm512_set1_pd(static_cast<double>(model.last) * middles);
            a = only(valid_a, middle);
            b = only(valid_b, middle);
            a = _mm512_mask_mov_pd(a, static_cast<__mmask8>(edge), end);
            b = _mm512_mask_mov_pd(b, static_cast<__mmask8>(edge >> 8), end);
            a = _mm512_mask_mov_pd(a, 1,
                                   _mm512_set1_pd(static_cast<double>(model.first) * middles));
            whole =
                static_cast<double>(model.first + model.last + (count == 2 ? 0 : model.middle)) *
                middles;
        }
    }
    if constexpr (kind == SplitModel::Decay) {
        const __m512i end = _mm512_set1_epi64(last);
        a = _mm512_maskz_mov_pd(
            valid_a, halved(_mm512_cvtepi64_pd(_mm512_sub_epi64(end, instants_a)), halving));
        if (valid_b != 0)
            b = _mm512_maskz_mov_pd(
                valid_b, halved(_mm512_cvtepi64_pd(_mm512_sub_epi64(end, instants_b)), halving));
        whole = sum_of(_mm512_add_pd(a, b));
    }
    _mm512_storeu_pd(weights, a);
    _mm512_storeu_pd(weights + 8, b);
    return whole;
}

// Where rows of parties go.
struct Rows {
    Code* party;
    std::int64_t* share;
    std::int64_t* amount;
};

template <SplitModel kind>
class LaneDivision {
public:
    LaneDivision(const ColumnModel& model, const TouchColumns& touches, const DealColumns& deals)
        : model_(model), touches_(touches), deals_(deals) {
        if constexpr (kind == SplitModel::Decay) {
            const auto half_life = static_cast<double>(model.halving->half_life());
            halving_ = {half_life, 1 / half_life};
        }
    }

    // The number of parties; 0, and nothing of it counts: the deal is left.
    RB_LANES std::uint32_t divide(std::uint32_t deal, const Rows& rows) const {
        const std::int64_t* instants = touches_.instants.data();
        const RowIndex end = deals_.last_touch[deal];
        const RowIndex first =
            first_from(instants, deals_.first_touch[deal], end, deals_.since[deal]);
        const RowIndex last = first_after(instants, first, end, deals_.until[deal]);
        const std::uint32_t count = last - first;
        const std::int64_t signed_amount = deals_.amounts[deal];
        // Touches are read four at a time, and ages are exact in binary64.
        if (count - 1 >= kMostTouches || last + kTouchesBehind > touches_.instants.size() ||
            signed_amount <= -kMostAmount || signed_amount >= kMostAmount ||
            instants[last - 1] - instants[first] >= kLongest)
            return 0;
        const auto valid = static_cast<__mmask16>((1U << count) - 1);
        const __m512i a = _mm512_maskz_loadu_epi64(static_cast<__mmask8>(valid), instants + first);
        const __m512i b =
            _mm512_maskz_loadu_epi64(static_cast<__mmask8>(valid >> 8), instants + first + 8);
        if (has_equal_neighbours(instants + first, valid, a, b))
            return 0; // names may have to decide
        const Code* parties = touches_.parties.data() + first;
        const __m512i codes = _mm512_maskz_loadu_epi32(valid, parties);
        const __mmask16 firsts = _mm512_mask_cmpeq_epi32_mask(valid, _mm512_conflict_epi32(codes),
                                                              _mm512_setzero_si512());
        const auto count_of_parties = static_cast<std::uint32_t>(__builtin_popcount(firsts));
        if (count_of_parties > kLanes)
            return 0;
        const __m256i party = _mm512_castsi512_si256(_mm512_maskz_compress_epi32(firsts, codes));

        alignas(64) double weights[kMostTouches];
        const double whole =
            weigh_in_lanes<kind>(model_, halving_, a, b, count, instants[last - 1], weights);
        const auto lanes = static_cast<__mmask8>((1U << count_of_parties) - 1);
        __m512d even = _mm512_setzero_pd();
        __m512d odd = _mm512_setzero_pd();
        for (std::uint32_t i = 0; i < count; i += 4) {
            add(even, party, lanes, parties[i], weights[i]);
            add(odd, party, lanes, parties[i + 1], weights[i + 1]);
            add(even, party, lanes, parties[i + 2], weights[i + 2]);
            add(odd, party, lanes, parties[i + 3], weights[i + 3]);
        }
        const __m512d sums = _mm512_add_pd(even, odd);
        const auto amount = static_cast<double>(signed_amount < 0 ? -signed_amount : signed_amount);
        PartyLanes made;
        if constexpr (kind == SplitModel::Decay) {
            made = divide_nearly(amount, sums, whole, count_of_parties);
        } else {
            if ((amount > kMillionths ? amount : kMillionths) * whole >= kExact)
                return 0;
            made = divide_exactly(amount, sums, whole);
        }
        if (!made.decided)
            return 0;
        __m512i amounts = _mm512_cvttpd_epi64(made.amounts);
        if (signed_amount < 0)
            amounts = _mm512_sub_epi64(_mm512_setzero_si512(), amounts);
        _mm256_storeu_si256(reinterpret_cast<__m256i*>(rows.party), party);
        _mm512_storeu_si512(rows.share, _mm512_cvttpd_epi64(made.shares));
        _mm512_storeu_si512(rows.amount, amounts);
        return count_of_parties;
    }

private:
    static constexpr std::int64_t kMostAmount = std::int64_t{1} << 36;
    static constexpr std::int64_t kLongest = std::int64_t{1} << 52;

    RB_LANES_INLINE static void add(__m512d& sums, __m256i party, __mmask8 lanes, Code code,
                                    double weight) {
        const __mmask8 lane =
            _mm256_mask_cmpeq_epi32_mask(lanes, party, _mm256_set1_epi32(static_cast<int>(code)));
        sums = _mm512_mask_add_pd(sums, lane, sums, _mm512_set1_pd(weight));
    }

    RB_LANES_INLINE static bool has_equal_neighbours(const std::int64_t* instants, __mmask16 valid,
                                                     __m512i a, __m512i b) {
        const auto but_first = static_cast<__mmask16>(valid & ~1U);
        const __m512i before_a =
            _mm512_maskz_loadu_epi64(static_cast<__mmask8>(but_first), instants - 1);
        const __m512i before_b =
            _mm512_maskz_loadu_epi64(static_cast<__mmask8>(but_first >> 8), instants + 7);
        return (_mm512_mask_cmpeq_epi64_mask(static_cast<__mmask8>(but_first), a, before_a) |
                _mm512_mask_cmpeq_epi64_mask(static_cast<__mmask8>(but_first >> 8), b, before_b)) !=
               0;
    }

    const ColumnModel& model_;
    const TouchColumns& touches_;
    const DealColumns& deals_;
    Halving halving_{1, 1};
};

template <SplitModel kind>
RB_LANES void divide_all(const LaneDivision<kind>& division, std::span<const std::uint32_t> asked,
                         DividedDeals& divided, std::vector<std::uint32_t>& left) {
    const std::size_t before = divided.party.size();
    const std::size_t room = asked.size() * kLanes;
    const Rows rows{divided.party.extend(room), divided.share.extend(room),
                    divided.amount.extend(room)};
    std::uint32_t made = 0;
    for (const std::uint32_t deal : asked) {
        const std::uint32_t count =
            division.divide(deal, {rows.party + made, rows.share + made, rows.amount + made});
        if (count == 0) {
            left.push_back(deal);
            continue;
        }
        const auto first = static_cast<std::uint32_t>(before) + made;
        divided.outcomes[deal] = Outcome::Divided;
        divided.parties_of[deal] = {first, first + count};
        made += count;
    }
    divided.party.resize(before + made);
    divided.share.resize(before + made);
    divided.amount.resize(before + made);
}

} // namespace

void divide_in_lanes(const ColumnModel& model, const TouchColumns& touches,
                     const DealColumns& deals, std::span<const std::uint32_t> asked,
                     DividedDeals& divided, std::vector<std::uint32_t>& left) {
    if (model.kind == SplitModel::Position)
        divide_all(LaneDivision<SplitModel::Position>(model, touches, deals), asked, divided, left);
    else if (model.kind == SplitModel::Decay)
        divide_all(LaneDivision<SplitModel::Decay>(model, touches, deals), asked, divided, left);
    else
        divide_all(LaneDivision<SplitModel::Equal>(model, touches, deals), asked, divided, left);
}

#else

bool has_lanes() {
    return false;
}

void divide_in_lanes(const ColumnModel&, const TouchColumns&, const DealColumns&,
                     std::span<const std::uint32_t> asked, DividedDeals&,
                     std::vector<std::uint32_t>& left) {
    left.insert(left.end(), asked.begin(), asked.end());
}

#endif

} // namespace rulebook::credit::columns
