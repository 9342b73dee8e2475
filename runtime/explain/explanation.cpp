#include "runtime/explain/explanation.hpp"

namespace rulebook::explain {

std::string_view spelling(LineKind kind) {
    switch (kind) {
#define RB_LINE_KIND(Name, spelling, words)                                                        \
    case LineKind::Name:                                                                           \
        return spelling;
#include "runtime/explain/line_kinds.def"
    }
    return "?";
}

std::string_view word_of_kind(const Explanation& explanation) {
    return explanation.is_policy ? "policy" : plan::spelling(explanation.kind);
}

} // namespace rulebook::explain
