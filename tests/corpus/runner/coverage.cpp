#include "tests/corpus/runner/coverage.hpp"

#include <algorithm>

namespace rulebook::corpus {

std::map<std::string, std::string> read_exemptions(std::string_view text) {
    std::map<std::string, std::string> exempt;
    while (!text.empty()) {
        std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (line.empty() || line.starts_with('#'))
            continue;
        std::size_t blank = std::min(line.find(' '), line.size());
        exempt.emplace(line.substr(0, blank), line.substr(std::min(blank + 1, line.size())));
    }
    return exempt;
}

std::vector<std::string> coverage_faults(std::span<const rulec::CodeInfo> codes,
                                         const std::set<std::string>& stated,
                                         const std::map<std::string, std::string>& exempt) {
    std::vector<std::string> faults;
    for (const rulec::CodeInfo& info : codes) {
        std::string code(info.code);
        if (!stated.contains(code) && !exempt.contains(code))
            faults.push_back(code + " (" + general_wording(info).message +
                             ") is in no case: write one below tests/corpus");
    }
    for (const auto& [code, reason] : exempt) {
        if (std::ranges::find(codes, code, &rulec::CodeInfo::code) == codes.end())
            faults.push_back(code + " is exempt, but there is no such code");
        if (stated.contains(code))
            faults.push_back(code + " is exempt, but a case states it: remove the exemption");
        if (reason.empty())
            faults.push_back(code + " is exempt without a reason");
    }
    return faults;
}

} // namespace rulebook::corpus
