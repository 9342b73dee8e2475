// Inside of PreparedPlan; internal to this folder.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <vector>

#include "runtime/interpret/followed.hpp"
#include "runtime/interpret/regular_expression.hpp"
#include "runtime/plan/change_source.hpp"
#include "runtime/plan/motion.hpp"
#include "runtime/plan/plan.hpp"
#include "runtime/time/zone.hpp"
#include "runtime/value/text.hpp"

namespace rulebook::interpret {

// FrameSet of a row: the root and seven nested elements, as runtime/plan/validate.hpp demands.
using plan::kFrames;
inline constexpr std::uint32_t kNoSlot = 0xffffffff;

struct Preparation {
    const plan::Plan* plan = nullptr;
    const time::Zone* zone = nullptr;

    // Per node. A node that several others use is computed once per row; without that, evaluation
    // could take time exponential in the number of nodes.
    std::vector<std::uint32_t> memo_slot; // kNoSlot: not kept
    std::uint32_t memo_slots = 0;
    std::vector<std::uint8_t> innermost_frame; // on whose record the value depends; 0: the root

    // Per node; see kept_elements.hpp.
    std::vector<std::uint32_t> kept_elements_slot; // kNoSlot: they are not kept
    std::uint32_t kept_elements_slots = 0;

    // Per node; see followed_aggregate.hpp.
    std::vector<std::uint32_t> followed_slot; // kNoSlot: it cannot be followed
    std::vector<Followed> followed;           // per slot
    std::unordered_map<const plan::PointsClause*, FollowedClause> followed_clauses;

    // Per constant text node that is a pattern.
    std::unordered_map<plan::NodeId, RegularExpression> regular_expressions;
    std::unordered_map<plan::NodeId, LikePattern> like_patterns;

    // Per node: how it moves with time alone.
    std::vector<plan::Motion> motions;
    bool is_linear(plan::NodeId id) const { return motions[id].kind == plan::Motion::Kind::Linear; }
    // Per AsOfAgo and Change: what can change its operand from outside.
    std::unordered_map<plan::NodeId, std::vector<plan::ChangeSource>> past_sources;

    // Per rule: the index of `out` in the tier enum of a fit.
    std::vector<std::int64_t> out_tier;
};

} // namespace rulebook::interpret
