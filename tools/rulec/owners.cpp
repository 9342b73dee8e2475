#include <memory>
#include <ostream>

#include <nlohmann/json.hpp>

#include "compiler/diagnostics/render.hpp"
#include "tools/rulec/code_owners.hpp"
#include "tools/rulec/verb.hpp"

namespace rulec::tool {
namespace {

struct Owners {
    std::string directory;
    std::string format;
};

// Anchored at the root of the repository; blanks are escaped.
std::string pattern(const std::string& path) {
    std::string escaped = path.starts_with('/') ? "" : "/";
    for (char letter : path) {
        if (letter == ' ' || letter == '#')
            escaped += '\\';
        escaped += letter;
    }
    return escaped;
}

void print_lines(const std::vector<CodeOwner>& owners, Console& console) {
    for (const CodeOwner& owner : owners) {
        if (owner.reviewers.empty()) {
            console.messages << "rulec: note: no reviewers: " << owner.path << '\n';
            continue;
        }
        for (const std::string& team : owner.without_reviewers)
            console.messages << "rulec: note: " << owner.path << " belongs to team `" << team
                             << "` too, which names no reviewers\n";
        console.results << pattern(owner.path);
        for (const std::string& reviewer : owner.reviewers)
            console.results << ' ' << reviewer;
        console.results << '\n';
    }
}

void print_json(const std::vector<CodeOwner>& owners, Console& console) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const CodeOwner& owner : owners)
        json.push_back(
            {{"path", owner.path}, {"teams", owner.teams}, {"reviewers", owner.reviewers}});
    console.results << json.dump(2) << '\n';
}

ExitCode run(const Owners& given, Console& console) {
    auto loaded = load_and_compile(given.directory, console);
    if (!loaded)
        return loaded.error();
    std::vector<CodeOwner> owners = code_owners(loaded->text, loaded->made);
    if (given.format == "json")
        print_json(owners, console);
    else
        print_lines(owners, console);
    return ExitCode::Fine;
}

} // namespace

Action declare_owners(Flags& flags) {
    auto given = std::make_shared<Owners>();
    flags.rulebook(given->directory);
    flags.format(given->format);
    flags.example("rulec owners rules/acme >> .github/CODEOWNERS", "at the root of the repository");
    return [given](Console& console) { return run(*given, console); };
}

} // namespace rulec::tool
