// How operations came out, so that a law about them does not hold of nothing: each operation by how
// its operands are held, each aggregate by its windows and by what it goes over.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "runtime/native/program.hpp"
#include "tests/differential/oracle.hpp"

namespace rulebook::differential {

struct Outcome {
    std::size_t known = 0, unknown = 0;
    std::size_t truths = 0, yes = 0, no = 0; // evaluations of bools, and how they came out
    // Of the nodes, not of their values: those that instructions compute.
    std::size_t nodes = 0, native = 0;
};

class Outcomes {
public:
    // All answers that the oracle gave, and who computes the nodes in the program.
    void add(const Oracle& oracle, const native::Program& program);

    // One line an operation.
    std::string report() const;
    // Outcomes that an operation can have and has less often than in one of a hundred evaluations;
    // operations that native code should compute, and that did not occur or were left to the
    // interpreter.
    std::vector<std::string> faults() const;

private:
    void count_clauses(const plan::Plan& plan, const native::Program& program);
    void check_outcomes(std::vector<std::string>& faults) const;
    void check_native(std::vector<std::string>& faults) const;

    std::map<std::string, Outcome> by_operation_;
    std::size_t for_each_clauses_ = 0, native_for_each_clauses_ = 0;
};

} // namespace rulebook::differential
