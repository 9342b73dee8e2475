// The triggers of one account over the records of a data set: collects its events and drives an
// AccountMachine with them.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/interpret/evaluator.hpp"
#include "runtime/trigger/account_machine.hpp"

namespace rulebook::trigger {

// An event that some signal matches, and when.
struct SeenEvent {
    std::int64_t instant = 0;
    Event event;
};

struct AccountFirings {
    std::vector<SeenEvent> events;     // in the order in which they were handled
    std::vector<Candidate> candidates; // ascending by instant, then in the order of Plan::rules
    AccountMachine machine;            // as it is after the last one: knows what fired
};

// Handles every instant up to and including `as_of` of the root record. Signals are judged at the
// event's instant. The evaluator's plan is that of the shapes.
AccountFirings run_triggers(const TriggerShapes& shapes, interpret::Evaluator& evaluator,
                            interpret::RowIndex root, std::int64_t as_of);

// For rules of later layers: `T fired` at an instant counts the firings of that instant too.
// Keeps a reference to the machine.
interpret::FiredLookup fired_lookup(const AccountMachine& machine);

} // namespace rulebook::trigger
