#include "tests/corpus/runner/corpus_case.hpp"

#include <algorithm>
#include <set>

#include "tools/rulec/read_file.hpp"

namespace rulebook::corpus {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWith = "// with ";

std::vector<fs::path> rules_below(const fs::path& folder) {
    std::vector<fs::path> rules;
    std::error_code error;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(folder, error))
        if (entry.is_regular_file() && entry.path().extension() == ".rules")
            rules.push_back(entry.path());
    std::ranges::sort(rules);
    return rules;
}

bool wanted(const std::string& name, std::span<const std::string> filters) {
    return filters.empty() || std::ranges::any_of(filters, [&](const std::string& filter) {
               return name.find(filter) != std::string::npos;
           });
}

Case case_at(const fs::path& path, const std::string& area) {
    std::string name = area + '/' + path.stem().native();
    if (fs::is_directory(path))
        return {std::move(name), path, rules_below(path), true};
    return {std::move(name), path.parent_path(), {path}, false};
}

// The paths behind `// with `, in order.
std::vector<std::string> taken_in(std::string_view text) {
    std::vector<std::string> paths;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t end = std::min(text.find('\n', at), text.size());
        std::string_view line = text.substr(at, end - at);
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (line.starts_with(kWith))
            paths.emplace_back(line.substr(kWith.size()));
        at = end + 1;
    }
    return paths;
}

Result<std::string> read(const fs::path& path) {
    auto text = rulec::tool::read_file(path, rulec::tool::kMaximumRulesBytes);
    if (!text)
        text.error().message = path.native() + ": " + text.error().message;
    return text;
}

} // namespace

bool Case::must_fail() const {
    return std::string_view(name).substr(name.find('/') + 1).starts_with("bad_");
}

Result<std::vector<Case>> find_cases(const fs::path& root, std::span<const std::string> filters) {
    std::vector<Case> cases;
    std::error_code error;
    for (const fs::directory_entry& area : fs::directory_iterator(root, error)) {
        std::string area_name = area.path().filename();
        if (!area.is_directory() || area_name == "shared" || area_name == "runner")
            continue;
        for (const fs::directory_entry& entry : fs::directory_iterator(area.path())) {
            bool is_case = entry.is_directory() || entry.path().extension() == ".rules";
            if (!is_case)
                continue;
            Case found = case_at(entry.path(), area_name);
            if (!found.own.empty() && wanted(found.name, filters))
                cases.push_back(std::move(found));
        }
    }
    if (error)
        return make_error("corpus.unreadable", root.native() + ": " + error.message());
    std::ranges::sort(cases, {}, &Case::name);
    return cases;
}

Result<CaseText> load_case(const Case& of, const fs::path& root) {
    CaseText loaded;
    loaded.rulebook.read = rulec::tool::reader_within(of.folder);
    std::set<std::string> shared;
    for (const fs::path& path : of.own) {
        auto text = read(path);
        if (!text)
            return tl::unexpected(text.error());
        for (std::string& name : taken_in(*text))
            shared.insert(std::move(name));
        loaded.own.push_back(
            loaded.rulebook.sources.add(path.lexically_relative(of.folder), *text));
    }
    loaded.rulebook.files = loaded.own;
    for (const std::string& name : shared) {
        auto text = read(root / name);
        if (!text)
            return tl::unexpected(text.error());
        loaded.rulebook.files.push_back(loaded.rulebook.sources.add(name, *text));
    }
    return loaded;
}

} // namespace rulebook::corpus
