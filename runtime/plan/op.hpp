// The operations of the plan, from ops.def.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace rulebook::plan {

enum class Op : std::uint8_t {
#define RB_OP(Name, id, least, most, signature, description) Name = (id),
#include "runtime/plan/ops.def"
};

std::string_view name(Op op);
std::uint32_t least_operands(Op op);
std::uint32_t most_operands(Op op);
std::string_view signature(Op op); // as ops.def explains
std::optional<Op> op_from_id(std::int64_t id);

} // namespace rulebook::plan
