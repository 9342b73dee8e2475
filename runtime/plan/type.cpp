#include "runtime/plan/type.hpp"

namespace rulebook::plan {

std::string_view spelling(TypeKind kind) {
    switch (kind) {
#define RB_TYPE(Name, id, spelling, representation)                                                \
    case TypeKind::Name:                                                                           \
        return spelling;
#include "runtime/plan/types.def"
    }
    return "?";
}

Representation representation(TypeKind kind) {
    switch (kind) {
#define RB_TYPE(Name, id, spelling, representation)                                                \
    case TypeKind::Name:                                                                           \
        return Representation::representation;
#include "runtime/plan/types.def"
    }
    return Representation::Integer;
}

std::optional<TypeKind> type_kind_from_id(std::int64_t id) {
    switch (id) {
#define RB_TYPE(Name, id, spelling, representation)                                                \
    case id:                                                                                       \
        return TypeKind::Name;
#include "runtime/plan/types.def"
    default:
        return std::nullopt;
    }
}

} // namespace rulebook::plan
