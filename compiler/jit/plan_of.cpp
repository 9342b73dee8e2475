#include <mutex>
#include <utility>

#include "compiler/check/check.hpp"
#include "compiler/diagnostics/render.hpp"
#include "compiler/jit/compile_rules.hpp"
#include "compiler/lower/lower.hpp"
#include "compiler/model/build.hpp"
#include "compiler/syntax/parse.hpp"

namespace rulebook::jit {

namespace {

// Where the parser shares what it learns of the grammar, one thread at a time may parse.
std::vector<rulec::ast::File> parse(const std::vector<rulec::FileId>& files,
                                    const rulec::Sources& sources,
                                    rulec::Diagnostics& diagnostics) {
    static std::mutex parsing;
    const std::lock_guard lock(parsing);
    std::vector<rulec::ast::File> parsed;
    for (const rulec::FileId file : files)
        parsed.push_back(rulec::parse_file(file, sources, diagnostics));
    return parsed;
}

// Nothing where there are errors.
std::optional<plan::Plan> plan_of(const std::vector<rulec::FileId>& files,
                                  const rulec::Sources& sources,
                                  const rulec::model::FileReader& read,
                                  rulec::Diagnostics& diagnostics) {
    const std::vector<rulec::ast::File> parsed = parse(files, sources, diagnostics);
    if (diagnostics.has_errors())
        return std::nullopt;
    const rulec::model::Rulebook model = rulec::model::build(parsed, sources, read, diagnostics);
    if (diagnostics.has_errors())
        return std::nullopt;
    rulec::check::check(model, sources, diagnostics);
    if (diagnostics.has_errors())
        return std::nullopt;
    plan::Plan plan = rulec::lower::lower(model, sources, diagnostics);
    return diagnostics.has_errors() ? std::nullopt : std::optional(std::move(plan));
}

tl::unexpected<Error> errors_of(const rulec::Diagnostics& diagnostics,
                                const rulec::Sources& sources) {
    Error error;
    for (const rulec::Diagnostic* const diagnostic : diagnostics.sorted()) {
        if (diagnostic->severity != rulec::Severity::Error)
            continue;
        if (error.code.empty())
            error.code = diagnostic->code();
        error.message += render_text(*diagnostic, sources, rulec::Colour::Never);
    }
    return tl::unexpected(std::move(error));
}

Result<std::string> no_files(std::string_view path) {
    return make_error("file.missing", std::string(path) + ": no files are given with these rules",
                      "give jit::plan_of a reader");
}

} // namespace

Result<plan::Plan> plan_of(std::span<const RulesText> files, const ReadFile& read) {
    if (files.empty())
        return make_error("rulebook.no_rules", "there are no rules");
    rulec::Sources sources;
    std::vector<rulec::FileId> added;
    for (const RulesText& file : files)
        added.push_back(sources.add(file.path, file.text));
    rulec::Diagnostics diagnostics;
    auto plan = plan_of(added, sources, read ? read : no_files, diagnostics);
    if (!plan)
        return errors_of(diagnostics, sources);
    return *std::move(plan);
}

} // namespace rulebook::jit
