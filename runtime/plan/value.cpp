#include "runtime/plan/value.hpp"

namespace rulebook::plan {

std::string_view words(Cause cause) {
    switch (cause) {
#define RB_CAUSE(Name, id, words)                                                                  \
    case Cause::Name:                                                                              \
        return words;
#include "runtime/plan/causes.def"
    }
    return "?";
}

std::optional<Cause> cause_from_id(std::int64_t id) {
    switch (id) {
#define RB_CAUSE(Name, id, words)                                                                  \
    case id:                                                                                       \
        return Cause::Name;
#include "runtime/plan/causes.def"
    default:
        return std::nullopt;
    }
}

} // namespace rulebook::plan
