// Credit rules of a plan: which deals, among which touches, by which model.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/plan/node.hpp"
#include "runtime/plan/schema.hpp"
#include "runtime/plan/source_note.hpp"

namespace rulebook::plan {

// What share of accounts buys, without and with help from sales: of some accounts, for some time.
// The first row in force whose condition is true gives a deal its rates.
struct RateRow {
    Effective effective;
    NodeId when = kNoNode;                  // frame 0: the root record, at c; none: all others
    std::optional<std::int64_t> unassisted; // percent, millionths; none: not known
    std::optional<std::int64_t> assisted;
    std::string segment; // as people wrote it; empty: all others

    friend bool operator==(const RateRow&, const RateRow&) = default;
};

// A party is a value of the `parties` field; `unattributed` and `unknown` are parties too.
struct PartyShare {
    Value party;
    std::int64_t share = 0; // percent, millionths

    friend bool operator==(const PartyShare&, const PartyShare&) = default;
};

// A decimal that is not below 0: digits / 10^decimals, exactly as it was written.
struct ExactWeight {
    std::int64_t digits = 0;
    std::uint32_t decimals = 0; // at most kMostWeightDecimals

    friend bool operator==(const ExactWeight&, const ExactWeight&) = default;
};
inline constexpr std::uint32_t kMostWeightDecimals = 60;

// What a touch weighs whose field has the value.
struct KeyWeight {
    Value key;
    ExactWeight weight;

    friend bool operator==(const KeyWeight&, const KeyWeight&) = default;
};

// The touch that a deal's milestone falls to: the last one until then.
struct MilestoneShare {
    NodeId instant = kNoNode; // Time, frame 1: the deal; none: the first touch
    std::int64_t share = 0;   // percent, millionths
    std::string name;         // as people wrote it

    friend bool operator==(const MilestoneShare&, const MilestoneShare&) = default;
};

enum class SplitModel : std::uint8_t {
#define RB_SPLIT_MODEL(Name, id, spelling) Name = (id),
#include "runtime/plan/split_models.def"
};

std::string_view spelling(SplitModel model);

struct Split {
    SplitModel model = SplitModel::Equal;
    NodeId when = kNoNode;          // none: otherwise, or the only one
    std::optional<FieldIndex> by;   // equal(by …), weights(by …), markov: a field of the touch
    std::vector<PartyShare> shares; // fixed
    std::int64_t first = 0, middle = 0, last = 0; // position, millionths
    std::vector<MilestoneShare> milestones;       // with `others` they add up to 100%
    std::int64_t others = 0;                      // milestones, millionths
    std::int64_t halving_microseconds = 0;        // decay
    std::vector<KeyWeight> weights;               // weights, markov: sorted by key, each key once
    std::optional<ExactWeight> otherwise;         // weights: of every other touch; none: 0
    std::string file;                             // markov: where the weights are from
    bool file_missing = false;                    // … which was not there
    std::string rates_name;                       // incremental
    std::vector<RateRow> rates;                   // incremental, in the order of the source
    Value assisted_party;                         // incremental
    Value rest_party;                             // incremental; unknown: rest by equal
    SourceNote note;

    friend bool operator==(const Split&, const Split&) = default;
};

// The flag of deals that learnt weights divided and that have a touch whose party these do not
// know. No rule may call a flag of its own so.
inline constexpr std::string_view kNoWeightFlag = "no_weight";

struct Flag {
    std::string name;
    NodeId when = kNoNode; // frame 1: the deal
    SourceNote note;

    friend bool operator==(const Flag&, const Flag&) = default;
};

struct Credit {
    Effective effective;
    std::uint32_t deals = 0;      // entity index
    NodeId deal_where = kNoNode;  // `for`, frame 1: the deal; judged at as_of
    NodeId at = kNoNode;          // Time, frame 1
    NodeId divide = kNoNode;      // Money, frame 1
    std::uint32_t touches = 0;    // entity index
    NodeId touch_where = kNoNode; // frame 2: the touch
    std::optional<Span> lookback; // (c - lookback, c]
    FieldIndex party_field = 0;   // of the touch
    std::vector<Split> splits;
    std::vector<PartyShare> floors;
    std::optional<Value> without_touches; // party; none: unattributed
    std::vector<Flag> flags;

    friend bool operator==(const Credit&, const Credit&) = default;
};

} // namespace rulebook::plan
