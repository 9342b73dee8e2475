#include "runtime/plan/op.hpp"

namespace rulebook::plan {

std::string_view name(Op op) {
    switch (op) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case Op::Name:                                                                                 \
        return #Name;
#include "runtime/plan/ops.def"
    }
    return "?";
}

std::uint32_t least_operands(Op op) {
    switch (op) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case Op::Name:                                                                                 \
        return least;
#include "runtime/plan/ops.def"
    }
    return 0;
}

std::uint32_t most_operands(Op op) {
    switch (op) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case Op::Name:                                                                                 \
        return most;
#include "runtime/plan/ops.def"
    }
    return 0;
}

std::string_view signature(Op op) {
    switch (op) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case Op::Name:                                                                                 \
        return signature;
#include "runtime/plan/ops.def"
    }
    return "";
}

OpMotion motion(Op op) {
    switch (op) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case Op::Name:                                                                                 \
        return OpMotion::motion;
#include "runtime/plan/ops.def"
    }
    return OpMotion::Still;
}

bool is_comparison(Op op) {
    switch (op) {
#define RB_COMPARISON(Name) case Op::Name:
#include "runtime/plan/comparisons.def"
        return true;
    default:
        return false;
    }
}

std::optional<Op> op_from_id(std::int64_t id) {
    switch (id) {
#define RB_OP(Name, id, least, most, signature, motion, description)                               \
    case id:                                                                                       \
        return Op::Name;
#include "runtime/plan/ops.def"
    default:
        return std::nullopt;
    }
}

} // namespace rulebook::plan
