#include "tools/rulec/code_request.hpp"

#include <algorithm>

#include "runtime/scan/scan_shapes.hpp"

namespace rulec::tool {

codegen::Request code_request(const rulebook::plan::Plan& plan,
                              const std::vector<std::string>& only, std::int64_t instant) {
    codegen::Request request;
    request.instant = instant;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (only.empty() || std::ranges::find(only, plan.rules[rule].name) != only.end())
            request.rules.push_back(rule);
    return request;
}

codegen::AheadRequest ahead_request(const rulebook::plan::Plan& plan,
                                    const std::vector<std::string>& only) {
    codegen::AheadRequest request;
    request.rules = code_request(plan, only, 0);
    request.triggers = rulebook::scan::scanned_triggers(plan, request.rules.rules);
    request.credits = request.rules.rules;
    return request;
}

} // namespace rulec::tool
