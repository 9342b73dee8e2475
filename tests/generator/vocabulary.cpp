#include "tests/generator/vocabulary.hpp"

namespace rulebook::generator {

using plan::TypeKind;

const std::vector<Builtin>& builtins() {
    using enum TypeKind;
#define RB_PARAMETERS(...) {__VA_ARGS__}
#define RB_BUILTIN(name, Result, Parameters, Op, cost, example)                                    \
    Builtin{#name, Result, RB_PARAMETERS Parameters},
    static const std::vector<Builtin> all = {
#include "runtime/plan/builtins.def"
    };
#undef RB_PARAMETERS
    return all;
}

std::vector<std::string_view> literals(TypeKind kind) {
    switch (kind) {
    case TypeKind::Bool:
        return {"false", "true"};
    case TypeKind::Int:
        return {"0", "1", "2", "3", "7", "40", "1_000", "9_007_199_254_740_993"};
    case TypeKind::Number:
        return {"0.1", "0.5", "1.25", "3.0", "1_000_000.75"};
    case TypeKind::Percent:
        return {"0%", "10%", "12.5%", "33.3333%", "100%", "250%"};
    case TypeKind::Money:
        return {"$0", "$0.01", "$9.99", "$500", "$1M", "$90_071_992_547_409.93"};
    case TypeKind::Text:
        return {"\"\"", "\"Ann@Example.com\"", "\"Zoë\"", "\"ads\"", "\"ask\"", "\"head of\""};
    case TypeKind::Date:
        return {"2024-02-29", "2026-02-28", "2026-03-08", "2026-04-01"};
    case TypeKind::Time:
        return {"2026-03-01T05:00:00Z", "2026-03-08T07:00:00Z", "2026-04-01T04:00:00Z"};
    case TypeKind::Duration:
        return {"1 hour", "1 day", "36 hours", "7 days", "2 weeks"};
    case TypeKind::Enum:
        return {"plan.free", "plan.basic", "plan.team", "plan.enterprise"};
    case TypeKind::Points:
        break;
    }
    return {"0"};
}

} // namespace rulebook::generator
