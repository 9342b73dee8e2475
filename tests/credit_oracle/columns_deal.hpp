// The division over columns of the oracle's deals.
#pragma once

#include <optional>

#include "runtime/credit/columns/columns.hpp"
#include "runtime/credit/party.hpp"
#include "tests/credit_oracle/deal.hpp"

namespace rulebook::credit_oracle {

// What it says of a party, as an engine reads it.
struct ColumnParty {
    credit::Party party;
    std::int64_t share = 0; // millionths
    std::int64_t amount = 0;
    std::vector<std::size_t> touches;
    std::vector<std::int64_t> touch_amounts;
};

struct ColumnAnswer {
    credit::columns::Outcome outcome =
        credit::columns::Outcome::Untouched; // of the last model asked
    std::optional<std::size_t> model;        // that divided it
    std::vector<ColumnParty> parties;
    bool by_lanes = false; // several numbers were computed at once
};

// Asks the models in order, as an engine does: those whose condition is true and whose facts allow
// it. `padding`: touches of another account stand before its own.
ColumnAnswer divide_by_columns(const Deal& deal, bool padding, credit::columns::Want want);

} // namespace rulebook::credit_oracle
