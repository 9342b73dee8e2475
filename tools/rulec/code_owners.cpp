#include "tools/rulec/code_owners.hpp"

#include <algorithm>
#include <filesystem>
#include <map>
#include <set>
#include <variant>

#include "compiler/model/walk.hpp"
#include "runtime/plan/roots.hpp"

namespace rulec::tool {
namespace {

using rulebook::plan::Op;
using rulebook::plan::TypeKind;
using Teams = std::set<std::string>;

class OwnerFinder {
public:
    OwnerFinder(const RulebookText& text, const Compilation& made) : text_(text), made_(made) {
        find_declarations();
    }

    std::vector<CodeOwner> find() {
        Teams everybody;
        for (std::uint32_t rule = 0; rule < made_.model.rules.size(); ++rule) {
            const std::vector<std::string>& owners = made_.model.rules[rule].head.owners;
            everybody.insert(owners.begin(), owners.end());
            add_rule(rule, {owners.begin(), owners.end()});
        }
        for (const auto& policy : made_.model.policies) {
            everybody.insert(policy.owners.begin(), policy.owners.end());
            add(policies_[policy.name], {policy.owners.begin(), policy.owners.end()});
        }
        std::vector<CodeOwner> found;
        for (auto& [path, teams] : teams_) {
            bool for_all = teams.empty() || read_by_all_.contains(path);
            found.push_back(owner(path, for_all ? everybody : teams));
        }
        return found;
    }

private:
    std::string path(FileId file) const { return std::string(text_.sources.path(file)); }
    std::string beside(const ast::Text& relative) const {
        return (std::filesystem::path(text_.directory) / relative.value).lexically_normal();
    }

    void find_declarations() {
        for (const ast::File& file : made_.files) {
            teams_[path(file.file)];
            for (const ast::Declaration& declaration : file.declarations)
                std::visit([&](const auto& node) { note(node, path(file.file)); }, declaration);
        }
    }
    void note(const ast::RulebookHeader&, const std::string& path) { read_by_all_.insert(path); }
    void note(const ast::Team&, const std::string& path) { read_by_all_.insert(path); }
    void note(const ast::Entity&, const std::string& path) { read_by_all_.insert(path); }
    void note(const ast::Enum& node, const std::string& path) { enums_[node.name.text] = path; }
    void note(const ast::List& node, const std::string& path) {
        teams_[beside(node.path)];
        lists_[node.name.text] = {path, beside(node.path)};
    }
    void note(const ast::Lookup& node, const std::string& path) {
        teams_[beside(node.path)];
        lookups_[node.name.text] = {path, beside(node.path)};
    }
    void note(const ast::Policy& node, const std::string& path) {
        policies_[node.name.text] = path;
    }
    void note(const ast::Calendar& node, const std::string& path) {
        calendars_[node.name.text] = {path};
        if (node.holidays) {
            teams_[beside(*node.holidays)];
            calendars_[node.name.text].push_back(beside(*node.holidays));
        }
    }
    template <class Other>
    void note(const Other&, const std::string&) {}

    void add(const std::string& path, const Teams& teams) {
        teams_[path].insert(teams.begin(), teams.end());
    }
    void add_all(const std::vector<std::string>& paths, const Teams& teams) {
        for (const std::string& path : paths)
            add(path, teams);
    }

    void add_rule(std::uint32_t rule, const Teams& teams) {
        for (const Span& span : made_.model.rules[rule].version_spans)
            add(path(span.file), teams);
        model::walk_rule(made_.model, rule, [&](const model::Expression& expression) {
            if (expression.span.somewhere())
                add(path(expression.span.file), teams); // definitions and signals included
            if (expression.type.is(TypeKind::Enum))
                add_enum(made_.model.schema.enums[expression.type.enum_index()].name, teams);
            if (expression.kind != model::ExpressionKind::Operation)
                return;
            if (expression.op == Op::InList)
                add_all(lists_[made_.model.lists[expression.index].name], teams);
            if (expression.op == Op::Lookup)
                add_all(lookups_[made_.model.lookups[expression.index].name], teams);
        });
        const rulebook::plan::Rule& head = made_.model.rules[rule].head;
        if (head.kind == rulebook::plan::RuleKind::Trigger)
            for (const std::uint32_t version : head.versions)
                add_shared(made_.model.triggers[version], teams);
    }
    // The policies and calendars that a trigger names.
    void add_shared(const rulebook::plan::Trigger& trigger, const Teams& teams) {
        if (trigger.policy)
            add(policies_[made_.model.policies[*trigger.policy].name], teams);
        for (const std::uint32_t calendar : rulebook::plan::calendars_of(trigger))
            add_all(calendars_[made_.model.calendars[calendar].name], teams);
    }
    void add_enum(const std::string& name, const Teams& teams) {
        if (auto declared = enums_.find(name); declared != enums_.end())
            add(declared->second, teams);
    }

    CodeOwner owner(const std::string& path, const Teams& teams) const {
        CodeOwner made{path, {teams.begin(), teams.end()}, {}, {}};
        Teams reviewers;
        for (const model::Team& team : made_.model.teams)
            if (teams.contains(team.name)) {
                reviewers.insert(team.reviewers.begin(), team.reviewers.end());
                if (team.reviewers.empty())
                    made.without_reviewers.push_back(team.name);
            }
        made.reviewers.assign(reviewers.begin(), reviewers.end());
        return made;
    }

    const RulebookText& text_;
    const Compilation& made_;
    std::map<std::string, Teams> teams_; // by path
    std::set<std::string> read_by_all_;
    std::map<std::string, std::string> enums_;                  // name → path
    std::map<std::string, std::string> policies_;               // name → path
    std::map<std::string, std::vector<std::string>> lists_;     // name → paths
    std::map<std::string, std::vector<std::string>> lookups_;   // name → paths
    std::map<std::string, std::vector<std::string>> calendars_; // name → paths
};

} // namespace

std::vector<CodeOwner> code_owners(const RulebookText& text, const Compilation& made) {
    return OwnerFinder(text, made).find();
}

} // namespace rulec::tool
