// The operations of the plan, from ops.def.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rulebook::plan {

enum class Op : std::uint8_t {
#define RB_OP(Name, id, ...) Name = (id),
#include "runtime/plan/ops.def"
};

// How an operation's value moves with time alone.
enum class OpMotion : std::uint8_t {
#define RB_OP_MOTION(Name, description) Name,
#include "runtime/plan/motions.def"
};

std::string_view name(Op op);
std::uint32_t least_operands(Op op);
std::uint32_t most_operands(Op op);
std::string_view signature(Op op); // as ops.def explains
OpMotion motion(Op op);
bool is_comparison(Op op); // as comparisons.def says
std::optional<Op> op_from_id(std::int64_t id);

} // namespace rulebook::plan
