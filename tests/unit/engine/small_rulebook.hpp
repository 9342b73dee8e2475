// A plan with a rule of each kind over the accounts of SmallPlan, and random records for it.
#pragma once

#include <cstdint>
#include <random>

#include "tests/unit/interpret/small_data.hpp"
#include "tests/unit/interpret/small_plan.hpp"

namespace rulebook::testing {

// Rules, in this order: fit `icp` (employees, revenue, events; out when inactive), decide `route`
// (reads the fit's tier), table `offer` (by employees), trigger `asked` (events named "ask",
// cooldown 7 days, when employees >= 10), credit `shares` (won deals, by events' names, equally
// where `asked` fired, else to the first).
class SmallRulebook : public SmallPlan {
public:
    enum Rule : std::uint32_t { kIcp, kRoute, kOffer, kAsked, kShares };

    SmallRulebook();

private:
    void add_icp();
    void add_route();
    void add_offer();
    void add_asked();
    void add_shares();
};

// As rows of an input: in no order, so that tests can shuffle them.
struct SmallRecord {
    enum class Kind : std::uint8_t { Account, Event, Deal } kind = Kind::Account;
    data::RowIndex account = 0;
    FieldValues fields;
};

std::vector<SmallRecord> random_records(std::mt19937& random, data::RowIndex accounts);

// With the same keys whatever the order of the records.
data::Dataset dataset_of(const SmallPlan& plan, const std::vector<SmallRecord>& records);

} // namespace rulebook::testing
