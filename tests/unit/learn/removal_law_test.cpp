// Removal effects are what their definition says, computed as fractions: the chain with the channel
// sent to nothing is solved anew for each channel.
#include <cmath>

#include <boost/multiprecision/cpp_int.hpp>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "runtime/learn/journey_solution.hpp"
#include "runtime/learn/removal_effects.hpp"
#include "tests/unit/learn/paths.hpp"

namespace rulebook::learn {
namespace {

using Fraction = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                               boost::multiprecision::et_off>;
using Matrix = std::vector<std::vector<Fraction>>;

constexpr std::size_t kStart = 26; // after the channels `A` to `Z`
constexpr std::size_t kStates = 27;

// How often journeys went from state to state and to a conversion, and away from each, straight
// from the letters.
struct Steps {
    Matrix between = Matrix(kStates, std::vector<Fraction>(kStates));
    std::vector<Fraction> to_conversion = std::vector<Fraction>(kStates);
    std::vector<Fraction> away = std::vector<Fraction>(kStates);
};

Steps steps_of(const std::vector<Path>& paths) {
    Steps steps;
    for (const Path& path : paths) {
        const Fraction journeys = path.conversions + path.nulls;
        std::size_t at = kStart;
        for (const char letter : path.channels) {
            const auto next = static_cast<std::size_t>(letter - 'A');
            if (next == at)
                continue;
            steps.between[at][next] += journeys;
            steps.away[at] += journeys;
            at = next;
        }
        steps.to_conversion[at] += path.conversions;
        steps.away[at] += journeys;
    }
    return steps;
}

// P(conversion | start), where journeys end in nothing at `removed`. Gauss and Jordan.
Fraction conversion_without(const Steps& steps, std::size_t removed) {
    Matrix rows(kStates, std::vector<Fraction>(kStates + 1));
    for (std::size_t i = 0; i < kStates; ++i) {
        rows[i][i] = 1;
        if (i == removed || steps.away[i] == 0)
            continue;
        for (std::size_t j = 0; j < kStates; ++j)
            rows[i][j] -= steps.between[i][j] / steps.away[i];
        rows[i][kStates] = steps.to_conversion[i] / steps.away[i];
    }
    for (std::size_t pivot = 0; pivot < kStates; ++pivot) {
        std::size_t row = pivot;
        while (rows[row][pivot] == 0)
            ++row; // there is one: every journey ends
        std::swap(rows[row], rows[pivot]);
        for (std::size_t i = 0; i < kStates; ++i) {
            if (i == pivot || rows[i][pivot] == 0)
                continue;
            const Fraction factor = rows[i][pivot] / rows[pivot][pivot];
            for (std::size_t j = pivot; j <= kStates; ++j)
                rows[i][j] -= factor * rows[pivot][j];
        }
    }
    return rows[kStart][kStates] / rows[kStart][kStart];
}

std::vector<Path> some_paths() {
    const auto channels = *rc::gen::inRange(1, 8);
    return *rc::gen::container<std::vector<Path>>(rc::gen::construct<Path>(
        rc::gen::container<std::string>(
            rc::gen::map(rc::gen::inRange(0, channels),
                         [](int channel) { return static_cast<char>('A' + channel); })),
        rc::gen::inRange<std::uint64_t>(0, 5), rc::gen::inRange<std::uint64_t>(0, 30)));
}

RC_GTEST_PROP(RemovalLaw, EffectsAndWeightsAreThoseOfTheExactSolution, ()) {
    const std::vector<Path> paths = some_paths();
    const JourneyGraph graph = graph_of(paths);
    const auto found = removal_effects(graph);
    RC_PRE(found.has_value());
    const Steps steps = steps_of(paths);
    const Fraction all = conversion_without(steps, kStates);
    RC_ASSERT(all == Fraction(graph.conversions) / Fraction(graph.journeys));
    std::vector<Fraction> effects;
    Fraction sum = 0;
    for (const Channel& channel : graph.channels) {
        const auto removed = static_cast<std::size_t>(channel.name[0] - 'A');
        effects.push_back(1 - conversion_without(steps, removed) / all);
        sum += effects.back();
    }
    for (std::size_t i = 0; i < effects.size(); ++i) {
        const auto& weight = (*found)[i];
        RC_ASSERT(std::abs(weight.removal_effect - effects[i].convert_to<double>()) < 1e-12);
        RC_ASSERT(std::abs(weight.omega - Fraction(effects[i] / sum).convert_to<double>()) < 1e-12);
        RC_ASSERT((weight.omega == 0) == (effects[i] == 0));
    }
}

RC_GTEST_PROP(RemovalLaw, DenseAndSparseSolutionsAgree, ()) {
    const JourneyGraph graph = graph_of(some_paths());
    RC_PRE(!graph.channels.empty());
    const JourneySolution dense = solve_dense(graph);
    const JourneySolution sparse = solve_sparse(graph);
    for (std::size_t i = 0; i < graph.channels.size(); ++i) {
        RC_ASSERT(std::abs(dense.conversion[i] - sparse.conversion[i]) < 1e-12);
        RC_ASSERT(std::abs(dense.diagonal[i] - sparse.diagonal[i]) < 1e-12);
    }
}

// A circle that is hardly ever left: the matrix is near to one without an inverse.
TEST(RemovalLaw, LongJourneysRoundABarelyLeftCircleStayExact) {
    std::string circle;
    for (int i = 0; i < 20'000; ++i)
        circle += "AB";
    const std::vector<Path> paths{{circle, 1, 1}, {"C", 1, 3}, {circle + "C", 0, 5}};
    const auto found = removal_effects(graph_of(paths));
    ASSERT_TRUE(found);
    const Steps steps = steps_of(paths);
    const Fraction all = conversion_without(steps, kStates);
    for (std::size_t i = 0; i < 3; ++i)
        EXPECT_NEAR((*found)[i].removal_effect,
                    Fraction(1 - conversion_without(steps, i) / all).convert_to<double>(), 1e-10);
}

} // namespace
} // namespace rulebook::learn
