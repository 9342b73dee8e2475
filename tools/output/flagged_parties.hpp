// What the parties got of the deals that a credit rule flags: a flag says that a deal is disputed,
// this says how much of anybody's credit is.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/engine/results.hpp"
#include "runtime/plan/plan.hpp"

namespace rulec::output {

// By flag of the rule (index in Plan::rules), over all versions: the parties that its condition
// asks about by `credited(P)`, as they are written in results.
std::map<std::string, std::set<std::string>> parties_in_flags(const rulebook::plan::Plan& plan,
                                                              std::uint32_t rule);

// The credits of a flagged deal, among those of the same results.
std::vector<const rulebook::engine::PartyCredit*>
credits_of(const rulebook::engine::FlaggedDeal& flagged, const rulebook::engine::Results& results);

struct AskedParty {
    std::string party;
    std::int64_t amount = 0; // minor units; 0: it has no part in the deal
};

// What each of `asked`, the parties that the flag asks about, got of the flagged deal.
std::vector<AskedParty> asked_parties(const rulebook::engine::FlaggedDeal& flagged,
                                      const std::set<std::string>& asked,
                                      const rulebook::engine::Results& results);

} // namespace rulec::output
