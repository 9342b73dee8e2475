// The machines of runtime/trigger as an answer to the oracle's questions.
#pragma once

#include "tests/oracle/oracle.hpp"

namespace rulebook::oracle {

enum class Expiry : std::uint8_t {
    Never,
    BeforeEachInstant, // everything that cannot matter any more is forgotten at once
};

// Of recorded outcomes, as they are known to the world.
std::vector<std::string> identities(const plan::Plan& plan, const data::Dataset& dataset,
                                    interpret::RowIndex root, const Question& question);

Answer answer_of_machines(const plan::Plan& plan, const data::Dataset& dataset,
                          interpret::RowIndex root, const Question& question, Expiry expiry);

} // namespace rulebook::oracle
