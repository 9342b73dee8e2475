#include "tools/rulec/rule_name.hpp"

#include <string_view>
#include <vector>

#include "runtime/value/nearest_name.hpp"

namespace rulec::tool {

rulebook::Error no_rule_named(const rulebook::plan::Plan& plan, const std::string& name,
                              bool policies) {
    std::vector<std::string_view> names;
    for (const auto& rule : plan.rules)
        names.emplace_back(rule.name);
    if (policies)
        for (const auto& policy : plan.policies)
            names.emplace_back(policy.name);
    std::string help;
    if (name.find(',') != std::string::npos)
        help = "each name has a flag of its own: `--only a --only b`";
    else if (const auto meant = rulebook::nearest_name(name, names)) {
        help = "did you mean `" + std::string(*meant) + "`?";
    } else {
        for (const std::string_view each : names)
            help += (help.empty() ? "the rules are: " : ", ") + std::string(each);
    }
    return {"rulec.no_rule", "there is no rule `" + name + "`", help};
}

} // namespace rulec::tool
