#include "runtime/learn/journey_solution.hpp"

#include <algorithm>

#include <Eigen/Dense>
#include <Eigen/SparseLU>

namespace rulebook::learn {

namespace {

using Sparse = Eigen::SparseMatrix<double>;

// Columns of the inverse that are solved for at once.
constexpr Eigen::Index kColumnsAtOnce = 64;

Eigen::Index size_of(const JourneyGraph& graph) {
    return static_cast<Eigen::Index>(graph.channels.size());
}

Eigen::VectorXd conversions_of(const JourneyGraph& graph) {
    Eigen::VectorXd conversions(size_of(graph));
    for (Eigen::Index i = 0; i < conversions.size(); ++i)
        conversions[i] =
            static_cast<double>(graph.channels[static_cast<std::size_t>(i)].converting);
    return conversions;
}

// Calls set(row, column, value) for each entry of A that is not 0.
template <class Set>
void for_each_entry(const JourneyGraph& graph, const Set& set) {
    for (Eigen::Index i = 0; i < size_of(graph); ++i)
        set(i, i, static_cast<double>(graph.channels[static_cast<std::size_t>(i)].visits));
    for (const Transition& transition : graph.transitions)
        set(Eigen::Index{transition.from}, Eigen::Index{transition.to},
            -static_cast<double>(transition.count));
}

std::vector<double> as_vector(const Eigen::VectorXd& values) {
    return {values.begin(), values.end()};
}

} // namespace

JourneySolution solve_dense(const JourneyGraph& graph) {
    Eigen::MatrixXd counts = Eigen::MatrixXd::Zero(size_of(graph), size_of(graph));
    for_each_entry(graph, [&](Eigen::Index row, Eigen::Index column, double value) {
        counts(row, column) = value;
    });
    const Eigen::PartialPivLU<Eigen::MatrixXd> factors(counts);
    const Eigen::VectorXd conversion = factors.solve(conversions_of(graph));
    const Eigen::VectorXd diagonal = factors.inverse().diagonal();
    return {as_vector(conversion), as_vector(diagonal)};
}

JourneySolution solve_sparse(const JourneyGraph& graph) {
    std::vector<Eigen::Triplet<double>> entries;
    entries.reserve(graph.channels.size() + graph.transitions.size());
    for_each_entry(graph, [&](Eigen::Index row, Eigen::Index column, double value) {
        entries.emplace_back(row, column, value);
    });
    Sparse counts(size_of(graph), size_of(graph));
    counts.setFromTriplets(entries.begin(), entries.end());
    const Eigen::SparseLU<Sparse> factors(counts);
    const Eigen::VectorXd conversion = factors.solve(conversions_of(graph));
    Eigen::VectorXd diagonal(size_of(graph));
    for (Eigen::Index first = 0; first < diagonal.size(); first += kColumnsAtOnce) {
        const Eigen::Index columns = std::min(kColumnsAtOnce, diagonal.size() - first);
        Eigen::MatrixXd units = Eigen::MatrixXd::Zero(diagonal.size(), columns);
        for (Eigen::Index i = 0; i < columns; ++i)
            units(first + i, i) = 1;
        const Eigen::MatrixXd solved = factors.solve(units);
        for (Eigen::Index i = 0; i < columns; ++i)
            diagonal[first + i] = solved(first + i, i);
    }
    return {as_vector(conversion), as_vector(diagonal)};
}

} // namespace rulebook::learn
