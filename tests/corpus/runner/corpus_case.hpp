// A case of the corpus: one rulebook, and what must come of it.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/value/result.hpp"
#include "tools/rulec/load_rulebook.hpp"

namespace rulebook::corpus {

// `<area>/<case>.rules`, or a folder `<area>/<case>/` whose `*.rules` files are one rulebook.
struct Case {
    std::string name;                       // `fit/bad_points`
    std::filesystem::path folder;           // what its lists and data lie in
    std::vector<std::filesystem::path> own; // its rules
    bool is_folder = false;

    // Whether its name says that it must fail to check.
    bool must_fail() const;
};

// Every case below `root` whose name contains one of the filters (all, if there are none), by name.
// `shared/` holds rules that cases take in, `runner/` this program: neither holds cases.
Result<std::vector<Case>> find_cases(const std::filesystem::path& root,
                                     std::span<const std::string> filters);

// A case's texts: its own rules first, then those of `shared/` that a line
// `// with shared/account.rules` names.
struct CaseText {
    rulec::tool::RulebookText rulebook;
    std::vector<rulec::FileId> own; // as in Case::own
};
Result<CaseText> load_case(const Case& of, const std::filesystem::path& root);

} // namespace rulebook::corpus
