#include "tools/rulec/motion_rules.hpp"

#include <string_view>

namespace rulec::tool {

std::vector<std::uint32_t> motion_rules(const rulebook::plan::Plan& plan) {
    constexpr std::string_view kMotion = "motion";
    std::vector<std::uint32_t> rules;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
        const rulebook::plan::Type& type = plan.rules[rule].type;
        if (plan.rules[rule].kind == rulebook::plan::RuleKind::Decision &&
            type.is(rulebook::plan::TypeKind::Enum) &&
            plan.schema.enums[type.enum_index()].name == kMotion)
            rules.push_back(rule);
    }
    return rules;
}

} // namespace rulec::tool
