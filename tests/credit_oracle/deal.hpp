// A deal as the oracle sees it: nothing of the runtime's.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace rulebook::credit_oracle {

// Parties and keys are numbers; a party's name is only asked for ties.
inline constexpr int kUnknown = -1;
inline constexpr int kUnattributed = -2;

struct Touch {
    int party = kUnknown;
    std::int64_t instant = 0; // microseconds
    std::uint32_t rank = 0;   // touches that nothing orders share one
    int key = kUnknown;       // what models go by
};

enum class Kind : std::uint8_t {
    First,
    Last,
    Equal,
    EqualByKey,
    Position,
    Milestones,
    Decay,
    Weights,
    Fixed,
    Incremental,
    Markov
};
inline constexpr int kKinds = 11;

enum class Condition : std::uint8_t { True, False, Unknown };

struct PartyPart {
    int party = 0;
    std::int64_t millionths = 0;
};

struct KeyWeight {
    int key = 0;
    std::int64_t digits = 0;
    std::uint32_t decimals = 0; // the weight is digits / 10^decimals
};

struct Milestone {
    std::int64_t millionths = 0;
    std::optional<std::int64_t> instant{};
};

struct Model {
    Kind kind = Kind::Equal;
    Condition condition = Condition::True;
    std::int64_t first = 0, middle = 0, last = 0; // position, millionths
    std::optional<std::int64_t> first_touch{};    // milestones, millionths
    std::vector<Milestone> milestones{};
    std::int64_t others = 0;               // milestones, millionths
    std::int64_t halving_microseconds = 1; // decay
    std::vector<KeyWeight> weights{};      // weights, markov
    std::optional<KeyWeight> otherwise{};  // weights; its key says nothing
    bool weights_missing = false;          // markov
    std::vector<PartyPart> shares{};       // fixed
    std::optional<std::int64_t> unassisted{}, assisted{};
    int assisted_party = 0;
    std::optional<int> rest_party{}; // none: rest by equal
};

struct Deal {
    std::vector<std::string> names; // of the parties
    std::int64_t amount = 0;        // minor units
    std::vector<Touch> touches;     // in order
    std::vector<Model> models;
    std::vector<PartyPart> floors;
    int without_touches = kUnattributed;
};

} // namespace rulebook::credit_oracle
