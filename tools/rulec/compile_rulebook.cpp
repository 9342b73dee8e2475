#include "tools/rulec/compile_rulebook.hpp"

#include <algorithm>
#include <ostream>

#include "compiler/check/allow.hpp"
#include "compiler/check/check.hpp"
#include "compiler/diagnostics/render.hpp"
#include "compiler/lower/lower.hpp"
#include "compiler/model/build.hpp"
#include "compiler/syntax/parse.hpp"
#include "tools/rulec/log.hpp"
#include "tools/rulec/read_file.hpp"

namespace rulec::tool {
namespace {

// RB9xxx: files and folders.
bool is_unreadable_input(const Diagnostic& diagnostic) {
    return diagnostic.severity == Severity::Error && diagnostic.code().starts_with("RB9");
}

// Everything but the plan. False where there is no model that could be lowered or judged.
bool make_model(const RulebookText& text, Compilation& made, Diagnostics& diagnostics) {
    {
        TimedStep step("parse");
        for (FileId file : text.files)
            made.files.push_back(parse_file(file, text.sources, diagnostics));
    }
    // A clause with a mistake in its grammar is not in the tree, so whatever else would be said
    // about the rulebook might only follow from that. Without any file there is nothing to say.
    if (diagnostics.has_errors() || text.files.empty())
        return false;
    {
        TimedStep step("model");
        made.model = model::build(made.files, text.sources, text.read, diagnostics);
    }
    if (diagnostics.has_errors())
        return false;
    TimedStep step("check");
    check::check(made.model, text.sources, diagnostics);
    return true;
}

// After whatever reports warnings.
void judge_warnings(const RulebookText& text, const Compilation& made, Diagnostics& diagnostics) {
    check::silence_what_is_allowed(made.files, diagnostics);
    check::tell_once_of_membership(made.model, text.sources, diagnostics);
}

} // namespace

Compilation check_rulebook(const RulebookText& text, Diagnostics& diagnostics) {
    Compilation made;
    if (!make_model(text, made, diagnostics))
        return made;
    if (!diagnostics.has_errors()) {
        TimedStep step("cost");
        lower::check_cost(made.model, text.sources, diagnostics);
    }
    judge_warnings(text, made, diagnostics);
    return made;
}

Compilation compile_rulebook(const RulebookText& text, Diagnostics& diagnostics) {
    Compilation made;
    if (!make_model(text, made, diagnostics))
        return made;
    if (!diagnostics.has_errors()) {
        TimedStep step("plan");
        made.plan = lower::lower(made.model, text.sources, diagnostics);
        if (diagnostics.has_errors())
            made.plan.reset();
    }
    judge_warnings(text, made, diagnostics);
    return made;
}

ExitCode exit_code(const Diagnostics& diagnostics, bool warnings_count) {
    auto all = diagnostics.sorted();
    if (std::ranges::any_of(all, [](const Diagnostic* one) { return is_unreadable_input(*one); }))
        return ExitCode::Unusable;
    bool findings =
        diagnostics.has_errors() || (warnings_count && diagnostics.count(Severity::Warning) > 0);
    return findings ? ExitCode::Findings : ExitCode::Fine;
}

tl::expected<SoundRulebook, ExitCode>
load_and_compile(const std::string& directory, Console& console, const std::string& to_be_written) {
    Diagnostics diagnostics;
    auto text = load_rulebook(directory, diagnostics);
    if (!text)
        return tl::unexpected(console.unusable(text.error().message, text.error().help));
    if (!to_be_written.empty())
        text->read = reader_without(std::move(text->read), directory, to_be_written);
    SoundRulebook sound{std::move(*text), {}, {}};
    sound.made = compile_rulebook(sound.text, diagnostics);
    if (!diagnostics.has_errors()) {
        sound.diagnostics = std::move(diagnostics);
        return sound;
    }
    for (const Diagnostic* diagnostic : diagnostics.sorted())
        if (diagnostic->severity == Severity::Error)
            console.messages << render_text(*diagnostic, sound.text.sources,
                                            console.colour_messages ? Colour::Always
                                                                    : Colour::Never);
    console.messages << summary(diagnostics) << '\n';
    return tl::unexpected(exit_code(diagnostics));
}

} // namespace rulec::tool
