// A split of the plan, made ready for one deal: parties by name, rates looked up.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/credit/party.hpp"
#include "runtime/plan/rules.hpp"

namespace rulebook::credit {

enum class PassReason : std::uint8_t {
#define RB_PASS_REASON(Name, words) Name,
#include "runtime/credit/pass_reasons.def"
};

std::string_view words(PassReason reason);

struct PartyPart {
    Party party{};
    std::int64_t millionths = 0;
};

struct Model {
    plan::SplitModel kind = plan::SplitModel::Equal;
    std::optional<std::size_t> key{};                     // equal(by …): index in Touch::keys
    std::vector<PartyPart> shares{};                      // fixed
    std::int64_t first = 0, middle = 0, last = 0;         // position, millionths
    std::optional<std::int64_t> unassisted{}, assisted{}; // incremental, millionths; none: unknown
    Party assisted_party{};                               // incremental
    std::optional<Party> rest_party{};                    // incremental; none: rest by equal
};

// A touch that the rule takes for the deal, in the order of its collection.
struct Touch {
    Party party{};
    std::uint32_t rank = 0;          // grows with the order; touches that nothing orders share one
    std::vector<plan::Value> keys{}; // what models go by: channels; unknown ones are one key
};

// False for the models that are known to the language and that this version cannot weigh.
bool can_weigh(plan::SplitModel kind);

// What is wrong with a model that a sound plan would not hold; empty if nothing.
std::string_view fault_of(const Model& model);

} // namespace rulebook::credit
