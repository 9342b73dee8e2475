#include "tests/property/compiled_rulebook.hpp"

#include <stdexcept>

#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::generator {

plan::Plan compiled(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    rulebook.files = {rulebook.sources.add("generated.rules", text)};
    rulec::Diagnostics diagnostics;
    auto made = rulec::tool::compile_rulebook(rulebook, diagnostics);
    if (made.plan)
        return *std::move(made.plan);
    std::string message = "the rulebook does not compile\n" + text;
    for (const rulec::Diagnostic* each : diagnostics.sorted())
        message += '\n' + std::string(each->code()) + ' ' + each->message;
    throw std::logic_error(message);
}

std::vector<std::uint32_t> triggers_of(const plan::Plan& plan) {
    std::vector<std::uint32_t> triggers;
    for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule)
        if (plan.rules[rule].kind == plan::RuleKind::Trigger)
            triggers.push_back(rule);
    return triggers;
}

} // namespace rulebook::generator
