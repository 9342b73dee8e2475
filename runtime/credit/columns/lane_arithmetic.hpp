// Parts of amounts, eight parties at once in binary64: exact, or told to be undecided. Internal to
// this folder.
#pragma once

#if defined(__x86_64__)

#include <cstdint>
#include <iterator>

#include <immintrin.h>

#include "runtime/value/amount.hpp"

#define RB_LANES __attribute__((target("avx512f,avx512dq,avx512cd,avx512vl,avx512bw,bmi,popcnt")))
#define RB_LANES_INLINE RB_LANES __attribute__((always_inline)) inline

namespace rulebook::credit::columns {

inline constexpr double kMillionths = kMillionthsPerOne;
// Integers below this are exact in binary64, with room for three more bits.
inline constexpr double kExact = 1125899906842624.0; // 2^50
// Decay: what a share may be off by. Each weight is off by less than 2^-50 of itself and by 2^-63,
// a sum of 16 by 15 × 2^-53 more, a quotient of two by the sum of both and 2^-53.
inline constexpr double kShareError = 0x1p-46;

// What decay asks of the half-life.
struct Halving {
    double half_life;
    double per_half_life; // 1/half_life
};

// Numbers of a deal's parties. `decided`: nothing in it might be otherwise.
struct PartyLanes {
    __m512d amounts;
    __m512d shares; // millionths
    bool decided;
};

// The value in these lanes, 0 in the others.
RB_LANES_INLINE __m512d only(__mmask8 lanes, double value) {
    return _mm512_maskz_mov_pd(lanes, _mm512_set1_pd(value));
}

RB_LANES_INLINE double sum_of(__m512d lanes) {
    return _mm512_reduce_add_pd(lanes);
}

// Per lane, how many lanes have a greater key.
RB_LANES_INLINE __m512d greater_keys(__m512d keys) {
    const __m512i next = _mm512_set_epi64(0, 7, 6, 5, 4, 3, 2, 1);
    const __m512d one = _mm512_set1_pd(1);
    __m512d others = keys;
    __m512d count = _mm512_setzero_pd();
    for (int i = 1; i < 8; ++i) {
        others = _mm512_permutexvar_pd(next, others);
        count = _mm512_mask_add_pd(count, _mm512_cmp_pd_mask(others, keys, _CMP_GT_OQ), count, one);
    }
    return count;
}

// amount × sums / whole, in integers below kExact.
RB_LANES_INLINE PartyLanes divide_exactly(double amount, __m512d sums, double whole) {
    const __m512d one = _mm512_set1_pd(1);
    const __m512d denominator = _mm512_set1_pd(whole);
    const __m512d inverse = _mm512_set1_pd(1 / whole);
    const auto divide = [&](double factor, __m512d& remainder) RB_LANES {
        const __m512d product = _mm512_mul_pd(_mm512_set1_pd(factor), sums);
        __m512d quotient = _mm512_roundscale_pd(_mm512_mul_pd(product, inverse),
                                                _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
        __m512d rest = _mm512_sub_pd(product, _mm512_mul_pd(quotient, denominator));
        const __mmask8 above = _mm512_cmp_pd_mask(rest, _mm512_setzero_pd(), _CMP_LT_OQ);
        quotient = _mm512_mask_sub_pd(quotient, above, quotient, one);
        rest = _mm512_mask_add_pd(rest, above, rest, denominator);
        const __mmask8 below = _mm512_cmp_pd_mask(rest, denominator, _CMP_GE_OQ);
        quotient = _mm512_mask_add_pd(quotient, below, quotient, one);
        remainder = _mm512_mask_sub_pd(rest, below, rest, denominator);
        return quotient;
    };
    __m512d remainder;
    const __m512d down = divide(amount, remainder);
    const __m512d left = _mm512_set1_pd(amount - sum_of(down));
    // The earlier party first where they are equal.
    const __m512d place = _mm512_set_pd(0, 1, 2, 3, 4, 5, 6, 7);
    const __m512d keys = _mm512_add_pd(_mm512_mul_pd(remainder, _mm512_set1_pd(8)), place);
    const __mmask8 unit = _mm512_cmp_pd_mask(greater_keys(keys), left, _CMP_LT_OQ);

    __m512d part;
    __m512d share = divide(kMillionths, part);
    const __m512d twice = _mm512_add_pd(part, part);
    const __mmask8 odd = _mm512_test_epi64_mask(_mm512_cvttpd_epi64(share), _mm512_set1_epi64(1));
    const __mmask8 up =
        static_cast<__mmask8>(_mm512_cmp_pd_mask(twice, denominator, _CMP_GT_OQ) |
                              (_mm512_cmp_pd_mask(twice, denominator, _CMP_EQ_OQ) & odd));
    share = _mm512_mask_add_pd(share, up, share, one);
    return {_mm512_mask_add_pd(down, unit, down, one), share, true};
}

// The same of sums that are off by a little, for the first `count` lanes; the others are 0.
RB_LANES_INLINE PartyLanes divide_nearly(double amount, __m512d sums, double whole,
                                         std::uint32_t count) {
    if (count == 1)
        return {only(1, amount), only(1, kMillionths), true};
    const auto lanes = static_cast<__mmask8>((1U << count) - 1);
    const __m512d one = _mm512_set1_pd(1);
    const __m512d shares = _mm512_mul_pd(sums, _mm512_set1_pd(1 / whole));
    const __m512d exact = _mm512_mul_pd(shares, _mm512_set1_pd(amount));
    const __m512d down = _mm512_roundscale_pd(exact, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
    const __m512d rest = _mm512_sub_pd(exact, down);
    const __m512d error = _mm512_set1_pd(amount * kShareError);
    __mmask8 doubtful = static_cast<__mmask8>(
        _mm512_mask_cmp_pd_mask(lanes, rest, error, _CMP_LE_OQ) |
        _mm512_mask_cmp_pd_mask(lanes, rest, _mm512_sub_pd(one, error), _CMP_GE_OQ));
    const __m512d left = _mm512_set1_pd(amount - sum_of(down));
    // Lanes without a party are behind all others.
    const __m512d keys = _mm512_mask_mov_pd(_mm512_set1_pd(-1), lanes, rest);
    const __m512d near = _mm512_add_pd(error, error);
    const __m512d least = _mm512_sub_pd(keys, near);
    const __m512d most = _mm512_add_pd(keys, near);
    const __m512i next = _mm512_set_epi64(0, 7, 6, 5, 4, 3, 2, 1);
    __m512d others = keys;
    __m512d may = _mm512_setzero_pd();  // how many may come before it
    __m512d must = _mm512_setzero_pd(); // how many do
    for (int i = 1; i < 8; ++i) {
        others = _mm512_permutexvar_pd(next, others);
        must = _mm512_mask_add_pd(must, _mm512_cmp_pd_mask(others, most, _CMP_GT_OQ), must, one);
        may = _mm512_mask_add_pd(may, _mm512_cmp_pd_mask(others, least, _CMP_GE_OQ), may, one);
    }
    const __mmask8 unit = _mm512_mask_cmp_pd_mask(lanes, may, left, _CMP_LT_OQ);
    const __mmask8 perhaps = _mm512_mask_cmp_pd_mask(lanes, must, left, _CMP_LT_OQ);
    doubtful = static_cast<__mmask8>(doubtful | (unit ^ perhaps));

    const __m512d millionths = _mm512_mul_pd(shares, _mm512_set1_pd(kMillionths));
    const __m512d share =
        _mm512_roundscale_pd(millionths, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512d away = _mm512_abs_pd(_mm512_sub_pd(millionths, share));
    doubtful = static_cast<__mmask8>(
        doubtful | _mm512_mask_cmp_pd_mask(
                       lanes, away, _mm512_set1_pd(0.5 - kMillionths * kShareError), _CMP_GE_OQ));
    return {_mm512_mask_add_pd(down, unit, down, one), share, doubtful == 0};
}

// 2^-(ages/half-life), off by less than 2^-50 of itself.
RB_LANES_INLINE __m512d halved(__m512d ages, const Halving& halving) {
    const __m512d halvings =
        _mm512_roundscale_pd(_mm512_mul_pd(ages, _mm512_set1_pd(halving.per_half_life)),
                             _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
    const __m512d rest = // exact
        _mm512_fnmadd_pd(halvings, _mm512_set1_pd(halving.half_life), ages);
    const __m512d y =
        _mm512_mul_pd(rest, _mm512_set1_pd(-0.6931471805599453 * halving.per_half_life));
    constexpr double kTerms[] = {1.0 / 6227020800,
                                 1.0 / 479001600,
                                 1.0 / 39916800,
                                 1.0 / 3628800,
                                 1.0 / 362880,
                                 1.0 / 40320,
                                 1.0 / 5040,
                                 1.0 / 720,
                                 1.0 / 120,
                                 1.0 / 24,
                                 1.0 / 6,
                                 0.5,
                                 1,
                                 1};
    __m512d sum = _mm512_set1_pd(kTerms[0]);
    for (std::size_t i = 1; i < std::size(kTerms); ++i)
        sum = _mm512_fmadd_pd(sum, y, _mm512_set1_pd(kTerms[i]));
    return _mm512_scalef_pd(sum, _mm512_sub_pd(_mm512_setzero_pd(), halvings));
}

} // namespace rulebook::credit::columns

#endif
