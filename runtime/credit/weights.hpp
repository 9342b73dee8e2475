// The weights that a model gives. Internal: brings the exact numbers along.
#pragma once

#include <span>
#include <variant>
#include <vector>

#include <boost/multiprecision/cpp_int.hpp>

#include "runtime/credit/model.hpp"

namespace rulebook::credit {

// Without expression templates: an operation gives a value.
using Integer = boost::multiprecision::number<boost::multiprecision::cpp_int_backend<>,
                                              boost::multiprecision::et_off>;
using Rational = boost::multiprecision::number<boost::multiprecision::cpp_rational_backend,
                                               boost::multiprecision::et_off>;

// Fractions over one denominator, so that they are compared and added as integers.
struct CommonFractions {
    std::vector<Integer> numerators;
    Integer denominator = 1;
};

struct PartyWeight {
    Party party;
    Rational share;
};

// The shares add up to 1. Shares of touches go to their parties; `named` go to parties directly.
struct Weights {
    CommonFractions touches; // as many as touches; all 0 where the model gives them none
    std::vector<PartyWeight> named;
};

// Requires at least one touch and a model without fault.
std::variant<Weights, PassReason> weigh(const Model& model, const DealFacts& facts,
                                        std::span<const Touch> touches);

} // namespace rulebook::credit
