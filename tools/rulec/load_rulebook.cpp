#include "tools/rulec/load_rulebook.hpp"

#include <algorithm>
#include <cstring>
#include <filesystem>

#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

namespace fs = std::filesystem;
using rulebook::make_error;

bool is_hidden(const fs::path& path) {
    return path.filename().native().starts_with('.');
}

// `main:rules/acme`, `HEAD~2:.`: a git revision and a folder in it.
bool looks_like_revision(const std::string& directory) {
    std::size_t colon = directory.find(':');
    return colon != std::string::npos && colon > 0 &&
           directory.find('/') >= colon; // a colon inside a path's later part is part of a name
}

tl::unexpected<rulebook::Error> no_folder(const std::string& directory, std::error_code error) {
    if (looks_like_revision(directory))
        return make_error("rulebook.revision",
                          "`" + directory + "` names a git revision, which is not supported yet",
                          "check the revision out and name its folder");
    if (error && error != std::errc::no_such_file_or_directory)
        return make_error("rulebook.unreadable", "`" + directory + "`: " + error.message());
    return make_error("rulebook.no_folder", "`" + directory + "` is no folder",
                      "a rulebook is named by the folder that holds its *.rules files");
}

// The paths of the rules, relative to `root`, sorted.
class RulesFinder {
public:
    RulesFinder(fs::path root, const fs::path& shown, Diagnostics& diagnostics)
        : root_(std::move(root)), shown_(shown), diagnostics_(diagnostics) {}

    std::vector<fs::path> find() {
        std::error_code error;
        fs::recursive_directory_iterator entries(root_, error);
        for (const fs::recursive_directory_iterator end; !error && entries != end;
             entries.increment(error))
            visit(entries);
        if (error)
            diagnostics_.emit<RB9001>(Span{}, shown_.native(), error.message());
        std::ranges::sort(found_, {}, &fs::path::native);
        return std::move(found_);
    }

private:
    void visit(fs::recursive_directory_iterator& entries) {
        const fs::directory_entry& entry = *entries;
        std::error_code error;
        bool is_folder = entry.is_directory(error) && !entry.is_symlink(error);
        if (is_hidden(entry.path())) {
            entries.disable_recursion_pending();
            return;
        }
        if (is_folder && !may_open(entry.path())) {
            entries.disable_recursion_pending();
            diagnostics_.emit<RB9001>(Span{}, shown(entry.path()), std::strerror(EACCES));
            return;
        }
        if (entry.path().extension() != ".rules")
            return;
        // A folder of that name is reported when it is read, not searched.
        entries.disable_recursion_pending();
        if (lies_within(root_, entry.path()))
            found_.push_back(entry.path().lexically_relative(root_));
        else
            diagnostics_.emit<RB9005>(Span{}, shown(entry.path()));
    }

    // The iterator would give up on the first folder that it cannot enter.
    static bool may_open(const fs::path& folder) {
        std::error_code error;
        fs::directory_iterator probe(folder, error);
        return !error;
    }
    std::string shown(const fs::path& path) const {
        return (shown_ / path.lexically_relative(root_)).lexically_normal().native();
    }

    fs::path root_;
    const fs::path& shown_;
    Diagnostics& diagnostics_;
    std::vector<fs::path> found_;
};

void report_unreadable(const std::string& shown, const fs::path& path, const rulebook::Error& error,
                       Diagnostics& diagnostics) {
    if (error.code != "file.too_large") {
        diagnostics.emit<RB9001>(Span{}, shown, error.message);
        return;
    }
    std::error_code ignored;
    diagnostics.emit<RB9003>(Span{}, shown, fs::file_size(path, ignored), kMaximumRulesBytes);
}

} // namespace

rulebook::Result<RulebookText> load_rulebook(const std::string& directory,
                                             Diagnostics& diagnostics) {
    fs::path shown_folder(directory);
    std::error_code error;
    bool is_folder = fs::is_directory(shown_folder, error);
    if (!is_folder)
        return no_folder(directory, error);
    fs::path root = fs::canonical(shown_folder, error);
    if (error)
        return no_folder(directory, error);

    RulebookText loaded;
    loaded.directory = directory;
    loaded.sources.set_folder(shown_folder.lexically_normal().native());
    loaded.read = reader_within(root);
    std::vector<fs::path> paths = RulesFinder(root, shown_folder, diagnostics).find();
    if (paths.empty() && !diagnostics.has_errors())
        diagnostics.emit<RB9002>(Span{}, directory);
    if (paths.size() > kMaximumRulesFiles) {
        diagnostics.emit<RB9004>(Span{}, kMaximumRulesFiles, directory);
        return loaded;
    }
    std::size_t total = 0;
    for (const fs::path& path : paths) {
        std::string shown = (shown_folder / path).lexically_normal().native();
        rulebook::Result<std::string> text = read_file(root / path, kMaximumRulesBytes);
        if (!text) {
            report_unreadable(shown, root / path, text.error(), diagnostics);
            continue;
        }
        total += text->size();
        if (total > kMaximumRulebookBytes) {
            diagnostics.emit<RB9003>(Span{}, directory, total, kMaximumRulebookBytes);
            break;
        }
        loaded.files.push_back(loaded.sources.add(std::move(shown), std::move(*text)));
    }
    return loaded;
}

} // namespace rulec::tool
