// A split of the plan, made ready: parties by name. And what a deal brings to it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "runtime/credit/party.hpp"
#include "runtime/plan/credit.hpp"

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
    std::optional<std::size_t> key{};             // a field's: index in Touch::keys
    std::vector<PartyPart> shares{};              // fixed
    std::int64_t first = 0, middle = 0, last = 0; // position, millionths
    std::optional<std::int64_t> first_touch{};    // milestones: its share, millionths
    std::vector<std::int64_t> milestones{};       // millionths, as DealFacts::milestones
    std::int64_t others = 0;                      // milestones, millionths
    std::int64_t halving_microseconds = 0;        // decay
    std::vector<plan::KeyWeight> weights{};       // weights, markov: by key, ascending
    std::optional<plan::ExactWeight> otherwise{}; // weights
    bool weights_missing = false;                 // markov: there was no file
    Party assisted_party{};                       // incremental
    std::optional<Party> rest_party{};            // incremental; none: rest by equal
};

// What a deal says to one of its models, at its instant.
struct DealFacts {
    // incremental, millionths; none: unknown
    std::optional<std::int64_t> unassisted{}, assisted{};
    // milestones, as Model::milestones: when they were; none: unknown, or later than the deal.
    std::vector<std::optional<std::int64_t>> milestones{};
};

// A touch that the rule takes for the deal, in the order of its collection.
struct Touch {
    Party party{};
    std::int64_t instant = 0;
    std::uint32_t rank = 0;          // grows with the order; touches that nothing orders share one
    std::vector<plan::Value> keys{}; // what models go by: channels; unknown ones are one key
};

// What a touch with the key weighs by `weights` or `markov`; nothing where they do not name it.
const plan::ExactWeight* weight_of(const Model& model, const plan::Value& key);

// Why a model passes whatever the deal's touches are; nothing: it does not.
std::optional<PassReason> passes_by_facts(const Model& model, const DealFacts& facts);

// What is wrong with a model that a sound plan would not hold; empty if nothing.
std::string_view fault_of(const Model& model);
std::string_view fault_of(const plan::RateRow& row);

} // namespace rulebook::credit
