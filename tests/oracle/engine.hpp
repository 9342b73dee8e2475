// Who answers a test's question: the definition (oracle_engine.cpp) or the machines
// (machine_engine.cpp). The examples are linked with each of them.
#pragma once

#include "tests/oracle/oracle.hpp"

namespace rulebook::oracle {

Answer answer_of(const plan::Plan& plan, const data::Dataset& dataset, interpret::RowIndex root,
                 const Question& question);

} // namespace rulebook::oracle
