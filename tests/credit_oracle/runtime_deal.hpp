// The runtime's division of the oracle's deals.
#pragma once

#include "runtime/credit/division.hpp"
#include "tests/credit_oracle/deal.hpp"

namespace rulebook::credit_oracle {

credit::Party runtime_party(const Deal& deal, int party);
std::vector<credit::PartyPart> runtime_parts(const Deal& deal, const std::vector<PartyPart>& parts);
plan::Value runtime_key(int key);
credit::Model runtime_model(const Deal& deal, const Model& model);
credit::DealFacts runtime_facts(const Model& model);
credit::Division divide_by_runtime(const Deal& deal);

} // namespace rulebook::credit_oracle
