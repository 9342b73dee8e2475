// From the weights of a deal's touches to amounts of its parties and touches. Internal to this
// folder.
#pragma once

#include "runtime/credit/columns/room.hpp"

namespace rulebook::credit::columns {

// A deal whose touches are weighed (Room::numbers().weights).
template <class Number>
struct WeighedDeal {
    const ColumnRule& rule;
    const TouchColumns& touches;
    Taken taken;
    Weighed<Number> weighed;
    std::span<const NamedPart> named; // parties that get a part by their name
    std::int64_t amount;
};

// Appends the rows of the deal; false, and nothing is done: the numbers do not fit.
template <class Number>
bool distribute(const WeighedDeal<Number>& deal, Room& room, DividedDeals& divided);

// Everything to one party, without touches.
void give_all(Code party, std::int64_t amount, Want want, DividedDeals& divided);

} // namespace rulebook::credit::columns
