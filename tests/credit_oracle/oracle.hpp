// What section 8 of the language says of dividing a deal, in exact fractions and as plainly as that
// goes. It knows nothing of runtime/credit and stands on GMP and MPFR, which the runtime does not
// use.
#pragma once

#include <vector>

#include <gmpxx.h>

#include "tests/credit_oracle/deal.hpp"

namespace rulebook::credit_oracle {

struct TouchCredit {
    std::size_t touch = 0;
    mpq_class share{}; // of the party's amount
    mpz_class amount{};
};

struct PartyCredit {
    int party = 0;
    mpq_class by_model{}; // before floors
    bool raised = false;
    mpq_class share{};
    mpq_class exact_amount{}; // of |amount|
    mpz_class amount{};
    std::vector<TouchCredit> touches{};
};

struct Answer {
    std::optional<std::size_t> model{}; // none: no touch, or every model passed
    std::vector<PartyCredit> parties{}; // in the order of ties
};

Answer divide(const Deal& deal);

} // namespace rulebook::credit_oracle
