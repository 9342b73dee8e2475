// The exponential of `halving` against MPFR, which rounds correctly by other means. 20,000 points;
// RULEBOOK_MPFR_POINTS=10000000 asks for more (CONTRIBUTING.md).
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

#include <gtest/gtest.h>
#include <mpfr.h>

#include "runtime/value/halving.hpp"
#include "runtime/value/halving_weights.hpp"

namespace rulebook {
namespace {

constexpr mpfr_prec_t kBits = 256; // an error in the last of them would need 2^190 points to show

// Frees what it holds.
class Real {
public:
    Real() { mpfr_init2(value_, kBits); }
    Real(const Real&) = delete;
    Real& operator=(const Real&) = delete;
    ~Real() { mpfr_clear(value_); }
    mpfr_ptr get() { return value_; }

private:
    mpfr_t value_;
};

class Reference {
public:
    // 2^(-age/half_life) in counts of 2^-62, to the nearest, half to even.
    std::uint64_t weight(std::uint64_t age, std::uint64_t half_life) {
        mpfr_set_ui(exponent_.get(), age, MPFR_RNDN);
        mpfr_div_ui(exponent_.get(), exponent_.get(), half_life, MPFR_RNDN);
        mpfr_ui_sub(exponent_.get(), kHalvingBits, exponent_.get(), MPFR_RNDN);
        mpfr_exp2(scaled_.get(), exponent_.get(), MPFR_RNDN);
        return mpfr_get_ui(scaled_.get(), MPFR_RNDN);
    }

private:
    Real exponent_;
    Real scaled_;
};

struct Point {
    std::uint64_t age = 0;
    std::uint64_t half_life = 1;
};

// Half-lives of all sizes, as likely small as large, and ages up to 64 of them.
Point any_point(std::mt19937_64& random) {
    const auto bits = random() % 63 + 1;
    const std::uint64_t half_life = (std::uint64_t{1} << bits) + (random() >> (64 - bits));
    const std::uint64_t most = ~std::uint64_t{0} / half_life;
    const std::uint64_t halvings = random() % (most < 63 ? most : std::uint64_t{64});
    return {halvings * half_life + random() % half_life, half_life};
}

// What rules say: some days, with ages down to the microsecond.
Point usual_point(std::mt19937_64& random) {
    constexpr std::uint64_t kHour = 3'600'000'000;
    const std::uint64_t half_life = (random() % 2'400 + 1) * kHour;
    return {random() % (64 * half_life), half_life};
}

std::uint64_t wanted_points() {
    constexpr std::uint64_t kQuick = 20'000;
    const char* wanted = std::getenv("RULEBOOK_MPFR_POINTS");
    return wanted == nullptr ? kQuick : std::stoull(wanted);
}

TEST(HalvingMpfr, AgreesOnEveryPoint) {
    static_assert(sizeof(unsigned long) == sizeof(std::uint64_t));
    std::mt19937_64 random(62);
    Reference reference;
    const std::uint64_t points = wanted_points();
    std::uint64_t between = 0; // neither whole nor nothing
    std::uint64_t different = 0;
    for (std::uint64_t i = 0; i < points; ++i) {
        const Point point = i % 2 == 0 ? any_point(random) : usual_point(random);
        const std::uint64_t weight = halving_weight(point.age, point.half_life);
        const std::uint64_t expected = reference.weight(point.age, point.half_life);
        between += weight > 0 && weight < kWholeHalvingWeight ? 1 : 0;
        EXPECT_EQ(HalvingWeights(point.half_life)(point.age), expected)
            << "age " << point.age << ", half-life " << point.half_life;
        if (weight != expected && ++different < 10)
            ADD_FAILURE() << "age " << point.age << ", half-life " << point.half_life << ": "
                          << weight << ", MPFR " << expected;
    }
    EXPECT_EQ(different, 0U);
    EXPECT_GT(between, points * 9 / 10) << "the points say something";
    RecordProperty("points", std::to_string(points));
    std::printf("%llu points, %llu different\n", static_cast<unsigned long long>(points),
                static_cast<unsigned long long>(different));
}

} // namespace
} // namespace rulebook
