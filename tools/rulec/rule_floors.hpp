// The floors of a credit rule: what each party gets of every deal at least, whatever the model.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "runtime/plan/plan.hpp"

namespace rulec::tool {

// By version, as rules write them: "at least 10% to ads"; several versions with their instants.
// Empty: the rule has none.
std::string floors_text(const rulebook::plan::Plan& plan, std::uint32_t rule);

// A row per version and floor.
nlohmann::ordered_json floors_json(const rulebook::plan::Plan& plan, std::uint32_t rule);

// Of one party, as a share; of several versions with different ones all of them, in their order.
std::string floor_of(const rulebook::plan::Plan& plan, std::uint32_t rule,
                     const std::string& party);

} // namespace rulec::tool
