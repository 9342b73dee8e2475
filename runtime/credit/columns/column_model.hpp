// A model made ready to weigh touches whose parties and keys are codes. Internal to this folder,
// but for preparing it.
#pragma once

#include <optional>
#include <vector>

#include "runtime/credit/columns/codes.hpp"
#include "runtime/credit/model.hpp"
#include "runtime/value/halving_weights.hpp"

namespace rulebook::credit::columns {

struct NamedPart {
    Code party = 0;
    std::uint64_t part = 0;
};

struct ColumnModel {
    plan::SplitModel kind = plan::SplitModel::Equal;
    std::size_t key = 0; // by a key: column of TouchColumns::keys
    bool by_key = false;
    std::vector<NamedPart> shares{};               // fixed: of `whole`
    std::uint64_t whole = 0;                       // fixed, milestones
    std::uint64_t first = 0, middle = 0, last = 0; // position, of their sum
    std::optional<std::uint64_t> first_touch{};    // milestones
    std::vector<std::uint64_t> milestones{};
    std::uint64_t others = 0;
    std::optional<HalvingWeights> halving{}; // decay
    std::vector<std::uint64_t> weights{};    // weights, markov: by code of the key
    unsigned weight_bits = 0;                // of the largest
    Code assisted = 0;                       // incremental
    std::optional<Code> rest{};              // incremental; none: rest by equal
    bool fits = true;                        // else its numbers do not fit: credit::divide

    // The weights of `model` for the keys of the column that it goes by; `keys` may be null where
    // it goes by none. Adds the parties that it names to `parties`.
    static ColumnModel of(const Model& model, PartyCodes& parties, const KeyCodes* keys);
};

} // namespace rulebook::credit::columns
