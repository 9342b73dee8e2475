#include "tools/rulec/credit_rules.hpp"

#include <algorithm>

namespace rulec::tool {

std::vector<std::uint32_t> credit_rules(const rulebook::plan::Plan& plan,
                                        const std::vector<std::string>& only) {
    std::vector<std::uint32_t> rules;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].kind == rulebook::plan::RuleKind::Credit &&
            (only.empty() || std::ranges::find(only, plan.rules[rule].name) != only.end()))
            rules.push_back(rule);
    return rules;
}

} // namespace rulec::tool
