#include "tests/differential/stated_warnings.hpp"

#include <map>

#include <fmt/format.h>

#include "tools/rulec/compile_rulebook.hpp"

namespace rulebook::differential {

std::string with_warnings_stated(const std::string& text) {
    rulec::tool::RulebookText rulebook;
    rulebook.directory = "generated";
    const auto file = rulebook.sources.add("generated.rules", text);
    rulebook.files = {file};
    rulec::Diagnostics diagnostics;
    rulec::tool::compile_rulebook(rulebook, diagnostics);
    std::multimap<std::uint32_t, std::string> comments; // by line, from 1
    for (const rulec::Diagnostic* each : diagnostics.sorted())
        comments.emplace(
            each->span.somewhere() ? rulebook.sources.position(file, each->span.begin).line : 1,
            fmt::format("// {}[{}]\n", rulec::name(each->severity), each->code()));
    std::string stated;
    for (std::uint32_t line = 1; line <= rulebook.sources.line_count(file); ++line) {
        for (auto [each, end] = comments.equal_range(line); each != end; ++each)
            stated += each->second;
        stated += std::string(rulebook.sources.line_text(file, line)) + "\n";
    }
    return stated;
}

} // namespace rulebook::differential
