// Typed expressions: what the checker makes of the syntax tree. Names are resolved, conversions are
// written out, literals have their value.
#pragma once

#include <cstdint>
#include <vector>

#include "compiler/diagnostics/source.hpp"
#include "runtime/plan/node.hpp"

namespace rulec::model {

// Index into Rulebook::expressions. kNothing: nothing is written there. kError: a mistake that was
// reported already; whoever meets it stays silent.
using ExprId = std::uint32_t;
inline constexpr ExprId kNothing = rulebook::plan::kNoNode;
inline constexpr ExprId kError = 0xfffffffe;

inline constexpr bool present(ExprId id) {
    return id != kNothing && id != kError;
}

enum class ExpressionKind : std::uint8_t {
    Operation,  // of the plan
    Parameter,  // value parameter `index` of the definition at hand
    Definition, // definition group `index` applied to the operands (value parameters only)
    Signal,     // the condition of signal `index` on the element in frame `level`
};

// Trees deeper than this are refused, so that whoever walks them may recurse.
inline constexpr std::uint32_t kDeepestExpression = 1'000;

// Frames are counted as in the plan: 0 is the root record, 1, 2, … the elements at hand. In the
// body of a definition with record parameters these are the frames 1, 2, … in their order.
struct Expression {
    ExpressionKind kind = ExpressionKind::Operation;
    rulebook::plan::Op op = rulebook::plan::Op::Constant;
    rulebook::plan::Type type;
    std::vector<ExprId> operands;
    std::vector<std::uint32_t> frames; // Definition: the frame for each record parameter
    std::uint32_t index = 0;
    std::uint32_t level = 0;
    std::int64_t detail = 0;
    rulebook::plan::Value literal;
    bool may_be_unknown = false;
    std::uint32_t depth = 1; // of the tree below it, definitions and aggregates written out
    Span span;
};

} // namespace rulec::model
