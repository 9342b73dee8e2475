// Who approves a change to which file of a rulebook.
#pragma once

#include <string>
#include <vector>

#include "tools/rulec/compile_rulebook.hpp"

namespace rulec::tool {

struct CodeOwner {
    std::string path;                           // as the rulebook's folder was named
    std::vector<std::string> teams;             // sorted
    std::vector<std::string> reviewers;         // of those teams, sorted
    std::vector<std::string> without_reviewers; // those of the teams that name none
};

// Every `*.rules` file, list and lookup, by path. A file is owned by the owners of the rules in it
// and of the rules that read what it declares; header, teams and records are read by all rules.
// `made` must come of `text` without errors.
std::vector<CodeOwner> code_owners(const RulebookText& text, const Compilation& made);

} // namespace rulec::tool
